"""Fill the plain site with the projects of :mod:`tests.bench.texts`."""

from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page, Site

from tests.bench import texts

from . import models


def body(sections) -> list:
    return [
        ("section", {"heading": kind.capitalize(), "text": "".join(f"<p>{p}</p>" for p in lines)})
        for kind, lines in sections
    ]


def named(model, number: int, **fields) -> list:
    return [
        model.objects.create(name=f"{model._meta.verbose_name.capitalize()} {n}", **fields)
        for n in range(number)
    ]


def share(register: list, place: float):
    return register[int(place * len(register))]


def fill(number: int) -> None:
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        _fill(number)


def _fill(number: int) -> None:
    root, site = Page.get_first_root_node(), Site.objects.get()
    home = root.add_child(
        instance=models.HomePage(
            title="Hankkeet yhdessä", lead="Hankkeet.", body=body(texts.project(0).texts()[1][:1])
        )
    )
    old, site.root_page = site.root_page, home
    site.save()
    old.delete()
    index, publications = (
        home.add_child(instance=model(title=title, slug=title.lower(), show_in_menus=True))
        for model, title in (
            (models.ProjectIndexPage, "Hankkeet"),
            (models.PublicationIndexPage, "Julkaisut"),
        )
    )
    for title in ("Tietoa meistä", "Yhteystiedot", "Saavutettavuus", "Tietosuoja"):
        home.add_child(instance=models.PublicationIndexPage(title=title, show_in_menus=True))
    themes = named(models.Theme, texts.THEMES)
    groups = named(models.TargetGroup, texts.GROUPS)
    organisations = named(models.Organisation, texts.ORGANISATIONS)
    people = named(models.Person, texts.PEOPLE, email="a@example.org", phone="050 000 0000")
    programmes = named(models.Programme, texts.PROGRAMMES)
    towns, regions = named(models.Municipality, 308), named(models.Region, 19)
    for n in range(number):
        each = texts.project(n)
        lead, sections = each.texts()
        page = models.ProjectPage(
            title=each.title(),
            slug=each.slug,
            lead=lead,
            body=body(sections),
            acronym=each.acronym,
            code=each.code,
            programme=programmes[each.programme],
            start_date=each.start,
            end_date=each.end,
            extension_end_date=each.extension,
            realised_public_funding=each.realised,
            municipalities=[share(towns, place) for place in each.municipalities],
            regions=[share(regions, each.region)] if n % 3 == 0 else [],
            themes=[themes[key] for key in each.themes],
            target_groups=[groups[key] for key in each.groups],
            contacts=[people[key] for key in each.people],
            organisations=[
                models.ProjectOrganisation(organisation=organisations[key], role=role)
                for key, role in each.organisations
            ],
            funding=[
                models.ProjectFunding(organisation=organisations[key], amount=amount)
                for key, amount in each.funding
            ],
        )
        index.add_child(instance=page)
        if n % texts.PUBLICATION_EVERY == 0:
            publications.add_child(
                instance=models.PublicationPage(
                    title=each.publication_title,
                    slug=each.publication_slug,
                    lead=lead,
                    body=body(sections[:2]),
                    kind="guide",
                    publication_date=each.start,
                    projects=[page],
                    files=[
                        models.PublicationFile(language=code, url=each.file_url(code))
                        for code in texts.FILE_LANGUAGES
                    ],
                )
            )
