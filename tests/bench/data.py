"""Thousands of projects in seconds: rows written straight, for measuring and for query counts.

Pages made through ``add_child`` come at about 30 a second; a listing of 10,000 could not be
tested that way. What is written is what a published, translated project would have, with the texts
and facts of :mod:`tests.bench.texts`.
"""

import uuid
from collections.abc import Iterable
from itertools import count

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models.sql import InsertQuery
from django.utils import timezone
from wagtail.models import Locale, Page

from projects.models import (
    FundingRole,
    Municipality,
    Organisation,
    OrganisationKind,
    Person,
    Programme,
    ProjectContact,
    ProjectFunding,
    ProjectIndexPage,
    ProjectMunicipality,
    ProjectOrganisation,
    ProjectPage,
    ProjectRegion,
    ProjectTargetGroup,
    ProjectTheme,
    Region,
    TargetGroup,
    Theme,
)
from publications.models import (
    PublicationFile,
    PublicationIndexPage,
    PublicationPage,
    PublicationProject,
)

from . import texts

BATCH = 500


def insert_own_rows(rows: Iterable[models.Model]) -> None:
    """Write a child model's own table only: Django's ``bulk_create`` refuses inherited models."""
    rows = list(rows)
    for start in range(0, len(rows), 40):
        query = InsertQuery(type(rows[0]))
        query.insert_values(rows[0]._meta.local_concrete_fields, rows[start : start + 40])
        query.get_compiler(connection=connection).execute_sql()


def terms(model, names: list[str], locales: list[Locale], **fields) -> list[dict]:
    """One record a name, in each locale: ``[{"fi": …, "sv": …}, …]``."""
    made = []
    for name in names:
        key = uuid.uuid4()
        slug = {"slug": name} if hasattr(model, "slug") else {}
        made.append(
            {
                locale.language_code: model.objects.create(
                    name=f"{name} {locale.language_code}",
                    translation_key=key,
                    locale=locale,
                    **slug,
                    **fields,
                )
                for locale in locales
            }
        )
    return made


class Registers:
    """What projects point at: each record in every language."""

    def __init__(self, locales: list[Locale]) -> None:
        def names(name: str, number: int) -> list[str]:
            return [f"{name}{n}" for n in range(number)]

        self.themes = terms(Theme, names("theme-", texts.THEMES), locales)
        self.groups = terms(TargetGroup, names("group-", texts.GROUPS), locales)
        self.organisations = terms(
            Organisation, names("Organisation ", texts.ORGANISATIONS), locales
        )
        Organisation.objects.filter(name__startswith="Organisation 1").update(
            kind=OrganisationKind.FUND
        )
        self.programmes = terms(Programme, names("Programme ", texts.PROGRAMMES), locales)
        self.people = terms(
            Person,
            names("Maija Malli ", texts.PEOPLE),
            locales,
            email="maija.malli@example.org",
            phone="050 000 0000",
        )
        self.municipalities = list(Municipality.objects.filter(in_force=True))
        self.regions = list(Region.objects.all())


class Writer:
    """Collects pages of one type below a list and its translations; writes many at once."""

    def __init__(self, model: type[Page], index: Page, languages: tuple[str, ...]) -> None:
        self.model, self.now = model, timezone.now()
        self.parents = {code: self._parent(index, code) for code in languages}
        self.content_type = ContentType.objects.get_for_model(model)
        self.ids = count((Page.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1)
        self.before = {code: parent.get_children().count() for code, parent in self.parents.items()}
        self.made = dict.fromkeys(self.parents, 0)
        self.pages, self.children = [], []

    @staticmethod
    def _parent(index: Page, code: str) -> Page:
        locale = Locale.objects.get_or_create(language_code=code)[0]
        parent = index
        if locale.pk != index.locale_id:
            parent = index.get_translation_or_none(locale) or index.copy_for_translation(
                locale, copy_parents=True
            )
        if not parent.live:
            parent.get_ancestors(inclusive=True).update(live=True)
        return parent

    def add(self, language: str, key: uuid.UUID, children: list[models.Model], **fields) -> Page:
        parent = self.parents[language]
        self.made[language] += 1
        page = self.model(
            id=next(self.ids),
            draft_title=fields["title"],
            locale=parent.locale,
            translation_key=key,
            content_type=self.content_type,
            path=self.model._get_path(
                parent.path, parent.depth + 1, self.before[language] + self.made[language]
            ),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}{fields['slug']}/",
            live=True,
            first_published_at=self.now,
            last_published_at=self.now,
            **fields,
        )
        page.page_ptr_id = page.id
        for child in children:
            child.page_id = page.id
            if hasattr(child, "locale_id"):
                child.locale_id = page.locale_id
        self.pages.append(page)
        self.children += children
        return page

    def write(self, at_least: int = 1) -> None:
        if len(self.pages) < at_least:
            return
        Page.objects.bulk_create([Page(**base_fields(page)) for page in self.pages])
        insert_own_rows(self.pages)
        for model in {type(child): None for child in self.children}:
            model.objects.bulk_create([each for each in self.children if type(each) is model])
        self.pages, self.children = [], []

    def close(self) -> None:
        self.write()
        for code, parent in self.parents.items():
            number = self.before[code] + self.made[code]
            Page.objects.filter(pk=parent.pk).update(numchild=number)
        # Numbers were given by us: PostgreSQL goes on from its own.
        with connection.cursor() as cursor:
            for line in connection.ops.sequence_reset_sql(no_style(), [Page]):
                cursor.execute(line)


