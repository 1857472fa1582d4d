"""What long lists share: their order, narrowing as sets of bits, and a page at a time.

Alphabetical is what the readers of a language know: å, ä, ö after z in Finnish and Swedish.
:func:`sort_key` is that order, a string to compare by code points: in Python, in every search
engine and, as a function of the connection, in SQLite. PostgreSQL has the same order as collations.
It is that of ICU, which knows the collations of all languages (CLDR); its package brings the
library along, so that no machine needs it installed.

A set of places is an integer with a bit for each: ten thousand are narrowed and counted at once.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from django import forms
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Page, Paginator
from django.db import models
from django.db.backends.signals import connection_created
from django.db.models import CharField, F, Func, QuerySet, TextField
from django.db.models.functions import Collate
from django.forms.utils import flatatt
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from icu import Collator, Locale

PAGE_SIZE = 20
MAX_PAGE = 100_000


def set_of(places: Iterable[int], size: int) -> int:
    """The set of these places, all below ``size``."""
    found = bytearray(size // 8 + 1)
    for place in places:
        found[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(found, "little")


def places(chosen: int) -> Iterator[int]:
    """The places of a set, the lowest first."""
    while chosen:
        lowest = chosen & -chosen
        yield lowest.bit_length() - 1
        chosen ^= lowest


def members(chosen: int, size: int, order: Iterable[int]) -> list[int]:
    """The places of a set of at most ``size``, in the order given."""
    flags = f"{chosen:0{size or 1}b}"[::-1]
    return [place for place in order if flags[place] == "1"]


def page_number(text: str) -> int:
    """The page that an address asks for, from 1; anything that is no such number is the first."""
    return min(max(int(text), 1), MAX_PAGE) if re.fullmatch("[0-9]{1,20}", text) else 1


def page_at(things: Sequence | QuerySet, number: int) -> Page:
    """The page of this number, or the last where there are fewer."""
    return Paginator(things, PAGE_SIZE).get_page(number)


class LongSelect(forms.Select):
    """A list of hundreds of options (municipalities), of which a form has several.

    Django renders two templates for each option: two thirds of the time of a project's form.
    """

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        attributes = {"name": name, **self.build_attrs(self.attrs, attrs)}
        chosen = {str(each) for each in self.format_value(value)}
        pairs = (("" if key is None else str(key), str(label)) for key, label in self.choices)
        options = _options(tuple(pairs))
        body = "".join(
            f"{tag} selected{rest}" if key in chosen else f"{tag}{rest}"
            for key, tag, rest in options
        )
        return format_html("<select{}>{}</select>", flatatt(attributes), SafeString(body))


@lru_cache(maxsize=64)
def _options(choices: tuple[tuple[str, str], ...]) -> list[tuple[str, str, str]]:
    """Of each its value, its tag but for what says that it is chosen, and the rest."""
    return [
        (key, format_html('<option value="{}"', key), format_html(">{}</option>", label))
        for key, label in choices
    ]


SQL_FUNCTION = "katto_sort_key"
LONGEST = 200
"""Characters that decide; titles are shorter."""
LANGUAGES = ("fi", "sv", "en", "ru", "ar", "so")


def sort_key(text: str, locale: str) -> str:
    """What to compare texts by for a reader of ``locale``: the alphabet, then accents, then case.

    Signs come before digits and digits before letters, as in Unicode's own order.
    """
    return _sort_key(text[:LONGEST], _language(locale))


def _language(locale: str) -> str:
    language = locale.split("-")[0]
    return language if language in LANGUAGES else "und"


@lru_cache(maxsize=20_000)
def _sort_key(text: str, language: str) -> str:
    shown = " ".join(text.replace("\x00", "").split())
    return _collator(language).getSortKey(shown).hex()


@cache
def _collator(language: str) -> Collator:
    return Collator.createInstance(Locale(language))


class Alphabetical(Func):
    """A text of the database in the order of a language's alphabet; to order by."""

    function = SQL_FUNCTION
    arity = 1
    output_field = TextField()

    def __init__(self, expression, locale: str | None = None, **extra) -> None:
        language = _language(locale or translation.get_language() or settings.LANGUAGE_CODE)
        super().__init__(expression, language=language, **extra)

    def as_sqlite(self, compiler, connection, **context) -> tuple[str, list]:
        template = "%(function)s(%(expressions)s, '%(language)s')"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler, connection, **context) -> tuple[str, list]:
        collate = Collate(self.source_expressions[0], f"{self.extra['language']}-x-icu")
        return collate.as_sql(compiler, connection, **context)


def alphabetical(queryset: QuerySet, locale: str | None = None) -> QuerySet:
    """The same order, a model's own included, but texts by the alphabet of the reader."""
    query = queryset.query
    if query.is_sliced or query.combinator or query.extra_order_by:
        return queryset
    names = query.order_by or (query.get_meta().ordering if query.default_ordering else ())
    ordering = []
    for name in names:
        if _is_text(queryset, name):
            expression = Alphabetical(F(name.lstrip("-")), locale)
            name = expression.desc() if name.startswith("-") else expression.asc()
        ordering.append(name)
    return queryset.order_by(*ordering) if ordering else queryset


def _is_text(queryset: QuerySet, name) -> bool:
    """Whether a name to order by is of a column that holds words."""
    if not isinstance(name, str) or name.lstrip("-") in queryset.query.annotations:
        return False
    model, field = queryset.model, None
    for part in name.lstrip("-").split("__"):
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return False
        model = getattr(field, "related_model", None) or model
    words = isinstance(field, CharField | TextField) and not isinstance(field, models.SlugField)
    return words and not field.choices


def _add_to_sqlite(connection, **kwargs) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            SQL_FUNCTION,
            2,
            lambda text, language: None if text is None else sort_key(str(text), language),
            deterministic=True,
        )


def connect() -> None:
    connection_created.connect(_add_to_sqlite, dispatch_uid="alphabet")
