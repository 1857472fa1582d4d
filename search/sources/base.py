"""From records to search documents: one document for each record and locale."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.db.models import Model, QuerySet
from django.utils import translation
from wagtail.models import Locale

from cms.assets.access import restricted_paths
from cms.core.languages import best_version
from projects.public import Facts, registers

from ..documents import LASTING_FACETS, SearchDocument, batches, document_id

Failure = Callable[[str, str, str], None]
"""Is told of a record that cannot be read: its kind, its key, the error."""
BATCH = 100
"""Records fetched at once: enough to share queries, few enough to keep memory flat."""


def language_codes() -> dict[int, str]:
    """Locale primary key → language code, oldest first."""
    return dict(Locale.objects.order_by("pk").values_list("pk", "language_code"))


def tell(failed: Failure | None, kind: str, key: UUID | str, error: Exception) -> None:
    """Report a record's own error; raise it if nobody listens, or if the database is away."""
    if failed is None or isinstance(error, (OperationalError, InterfaceError)):
        raise error
    failed(kind, str(key), f"{type(error).__name__}: {error}")


class Source:
    """One kind of record. ``document`` is what a subclass adds to, and often ``records``."""

    kind = ""
    model: type[Model]
    related = "locale"
    """What :meth:`document` reads with each record."""

    def keys(self) -> QuerySet:
        """Translation keys of everything that may have a document."""
        return (
            self.visible()
            .order_by("translation_key")
            .values_list("translation_key", flat=True)
            .distinct()
        )

    def visible(self) -> QuerySet:
        """The records that the public may meet, in all locales."""
        return self.model.objects.visible()

    def records(self, keys: list) -> QuerySet:
        """The visible records with these keys, with all that :meth:`document` reads fetched."""
        return self.visible().filter(translation_key__in=keys).select_related(self.related)

    def document(self, record, locale: str, context: "Context", **words) -> SearchDocument:
        """A subclass adds what it knows; here is what all have alike."""
        return SearchDocument(
            id=document_id(self.kind, record.translation_key, locale),
            key=str(record.translation_key),
            type=self.kind,
            locale=locale,
            language=context.language(record),
            **words,
        )

    def documents(
        self, keys: Iterable | None = None, failed: Failure | None = None
    ) -> Iterator[SearchDocument]:
        """Every locale's document of each record: its own version, else the best other one.

        One record that cannot be read keeps no other one back: ``failed`` is told, and it makes no
        document at all. Without anybody to tell, its error is raised.
        """
        context = Context()
        for batch in batches(self.keys() if keys is None else keys, BATCH):
            for key, versions in self.versions(batch, context, failed):
                try:
                    documents = list(self.in_every_locale(versions, context))
                except Exception as error:
                    tell(failed, self.kind, key, error)
                else:
                    yield from documents

    def versions(
        self, keys: list, context: "Context", failed: Failure | None
    ) -> Iterator[tuple[UUID, dict]]:
        """Each record's versions by language code."""
        found: dict = defaultdict(dict)
        try:
            for record in self.records(keys):
                found[record.translation_key][context.codes[record.locale_id]] = record
        except Exception as error:
            if len(keys) == 1 or not failed:
                tell(failed, self.kind, keys[0], error)
                return
            for key in keys:
                yield from self.versions([key], context, failed)
        else:
            yield from found.items()

    def in_every_locale(self, versions: dict, context: "Context") -> Iterator[SearchDocument]:
        codes = context.codes.values()  # the oldest locale first
        versions = {code: versions[code] for code in codes if code in versions}
        context.languages, context.bodies = sorted(versions), {}
        for locale in context.codes.values():
            record = best_version(versions, locale)
            # Headings of sections are words of the record's language, whoever indexes.
            with translation.override(context.language(record)):
                document = self.document(record, locale, context)
            yield document


class Context:
    """What one run of documents shares: locales and names, each read once.

    ``languages``: those in which the record at hand exists.
    """

    def __init__(self) -> None:
        self.codes = language_codes()
        self.languages: list[str] = []
        self.bodies: dict[str, str] = {}
        self._registers = registers()
        self.closed_collections = restricted_paths()

    def language(self, record) -> str:
        return self.codes[record.locale_id]

    def body(self, page) -> str:
        """The words of its body, read once for all the locales whose readers get them."""
        language = self.language(page)
        if language not in self.bodies:
            value = page.body  # a line a block; nothing for a blank field
            content = value.stream_block.get_searchable_content(value) if value else ()
            self.bodies[language] = "\n".join(content)
        return self.bodies[language]

    def path(self, page) -> str:
        """The page's address without scheme and host, so that one index serves any host name."""
        parts = page.get_url_parts()
        return parts[2] if parts and parts[2] else ""

    def names(self, records: Iterable, *languages: str) -> list[str]:
        """Names of terms, programmes or organisations as readers of each language meet them, once.

        They are as the registers have them when the run begins.
        """
        met = (
            self._registers.of(record).by_key(record.translation_key, language)
            for record in records
            for language in languages
        )
        return list(dict.fromkeys(record.name for record in met if record))


OFFICIAL = ("fi", "sv")
"""Languages in which every place has a name of its own."""


def place_names(places: Iterable, *languages: str) -> list[str]:
    """Names of municipalities and regions in these languages and in the official ones."""
    wanted = (*languages, *OFFICIAL)
    return list(dict.fromkeys(place.name_in(code) for place in places for code in wanted))


def distinct(values) -> list[str]:
    return list(dict.fromkeys(str(value) for value in values if value))


def project_facets(facts: Facts) -> dict[str, list[str]]:
    """The facets of a project, by what is the same in every language: slugs, codes and keys.

    Its years are those in which it runs; just the one that is known where an end is open.
    """
    found = facts.facets()
    start, end = facts.start_date or facts.last_day, facts.last_day or facts.start_date
    years = range(start.year, min(end.year, start.year + 60) + 1) if start else ()
    return {name: found.get(name, []) for name in LASTING_FACETS} | {"year": [*map(str, years)]}
