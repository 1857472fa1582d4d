"""What is searched: for each kind of record, the documents it makes in every locale.

A source knows where its words come from and which records share a document when one changes.
The rooms below do not know that they are searched.
"""

from django.db.models import Prefetch, QuerySet
from django.utils import translation

from cms.assets.access import is_restricted
from cms.core.routing import public_urls
from home.models import ContactsPage, ContentPage
from projects.models import Person, ProjectPage
from projects.public import Facts, read_facts, registers
from publications.models import PublicationPage

from ..documents import KINDS, LASTING_FACETS, SearchDocument, SourceText
from .base import Context, Source, distinct, place_names, project_facets
from .news import NewsSource
from .subjects import SUBJECTS


class ContentPageSource(Source):
    kind = "page"
    model = ContentPage

    def document(self, record: ContentPage, locale: str, context: Context) -> SearchDocument:
        return super().document(
            record,
            locale,
            context,
            title=record.title,
            lead=record.lead,
            body=[SourceText(context.body(record))],
            url=context.path(record),
            facets={"language": context.languages},
            published=record.first_published_at,
        )


class PersonSource(Source):
    """Staff contacts, as the contacts page shows them; who is no longer public has no document."""

    kind = "person"
    related = "organisation"

    def visible(self) -> QuerySet:
        people = Person.objects.public().filter(show_on_contacts_page=True, is_draft=False)
        return people if ContactsPage.objects.visible().exists() else people.none()

    def document(self, record: Person, locale: str, context: Context) -> SearchDocument:
        organisations = [record.organisation] if record.organisation else []
        # The contacts page in the reader's language, or in any.
        pages = public_urls(ContactsPage).values()
        paths = {code: path for page in pages for code, path in page.items()}
        contacts = paths.get(locale) or next(iter(paths.values()), "")
        return super().document(
            record,
            locale,
            context,
            title=record.name,
            lead=", ".join(distinct([record.title, *context.names(organisations, locale)])),
            names=distinct(
                [
                    *context.names(organisations, context.language(record), locale),
                    *(item.short_name for item in organisations if not item.is_draft),
                ]
            ),
            url=f"{contacts}#person-{record.translation_key}",
            numbers=[record.phone],
            facets={"language": context.languages},
            public_until=record.public_until,
        )


class Told:
    """A project's facts as its documents in every locale share them."""

    def __init__(self, facts: Facts) -> None:
        shelf = registers()
        self.facts = facts
        self.organisations = known(shelf.organisations, (*facts.organisations, *facts.funding))
        self.programmes = known(shelf.programmes, facts.programmes)
        self.terms = known(shelf.themes, facts.themes)
        self.terms += known(shelf.target_groups, facts.target_groups)
        towns = [shelf.municipalities[pk] for (pk,) in facts.municipalities]
        areas = [shelf.regions[pk] for (pk,) in facts.regions]
        # Municipalities, and the regions that are named or that those lie in.
        self.places = [*towns, *areas, *(town.region for town in towns)]
        self.short_names = [item.short_name for item in self.organisations]
        self.facets = project_facets(facts)


class ProjectSource(Source):
    kind = "project"
    model = ProjectPage

    def records(self, keys: list) -> list[ProjectPage]:
        facts = ProjectPage.objects.filter(translation_key__in=keys, carries_facts=True)
        told = {key: Told(each) for key, each in read_facts(facts).items()}
        pages = super().records(keys)
        for page in pages:
            page.told = told.get(page.translation_key) or Told(Facts(page.translation_key))
        return pages

    def document(self, record: ProjectPage, locale: str, context: Context) -> SearchDocument:
        language, names, told = context.language(record), context.names, record.told
        own = names(told.terms, language)
        # A reader asks by the names that she reads, also for what is not translated.
        read = [name for name in names(told.terms, locale) if name not in own]
        return super().document(
            record,
            locale,
            context,
            title=record.title,
            lead=record.lead,
            body=[SourceText(context.body(record)), SourceText("\n".join(own))],
            names=distinct(
                [
                    *names(told.organisations, language, locale),
                    *told.short_names,
                    *place_names(told.places, language, locale),
                    *names(told.programmes, language, locale),
                    told.facts.official_name,
                    *read,
                ]
            ),
            codes=distinct(
                [told.facts.code, told.facts.acronym, *(code for code, _of in told.facts.codes)]
            ),
            url=context.path(record),
            facets={**told.facets, "language": context.languages},
            start=told.facts.start_date,
            end=told.facts.last_day,
            published=record.first_published_at,
        )


def known(register, rows) -> list:
    """The records of a register that rows of facts refer to, in any of their languages."""
    records = (register.get(row[0], "") for row in rows)
    return [record for record in records if record is not None]


class PublicationSource(Source):
    """Publications, with the text inside their files; places and themes come from the projects."""

    kind = "publication"
    model = PublicationPage

    def records(self, keys: list) -> QuerySet:
        projects = Prefetch("projects__project", ProjectPage.objects.visible().defer("body"))
        pages = super().records(keys).prefetch_related("files__document__collection", projects)
        # What the prefetch leaves out is not public: Django has nothing to give there.
        rows = (page.projects.all() for page in pages)
        linked = [[row.project for row in each if hasattr(row, "project")] for each in rows]
        keys = {project.translation_key for each in linked for project in each}
        carriers = ProjectPage.objects.filter(translation_key__in=keys, carries_facts=True)
        facts = read_facts(carriers)
        for page, projects in zip(pages, linked, strict=True):
            keys = (project.translation_key for project in projects)
            theirs = (facts.get(key) or Facts(key) for key in keys)
            page.linked = list(zip(projects, theirs, strict=True))
        return pages

    def document(self, record: PublicationPage, locale: str, context: Context) -> SearchDocument:
        files = list(record.files.all())
        language = context.language(record)
        inherited = [project_facets(facts) for _project, facts in record.linked]
        published = record.publication_date
        return super().document(
            record,
            locale,
            context,
            title=record.title,
            lead=record.lead,
            body=[
                SourceText(context.body(record)),
                *(SourceText(file.title, file.language) for file in files if file.title),
                *(
                    SourceText(" ".join(file.document.text.split()), file.language)
                    for file in files
                    if file.document
                    and file.document.text
                    and not is_restricted(file.document, context.closed_collections)
                ),
            ],
            names=distinct(
                [
                    *(project.title for project, _facts in record.linked),
                    *kind_names(record, language, locale),
                ]
            ),
            codes=distinct(facts.acronym for _project, facts in record.linked),
            url=context.path(record),
            facets={
                **{
                    name: distinct(value for facets in inherited for value in facets[name])
                    for name in LASTING_FACETS
                },
                "year": distinct([published.year] if published else []),
                "language": distinct([*context.languages, *(file.language for file in files)]),
            },
            published=published,
        )


def kind_names(record: PublicationPage, *languages: str) -> list[str]:
    """What the publication is (a guide, a video) in these languages."""
    names = []
    for language in languages:
        with translation.override(language):
            names.append(str(record.get_kind_display()))
    return names


_SOURCES: dict[str, Source] = {
    source.kind: source()
    for source in (ProjectSource, PublicationSource, PersonSource, ContentPageSource, NewsSource)
}
SOURCES: dict[str, Source] = {kind: (_SOURCES | SUBJECTS)[kind] for kind in KINDS}
