"""What the public sees of publications: list, pages, and sections on the pages of other rooms."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils import translation

from cms.core import presenters
from cms.core.content_epoch import held
from cms.core.languages import language_direction, language_name
from cms.core.lists import page_at, page_number
from cms.core.page_cache import know_parameters
from cms.core.presenters import absolute, organisation_id

from .models import (
    LANGUAGE_CHOICES,
    PublicationFile,
    PublicationIndexPage,
    PublicationKind,
    PublicationPage,
    PublicationProject,
)


@dataclass(frozen=True)
class PublicationFilters:
    """What a visitor chose. Nonsense in the address is ignored."""

    kind: str = ""
    language: str = ""

    @classmethod
    def from_query(cls, query) -> "PublicationFilters":
        kind, language = query.get("kind", ""), query.get("language", "")
        return cls(
            kind=kind if kind in PublicationKind.values else "",
            language=language if language in dict(LANGUAGE_CHOICES) else "",
        )

    def __bool__(self) -> bool:
        return bool(self.kind or self.language)

    def query_string(self) -> str:
        query = QueryDict(mutable=True)
        for name in ("kind", "language"):
            if value := getattr(self, name):
                query[name] = value
        return query.urlencode()

    def apply(self, pages) -> QuerySet:
        if self.kind:
            pages = pages.filter(kind=self.kind)
        if self.language:
            files = PublicationFile.objects.filter(page=OuterRef("pk"), language=self.language)
            pages = pages.filter(Exists(files))
        return pages


@dataclass(frozen=True)
class Choice:
    """One link of a filter: ``query`` chooses it, ``without`` takes the choice back."""

    label: str
    count: int
    query: str
    without: str
    chosen: bool
    lang: str = ""
    dir: str = ""


class PublicationList:
    """A fixed number of queries, however many publications there are."""

    def __init__(self, query) -> None:
        self.filters = PublicationFilters.from_query(query)
        self.publications = PublicationPage.objects.best_for()
        chosen = self.filters.apply(self.publications).for_cards().newest_first()
        self.page = page_at(chosen, page_number(query.get("page", "")))

    def kinds(self) -> list[Choice]:
        others = replace(self.filters, kind="")
        rows = others.apply(self.publications).order_by().values("kind").annotate(n=Count("pk"))
        counts = {row["kind"]: row["n"] for row in rows}
        return [
            Choice(
                label=str(kind.label),
                count=counts[kind.value],
                query=replace(others, kind=kind.value).query_string(),
                without=others.query_string(),
                chosen=self.filters.kind == kind.value,
            )
            for kind in PublicationKind
            if counts.get(kind.value)
        ]

    def languages(self) -> list[Choice]:
        others = replace(self.filters, language="")
        pages = others.apply(self.publications).order_by().values("pk")
        rows = PublicationFile.objects.filter(page__in=pages).order_by().values("language")
        counts = {
            row["language"]: row["n"] for row in rows.annotate(n=Count("page", distinct=True))
        }
        return [
            Choice(
                label=language_name(code),
                count=counts[code],
                query=replace(others, language=code).query_string(),
                without=others.query_string(),
                chosen=self.filters.language == code,
                lang=code,
                dir=language_direction(code),
            )
            for code, _ in LANGUAGE_CHOICES
            if counts.get(code)
        ]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The pairs of the address that mean something here (see :mod:`cms.core.page_cache`)."""
        pairs = [("kind", self.filters.kind), ("language", self.filters.language)]
        pairs.append(("page", str(self.page.number)))
        return [pair for pair in pairs if pair[1]]


ON_HOME = 4


@held
def newest(language: str) -> tuple[PublicationIndexPage | None, list[PublicationPage]]:
    """The list of publications and the latest ones, for a reader."""
    index = PublicationIndexPage.objects.best_for(language).select_related("locale").first()
    latest = PublicationPage.objects.best_for(language).for_cards().newest_first()
    return index, list(latest[:ON_HOME])


@held
def publications_by_project() -> dict[UUID, set[UUID]]:
    """Translation keys of public publications by that of the project, whatever the language."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    links = PublicationProject.objects.filter(page__in=PublicationPage.objects.visible())
    for project, publication in links.values_list(
        "project__translation_key", "page__translation_key"
    ):
        found[project].add(publication)
    return found


def home_section(page, request) -> dict | None:
    """The latest publications; nothing where the site has no list of them."""
    index, latest = newest(translation.get_language())
    if index is None:
        return None
    return {"publication_index": index, "publications": latest}


def project_section(page, request) -> dict | None:
    """Publications linked to the project, in whichever language the link was made."""
    keys = publications_by_project().get(page.translation_key)
    if not keys:
        return None
    publications = PublicationPage.objects.best_for().filter(translation_key__in=keys)
    publications = publications.select_related("locale").defer("body").prefetch_related("files")
    return {"publications": list(publications.newest_first())}


def publications_of(projects: Iterable[UUID], language: str) -> list[PublicationPage]:
    """The newest that are about any of these projects."""
    linked = publications_by_project()
    keys = {key for project in projects for key in linked.get(project, ())}
    chosen = list(islice((key for key in by_newness() if key in keys), ON_HOME))
    found = PublicationPage.objects.best_for(language).filter(translation_key__in=chosen)
    return list(found.for_cards().newest_first()) if chosen else []


@held
def by_newness() -> list[UUID]:
    """Keys of all public publications, the newest first."""
    pages = PublicationPage.objects.visible().newest_first()
    return list(dict.fromkeys(pages.values_list("translation_key", flat=True)))


TYPES = {"report": "Report", "video": "CreativeWork", "guide": "CreativeWork"}


@presenters.register(PublicationIndexPage)
class PublicationIndexPresenter(presenters.Presenter):
    schema_type = "CollectionPage"

    def get_context(self, page, request) -> dict:
        chosen = PublicationList(request.GET)
        know_parameters(request, chosen.parameters)
        shown = chosen.page
        return {
            "publications": shown,
            "filters": chosen.filters,
            "kinds": chosen.kinds(),
            "languages": chosen.languages(),
            "pages": shown.paginator.get_elided_page_range(shown.number, on_each_side=1),
        }


@presenters.register(PublicationPage)
class PublicationPresenter(presenters.Presenter):
    def get_context(self, page, request) -> dict:
        return {"files": page.reader_files, "projects": page.reader_projects}

    def structured_data(self, page, request) -> dict:
        """The publication with each of its files as an encoding in that file's language."""
        files = page.reader_files
        return {
            "@type": TYPES.get(page.kind, "CreativeWork"),
            "name": page.title,
            "description": page.meta_description,
            "url": absolute(request, page.get_url(request)),
            "genre": str(page.get_kind_display()),
            "datePublished": page.publication_date,
            "inLanguage": sorted({file.language for file in files}),
            "publisher": {"@id": organisation_id(request)},
            "encoding": [
                _encoding(page, file, request)
                for file in files
                if file.href and not file.is_restricted
            ],
            "about": [
                {
                    "@type": "ResearchProject",
                    "name": project.title,
                    "url": absolute(request, project.url),
                }
                for project in page.reader_projects
            ],
        }


def _encoding(page, file, request) -> dict:
    document = file.document
    return {
        "@type": "MediaObject",
        "name": file.title or page.title,
        "contentUrl": absolute(request, file.href),
        "inLanguage": file.language,
        "encodingFormat": document.content_type if document else "",
        "contentSize": str(document.file_size) if document and document.file_size else "",
    }
