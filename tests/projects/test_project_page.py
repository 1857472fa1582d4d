import re
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.core.cache import caches
from django.utils import timezone, translation

from cms.core.content_epoch import drop_public_pages
from home.models import SiteSettings
from projects.models import FundingRole, OrganisationRole, ProjectPage, PublicityRule
from projects.models.organisations import Fund
from tests.factories import (
    ImageFactory,
    LocaleFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    PublicationFactory,
    TargetGroupFactory,
    ThemeFactory,
    project_index,
    svg,
    translate,
)

pytestmark = pytest.mark.django_db
SECTIONS = ["background", "aims", "measures", "results"]


@pytest.fixture
def index():
    index = project_index()
    index.save_revision().publish()
    return index


def logo(name):
    return ImageFactory(content=svg(), filename=f"{name}.svg", width=120, height=40, title=name)


@pytest.fixture
def project(index):
    """A project with everything, and another like it."""
    programme = ProgrammeFactory(
        name="Kestävää kasvua ja työtä 2014–2020",
        publicity=PublicityRule.EU_2014,
        fund=Fund.ESF,
        national_logo=logo("vipuvoimaa"),
        record_url_pattern="https://www.eura2014.fi/rrtiepa/projekti.php?projektikoodi={code}",
    )
    lead = OrganisationFactory(
        name="Vetäjä ry", street_address="Esimerkkikatu 1", postal_code="00100", city="Esimerkkilä"
    )
    funder, city = (OrganisationFactory(name=n, logo=logo(n)) for n in ("Keskus", "Kaupunki"))
    themes, group = [ThemeFactory(name="Osallisuus", slug="osallisuus")], TargetGroupFactory()
    common = {"parent": index, "themes": themes, "municipalities": ["240", "851"]}
    ProjectFactory(title="Sisarhanke", **common)
    return ProjectFactory(
        title="Kohtaamisia",
        lead="Perheet ja ammattilaiset kohtaavat.",
        acronym="KOHTA",
        code="S22354",
        programme=programme,
        start_date=date(2021, 3, 1),
        end_date=date(2023, 5, 31),
        extension_end_date=date(2023, 9, 30),
        date_precision="month",
        realised_public_funding=Decimal("290780"),
        website="https://example.org/",
        logo=logo("tunnus"),
        regions=["19"],
        target_groups=[group],
        organisations=[
            (lead, OrganisationRole.LEAD),
            (city, OrganisationRole.PARTNER_MUNICIPALITY),
        ],
        funding=[
            (funder, FundingRole.MAIN, Decimal("1234.50")),
            (city, FundingRole.OWN_SHARE, None),
        ],
        contacts=[PersonFactory(name="Maija Malli", phone="050 000 0000")],
        body=[
            ("section", {"kind": kind, "heading": "", "text": "<p>Teksti.</p>"})
            for kind in SECTIONS
        ],
        **common,
    )