@transaction.atomic
def make_projects(
    number: int,
    index: ProjectIndexPage,
    languages: tuple[str, ...] = ("fi",),
    seed: int = 0,
    every: int = 1,
    publications: PublicationIndexPage | None = None,
) -> None:
    """Write ``number`` published projects below ``index``, the Finnish list.

    Each ``every``-th has a page in the other ``languages`` too. Their lists are made if missing.
    ``seed`` is the number of the first: a second call on a site needs another.
    """
    registers = Registers([Locale.objects.get_or_create(language_code=c)[0] for c in languages])
    writer, written = Writer(ProjectPage, index, languages), []
    once = hasattr(ProjectPage, "carries_facts")
    for n in range(number):
        each, key = texts.project(seed + n), uuid.uuid4()
        for code in languages if n % every == 0 else languages[:1]:
            first = code == languages[0]
            facts, children = {}, []
            if first or not once:
                facts = own_facts(each, registers, code)
                children = child_rows(each, registers, code)
            if once:
                facts["carries_facts"] = first
            lead, sections = each.texts(code)
            page = writer.add(
                code,
                key,
                children,
                title=each.title(code),
                slug=each.slug,
                lead=lead,
                body=[
                    ("section", {"kind": kind, "heading": "", "text": html(paragraphs)})
                    for kind, paragraphs in sections
                ],
                **facts,
            )
            if first:
                written.append((each, page))
        writer.write(BATCH)
    writer.close()
    if publications:
        make_publications(written, publications, languages[0])


def make_publications(written: list, index: PublicationIndexPage, code: str) -> None:
    writer = Writer(PublicationPage, index, (code,))
    for each, page in written[:: texts.PUBLICATION_EVERY]:
        lead, sections = each.texts(code)
        files = [
            PublicationFile(language=language, url=each.file_url(language))
            for language in texts.FILE_LANGUAGES
        ]
        writer.add(
            code,
            uuid.uuid4(),
            [*files, PublicationProject(project=page)],
            title=each.publication_title,
            slug=each.publication_slug,
            lead=lead,
            publication_date=each.start,
            body=[("text", html(paragraphs)) for _kind, paragraphs in sections[:2]],
        )
        writer.write(BATCH)
    writer.close()


def html(paragraphs: list[str]) -> str:
    return "".join(f"<p>{each}</p>" for each in paragraphs)


def base_fields(page: Page) -> dict:
    return {field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields}


def own_facts(each: texts.Project, registers: Registers, code: str) -> dict:
    return {
        "code": each.code,
        "acronym": each.acronym,
        "programme": registers.programmes[each.programme][code],
        "start_date": each.start,
        "end_date": each.end,
        "extension_end_date": each.extension,
        "realised_public_funding": each.realised,
        "website": f"https://example.org/{each.slug}",
    }


def child_rows(each: texts.Project, registers: Registers, code: str) -> list[models.Model]:
    """The children of a page, without the page."""

    def share(register: list, place: float):
        return register[int(place * len(register))]

    groups = [
        [ProjectTheme(theme=registers.themes[key][code]) for key in each.themes],
        [ProjectTargetGroup(target_group=registers.groups[key][code]) for key in each.groups],
        [
            ProjectFunding(
                organisation=registers.organisations[key][code],
                role=FundingRole.CO_FUNDER if place else FundingRole.MAIN,
                amount=amount,
            )
            for place, (key, amount) in enumerate(each.funding)
        ],
        [
            ProjectOrganisation(organisation=registers.organisations[key][code], role=role)
            for key, role in each.organisations
        ],
        [
            ProjectMunicipality(municipality=share(registers.municipalities, place))
            for place in each.municipalities
        ],
        [ProjectContact(person=registers.people[key][code]) for key in each.people],
    ]
    if each.number % 3 == 0:
        groups.append([ProjectRegion(region=share(registers.regions, each.region))])
    for rows in groups:
        for place, row in enumerate(rows):
            row.sort_order = place
    return [row for rows in groups for row in rows]


LANGUAGES = ("fi", "sv", "en", "ru", "ar", "so", "fi-simple")


def fill(number: int, languages: int, every: int) -> None:
    """Projects and publications on a site that has its sample pages."""
    lists = [
        model.objects.get(locale__language_code="fi")
        for model in (ProjectIndexPage, PublicationIndexPage)
    ]
    make_projects(number, lists[0], LANGUAGES[:languages], every=every, publications=lists[1])
