"""The admin's own page search, with Finnish inflection.

Wagtail keeps its index of pages and records in the database, drafts included. This backend files
each of them under the base forms of its words too, and asks for base forms: *väkivaltaa* finds
*Lähisuhdeväkivallan ehkäisy*.
"""

from typing import Any

from django.conf import settings
from modelsearch.index import AutocompleteField, BaseField, SearchField
from modelsearch.query import And, Or, Phrase, PlainText, SearchQuery
from wagtail.search.backends.database import SearchBackend as database_backend

from cms.analysis import get_analyser, tokens
from cms.core.hygiene import clean

FORMS = "search_forms"
LONGEST = 20_000


def base_forms(text: str, language: str) -> str:
    """Every base form, compound part and derivation of a text's words, once each."""
    analyser, found = get_analyser(language), {}
    for token in tokens(text[:LONGEST]):
        for form in sorted(analyser.forms(token.text).all()):
            found[form] = None
    return " ".join(found)


def asked_forms(query: str, language: str) -> str:
    """The query's words as base forms; the last one as typed if it may not be finished."""
    words = []
    for token in tokens(query):
        form = get_analyser(language).query_forms(token.text)
        words.append(form.lemmas[0] if form.known and form.lemmas else token.text)
    return " ".join(words) or query


class WithForms:
    """A record as the index sees it, with one more field: the base forms of its words."""

    def __init__(self, record) -> None:
        self._record = record

    def __getattr__(self, name) -> Any:
        return getattr(self._record, name)

    @property
    def __class__(self) -> type:
        return type(self._record)

    def get_search_fields(self) -> list[BaseField]:
        return [*self._record.get_search_fields(), SearchField(FORMS), AutocompleteField(FORMS)]

    @property
    def search_forms(self) -> str:
        locale = getattr(self._record, "locale", None)
        language = locale.language_code if locale else settings.LANGUAGE_CODE
        names = ("title", "draft_title", "name", "short_name", "acronym", "lead", "words")
        texts = dict.fromkeys(str(getattr(self._record, name, "") or "") for name in names)
        return base_forms(" ".join(texts), language)


def in_base_forms(query, fields=None) -> str | SearchQuery:
    """The question with its plain words as base forms, and without what its database refuses.

    Quoted phrases, and words asked of some fields alone, stay as they are.
    """
    if isinstance(query, str):
        text = clean(query)
        return text if fields else asked_forms(text, settings.LANGUAGE_CODE)
    if isinstance(query, PlainText):
        return PlainText(in_base_forms(query.query_string, fields), operator=query.operator)
    if isinstance(query, Phrase):
        return Phrase(clean(query.query_string))
    if isinstance(query, And | Or):
        return type(query)([in_base_forms(part, fields) for part in query.subqueries])
    return query


class InflectingBackend:
    """Mixed into whichever backend the database has."""

    def search(self, query, model_or_queryset, fields=None, **kwargs) -> Any:
        return super().search(in_base_forms(query, fields), model_or_queryset, fields, **kwargs)

    def autocomplete(self, query, model_or_queryset, fields=None, **kwargs) -> Any:
        return super().autocomplete(
            in_base_forms(query, fields), model_or_queryset, fields, **kwargs
        )


class InflectingIndex:
    def add_items(self, model, objs) -> None:
        super().add_items(model, [WithForms(obj) for obj in objs])


def SearchBackend(params) -> Any:
    backend = database_backend(params)
    kind = type(backend)
    index = type("Index", (InflectingIndex, kind.index_class), {})
    backend.__class__ = type("Backend", (InflectingBackend, kind), {"index_class": index})
    return backend