def page_html(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ")


def test_every_fact_is_on_the_page(client, project):
    html = page_html(client, project)
    text = text_of(html)
    for fact in [
        "Kohtaamisia",
        "3/2021–5/2023",
        "6–9/2023",
        "Kemi",
        "Tornio",
        "Lappi",
        "S22354",
        "KOHTA",
        "Vetäjä ry",
        "Esimerkkikatu 1, 00100 Esimerkkilä",
        "1 234,50 €",
        "290 780 €",
        "Maija Malli",
        "050 000 0000",
        "Euroopan unioni",
        "Euroopan sosiaalirahasto",
        "Sisarhanke",
        "Osallisuus",
    ]:
        assert fact in text, fact
    assert "projektikoodi=S22354" in html
    assert "img/eu-emblem.svg" in html
    assert translated("not stated") in html
    assert html.count('id="s-') == len(SECTIONS)
    assert html.count('href="#s-') == len(SECTIONS)


def translated(text, language="fi"):
    with translation.override(language):
        return translation.gettext(text)


def clear(edited=False):
    """``edited``: registers and projects are read anew too."""
    if edited:
        drop_public_pages()
    for name in caches:
        caches[name].clear()


# Site and its root paths (3), page, pictures and renditions, related, publications, their files,
# settings, shell.
WARM = 7
# Also one a table of registers, facts, places and locales: read once after an edit.
COLD = 43


def test_queries_of_a_cold_page(client, project, django_assert_num_queries):
    SiteSettings.for_site(project.get_site())
    PublicationFactory(
        projects=[project], files=[{"language": "fi", "url": "https://example.org/"}]
    )
    client.get(project.url)
    for edited, queries in ((True, COLD), (False, WARM)):
        clear(edited)
        with django_assert_num_queries(queries):
            assert client.get(project.url).status_code == 200
    with django_assert_num_queries(0):
        assert client.get(project.url).status_code == 200


def test_queries_in_another_language(client, project, django_assert_num_queries):
    SiteSettings.for_site(project.get_site())
    swedish = translate(project, "sv", title="Möten")
    client.get(swedish.url)
    clear(edited=True)
    with django_assert_num_queries(COLD - 1):
        assert client.get(swedish.url).status_code == 200


def test_a_blank_page_speaks_in_sentences(client, index):
    html = page_html(client, ProjectFactory(title="Tyhjä", parent=index))
    for sentence in [
        "The period is not stated.",
        "The place is not stated.",
        "The organisation is not stated.",
        "The funder is not stated.",
        "The project has not been described yet.",
    ]:
        assert translated(sentence) in html
    assert "period-bar" not in html
    assert "eu-emblem" not in html


def test_no_end_date_is_a_sentence(client, index):
    page = ProjectFactory(title="Jatkuva", parent=index, start_date=date(2024, 1, 1))
    assert translated("No end date.") in page_html(client, page)


@pytest.mark.parametrize("language", ["fi", "sv", "en", "ru", "ar", "so", "fi-simple"])
def test_the_page_in_every_language(client, project, language):
    LocaleFactory(language_code=language)
    page = project if language == "fi" else translate(project, language, title="T")
    html = page_html(client, page)
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in html
    if language not in ("fi", "sv"):
        assert re.search(r'lang="fi" dir="ltr">Kemi<', html)
    if language not in ("fi", "fi-simple"):
        assert re.search(r'lang="fi" dir="ltr">\s*Perheet ja ammattilaiset', html)


def test_people_go_with_either_last_day(client, project):
    today = timezone.localdate()
    person = PersonFactory(name="Ville Vieras", public_until=today - timedelta(days=1))
    past, last = project.contacts.first(), today - timedelta(days=1)
    past.public_until = last
    past.save()
    project.contacts.add(type(past)(person=person))
    project.save_revision().publish()
    html = page_html(client, project)
    assert "Maija Malli" not in html
    assert "Ville Vieras" not in html


def test_a_person_hidden_in_one_language_is_hidden_in_all(client, project):
    person = project.contacts.first().person
    swedish = LocaleFactory(language_code="sv")
    copy = person.copy_for_translation(swedish)
    copy.save()
    person.public_until = timezone.localdate() - timedelta(days=1)
    person.save()
    assert "Maija Malli" not in page_html(client, translate(project, "sv", title="Möten"))


def test_a_code_cannot_change_where_the_record_link_leads(client, index, project):
    project.code = 'S1&x="><script>'
    project.save_revision().publish()
    html = page_html(client, project)
    assert quote('S1&x="><script>', safe="") in html
    assert "<script>" not in html.replace('<script type="application/ld+json">', "")


def test_a_preview_of_nothing_survives(index):
    page = ProjectPage(title="", slug="", locale=index.locale, live=False)
    page.path, page.depth, page.url_path = index.path + "0009", index.depth + 1, ""
    response = page.make_preview_request()
    assert response.status_code == 200


def test_a_preview_shows_children_that_are_not_saved(project, index):
    from projects.models import ProjectTheme

    page = project.get_latest_revision_as_object()
    page.themes = [ProjectTheme(theme=ThemeFactory(name="Uusi aihe"))]
    page.municipalities.add(type(page.municipalities.first())())
    response = page.make_preview_request()
    assert response.status_code == 200
    assert "Uusi aihe" in response.content.decode()


def test_the_longest_words_stay_on_the_page(client, index):
    long = "Ä" * 255
    page = ProjectFactory(
        title=long,
        slug="long",
        parent=index,
        acronym="Å" * 60,
        code="C" * 60,
        lead="Ö" * 600,
        organisations=[(OrganisationFactory(name=long), OrganisationRole.LEAD)],
    )
    assert long in page_html(client, page)


def test_json_ld_says_what_the_page_says(client, project):
    import json

    html = page_html(client, project)
    document = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1]
    nodes = {node["@type"]: node for node in json.loads(document)["@graph"]}
    node = nodes["ResearchProject"]
    assert node["identifier"] == "S22354"
    assert [funder["name"] for funder in node["funder"]] == ["Keskus", "Kaupunki"]
    assert "Maija Malli" not in document
