"""All hits of a question, to take along or to follow: CSV, JSON, Atom."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from itertools import islice
from types import SimpleNamespace

from django.contrib.syndication.views import Feed
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.hygiene import csv_cell
from cms.core.views import LanguageAtomFeed, tag_uri
from projects.models import Status

from .documents import LASTING_FACETS as FACETS
from .page import FACET_TITLES, SearchNames, search_names
from .question import SearchParameters
from .service import scan

FEED_ENTRIES = 50


class Row:
    """One hit with the names of its facets."""

    def __init__(self, hit, names: SearchNames, request) -> None:
        self.hit = hit
        self.url = request.build_absolute_uri(hit.url)
        status = Status.of(hit.start, hit.end) if hit.type == "project" else None
        self.status = status.value if status else ""
        self.type_label = names("type", hit.type).label
        self.status_label = names("status", self.status).label if status else ""
        self.names = {
            name: [names(name, value).label for value in hit.facets.get(name, ())]
            for name in FACETS
        }


def rows(request, parameters: SearchParameters, language: str) -> Iterator[Row]:
    names = search_names(language)
    for hit in scan(parameters, language):
        yield Row(hit, names, request)


def columns() -> list[tuple[str, Callable]]:
    """Column heading in the reader's language → cell of a row."""
    names = [
        (str(FACET_TITLES[name]), lambda row, name=name: "; ".join(row.names[name]))
        for name in FACETS
    ]
    identifiers = [
        (f"{name}_id", lambda row, name=name: "; ".join(row.hit.facets.get(name, ())))
        for name in FACETS
    ]
    return [
        ("id", lambda row: row.hit.key),
        ("type", lambda row: row.hit.type),
        (_("Type"), lambda row: row.type_label),
        (_("Title"), lambda row: row.hit.title),
        (_("Summary"), lambda row: row.hit.lead),
        (_("Codes"), lambda row: "; ".join(row.hit.codes)),
        ("status", lambda row: row.status),
        (_("Status"), lambda row: row.status_label),
        (_("Start"), lambda row: row.hit.start),
        (_("End"), lambda row: row.hit.end),
        (_("Published"), lambda row: row.hit.published),
        *names,
        *identifiers,
        (_("Language of the text"), lambda row: row.hit.language),
        (_("Address"), lambda row: row.url),
    ]


def in_language(language: str, chunks: Iterator) -> Iterator:
    """The stream runs after the view returned, when the language is no longer active."""
    iterator = iter(chunks)
    while True:
        with translation.override(language):
            try:
                chunk = next(iterator)
            except StopIteration:
                return
        yield chunk


@require_safe
def csv_hits(request) -> StreamingHttpResponse:
    parameters = SearchParameters.from_query(request.GET)
    language = translation.get_language()

    def lines() -> Iterator[str]:
        writer = csv.writer(SimpleNamespace(write=str))  # hands back each line to be streamed
        table = columns()
        yield "\ufeff" + writer.writerow([heading for heading, _value in table])
        for row in rows(request, parameters, language):
            yield writer.writerow([csv_cell(value(row)) for _heading, value in table])

    return stream(in_language(language, lines()), "text/csv; charset=utf-8", "csv", language)


@require_safe
def json_hits(request) -> StreamingHttpResponse:
    parameters = SearchParameters.from_query(request.GET)
    language = translation.get_language()

    def chunks() -> Iterator[str]:
        yield '{"results": ['
        for number, row in enumerate(rows(request, parameters, language)):
            yield (",\n" if number else "\n") + json.dumps(record(row), ensure_ascii=False)
        yield "\n]}\n"

    return stream(in_language(language, chunks()), "application/json", "json", language)


def record(row: Row) -> dict:
    """A hit for machines: stable identifiers beside the names in the language asked for."""
    hit = row.hit
    return {
        "id": hit.key,
        "type": hit.type,
        "url": row.url,
        "language": hit.language,
        "title": hit.title,
        "lead": hit.lead,
        "codes": hit.codes,
        "status": row.status or None,
        "start": hit.start.isoformat() if hit.start else None,
        "end": hit.end.isoformat() if hit.end else None,
        "published": hit.published.isoformat() if hit.published else None,
        **{
            name: [
                {"id": value, "name": label}
                for value, label in zip(hit.facets.get(name, ()), row.names[name], strict=True)
            ]
            for name in FACETS
        },
    }


def stream(
    chunks: Iterator, content_type: str, suffix: str, language: str
) -> StreamingHttpResponse:
    response = StreamingHttpResponse(chunks, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="katto-{language}.{suffix}"'
    response["Content-Language"] = language
    return response


@dataclass(frozen=True)
class Question:
    """What one feed is about. The feed object itself is shared by all requests."""

    parameters: SearchParameters
    language: str
    address: str


class HitFeed(Feed):
    """The newest hits of a question: «new projects in Kainuu» without an account. No persons."""

    feed_type = LanguageAtomFeed

    def get_object(self, request) -> Question:
        parameters = replace(SearchParameters.from_query(request.GET), sort="newest", page=1)
        return Question(parameters, translation.get_language(), request.get_full_path())

    def title(self, question: Question) -> str:
        chosen = question.parameters.facets
        names = search_names(question.language)
        words = [question.parameters.query] if question.parameters.query else []
        words += [names(name, value).label for name, values in chosen.items() for value in values]
        return f"{_('Search')}: {', '.join(words)}" if words else _("Everything new")

    def link(self, question: Question) -> str:
        query = replace(question.parameters, sort="relevance").query_string()
        return reverse("search:results") + (f"?{query}" if query else "")

    def feed_url(self, question: Question) -> str:
        return question.address

    def items(self, question: Question) -> list:
        hits = scan(question.parameters, question.language)
        return list(islice((hit for hit in hits if hit.type != "person"), FEED_ENTRIES))

    def item_title(self, hit) -> str:
        return hit.title

    def item_description(self, hit) -> str:
        return escape(hit.lead)

    def item_link(self, hit) -> str:
        return hit.url

    def item_guid(self, hit) -> str:
        return tag_uri(f"{hit.type}s", hit.key)

    def item_extra_kwargs(self, hit) -> dict[str, str]:
        return {"language": hit.language}

    def item_pubdate(self, hit) -> datetime | None:
        if hit.published is None:
            return None
        return timezone.make_aware(datetime.combine(hit.published, time.min))

    item_updateddate = item_pubdate
