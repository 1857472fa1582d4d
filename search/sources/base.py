"""From records to search documents: one document for each record and locale."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet
from django.utils import translation
from wagtail.models import Locale, Site

from cms.assets.usage import restricted_paths
from cms.core.querysets import language_chain

from ..documents import SearchDocument, SourceText

BATCH = 100
"""Records fetched at once: enough to share queries, few enough to keep memory flat."""


def batches(items: Iterable, size: int = BATCH) -> Iterator[list]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def language_codes() -> dict[int, str]:
    """Locale primary key → language code, oldest first."""
    return dict(Locale.objects.order_by("pk").values_list("pk", "language_code"))


def stream_text(value) -> str:
    """The words of a StreamField, a line a block; empty for a blank field."""
    return "\n".join(value.stream_block.get_searchable_content(value)) if value else ""


def document_id(kind: str, key: UUID | str, locale: str) -> str:
    return f"{kind}:{key}:{locale}"


class Source:
    """One kind of record. ``records`` and ``document`` are what a subclass gives."""

    kind = ""

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
        raise NotImplementedError

    def records(self, keys: list) -> QuerySet:
        """The visible records with these keys, with all that :meth:`document` reads fetched."""
        raise NotImplementedError

    def document(self, record, locale: str, context: "Context") -> SearchDocument:
        raise NotImplementedError

    def documents(self, keys: Iterable | None = None) -> Iterator[SearchDocument]:
        """Every locale's document of each record: its own version, else the best other one."""
        context = Context()
        for batch in batches(self.keys().iterator() if keys is None else keys):
            versions: dict = defaultdict(dict)
            for record in self.records(batch):
                versions[record.translation_key][context.codes[record.locale_id]] = record
            for by_code in versions.values():
                context.languages = sorted(by_code)
                for locale in context.codes.values():
                    record = best_version(by_code, locale, context)
                    # Headings of sections are words of the record's language, whoever indexes.
                    with translation.override(context.language(record)):
                        document = self.document(record, locale, context)
                    yield document


class Context:
    """What one run of documents shares: locales and site, each read once."""

    def __init__(self) -> None:
        self.codes = language_codes()
        self.languages: list[str] = []
        self.roots = Site.get_site_root_paths()
        self.closed_collections = restricted_paths()

    def language(self, record) -> str:
        return self.codes[record.locale_id]

    def path(self, page) -> str:
        """The page's address without scheme and host, so that one index serves any host name."""
        parts = page.get_url_parts()
        return parts[2] if parts and parts[2] else ""


def best_version(by_code: dict, locale: str, context: Context):
    """The same choice as ``best_for`` makes in SQL: the chain, then the oldest locale."""
    for code in (*language_chain(locale), *context.codes.values()):
        if code in by_code:
            return by_code[code]
    raise LookupError("a record without a version")


__all__ = [
    "Context",
    "Source",
    "SourceText",
    "batches",
    "document_id",
    "stream_text",
]
