"""Numbers that projects tell of what they reached, summed where the unit is the same.

A unit that was chosen is the same in every project. Typed words are the same unit where they are
written alike in the language in which the project was first written, whatever their case; a reader
gets them as that project's translation has them. A number counts once, whatever the languages.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation

from cms.core.blocks.numbers import UNITS
from cms.core.content_epoch import held
from cms.core.formatting import spoken
from cms.core.languages import best_version, language_codes

from ..models import ProjectPage


@dataclass(frozen=True, slots=True)
class Row:
    """One number of a project. ``unit``: what it is summed by; ``labels``: language → words."""

    number: Decimal
    unit: str
    labels: dict[str, str]


@dataclass(slots=True)
class Sum:
    """``label`` is in ``language``; ``projects`` of them tell this number."""

    unit: str
    label: str
    language: str
    number: Decimal = Decimal(0)
    projects: set[UUID] = field(default_factory=set)


@held
def rows_of_projects() -> dict[UUID, list[Row]]:
    """By key, of public projects: bodies with no number in them are not read."""
    codes, bodies, first = language_codes(), defaultdict(dict), {}
    pages = ProjectPage.objects.visible().order_by("locale_id", "pk")
    columns = ("translation_key", "locale_id", "carries_facts")
    told = pages.filter(translation_key__in=_keys())
    for key, locale, carries in told.values_list(*columns):
        if carries or key not in first:
            first[key] = codes[locale]
    if not first:
        return {}
    for page in told.filter(tells_numbers=True).only("translation_key", "locale_id", "body"):
        bodies[page.translation_key][codes[page.locale_id]] = dict(_stored(page.body.raw_data))
    return {key: list(_rows(found, first[key])) for key, found in bodies.items()}


def _keys() -> Any:
    tells = ProjectPage.objects.filter(tells_numbers=True)
    return tells.order_by().values("translation_key")


def _stored(body: Iterable[dict]) -> Iterator[tuple[tuple[str, str], dict]]:
    """``(block, row)`` → the stored value of each row of numbers."""
    for block in body:
        if block.get("type") == "numbers":
            for row in (block.get("value") or {}).get("rows") or ():
                if isinstance(row, dict) and isinstance(row.get("value"), dict):
                    yield (block.get("id"), row.get("id")), row["value"]


def _rows(bodies: dict[str, dict], first: str) -> Iterator[Row]:
    """Of the first language, else of the oldest that tells numbers; words of the others beside."""
    own = first if first in bodies else next(iter(bodies))
    for place, value in bodies[own].items():
        number, label = _number(value.get("number")), " ".join((value.get("label") or "").split())
        unit = _unit(value.get("unit") or "", label, own)
        if number is None or not unit:
            continue
        words = {code: (body.get(place) or {}).get("label") for code, body in bodies.items()}
        labels = {code: word.strip() for code, word in words.items() if word and word.strip()}
        yield Row(number, unit, labels)


def _number(value) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _unit(chosen: str, label: str, language: str) -> str:
    """The chosen one where no words say otherwise; words that name one are that one."""
    if label:
        return _names(language).get(label.casefold(), label.casefold())
    return chosen if chosen in UNITS else ""


@held
def _names(language: str) -> dict[str, str]:
    with translation.override(language):
        return {str(name).casefold(): unit for unit, name in UNITS.items()}


def sums(keys: Iterable[UUID], language: str = "") -> list[Sum]:
    """Of these projects by unit, exactly; what most projects tell comes first.

    ``keys``: translation keys; those of projects that are not public tell nothing.
    """
    language, known = spoken(language), rows_of_projects()
    found: dict[str, Sum] = {}
    for key in dict.fromkeys(keys):
        for row in known.get(key, ()):
            total = found.setdefault(row.unit, Sum(row.unit, *_label(row, language)))
            if total.language != language:
                # In the reader's words as soon as one of the projects has them.
                label, code = _label(row, language)
                if code == language:
                    total.label, total.language = label, code
            total.number += row.number
            total.projects.add(key)
    return sorted(found.values(), key=lambda each: (-len(each.projects), each.label.casefold()))


def _label(row: Row, language: str) -> tuple[str, str]:
    if row.unit in UNITS:
        with translation.override(language):
            return str(UNITS[row.unit]), language
    shown = {code: (code, words) for code, words in row.labels.items()}
    code, words = best_version(shown, language) or (settings.LANGUAGE_CODE, row.unit)
    return words, code
