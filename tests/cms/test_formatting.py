"""Dates, ranges, money and numbers as each language writes them (the table: :mod:`.written`)."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format

from cms.core import formatting

from .written import MONTHS, WRITTEN

DJANGO_FORMATS = (
    "DATE_FORMAT",
    "DATETIME_FORMAT",
    "SHORT_DATE_FORMAT",
    "SHORT_DATETIME_FORMAT",
    "TIME_FORMAT",
    "YEAR_MONTH_FORMAT",
    "MONTH_DAY_FORMAT",
)
MAY_1, MAY_5, JUNE_3 = date(2026, 5, 1), date(2026, 5, 5), date(2026, 6, 3)
LATER, DECEMBER = date(2027, 6, 3), date(2025, 12, 31)


def written() -> dict[str, str]:
    """In the active language, by the names of the table's lines."""
    day, period = formatting.day, formatting.period
    return {
        "day": day(MAY_1),
        "same month": period(MAY_1, MAY_5),
        "same year": period(MAY_1, JUNE_3),
        "years apart": period(MAY_1, LATER),
        "from": period(MAY_1, None),
        "until": period(None, DECEMBER),
        "month": formatting.month(MAY_1),
        "months": period(MAY_1, JUNE_3, "month"),
        "months apart": period(DECEMBER, JUNE_3, "month"),
        "from month": period(MAY_5, None, "month"),
        "until month": period(None, DECEMBER, "month"),
        "years": period(MAY_1, LATER, "year"),
        "from year": period(MAY_1, None, "year"),
        "until year": period(None, DECEMBER, "year"),
        "money": formatting.euro(Decimal("290780.50")),
        "round money": formatting.euro(Decimal("290780.00")),
        "number": formatting.number(Decimal("1234567.89")),
        "percent": formatting.percent(0.125),
        "whole percent": formatting.percent(0.5),
        "size": formatting.size(1_500_000),
        "list": formatting.listed(["Oulu", "Turku", "Vaasa"]),
    }


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_what_each_language_writes(language):
    with translation.override(language):
        found = written()
    marks = str.maketrans({"\N{NO-BREAK SPACE}": "_", "\N{RIGHT-TO-LEFT MARK}": "<"})
    lines = [f"{name:<14} {text.translate(marks)}" for name, text in found.items()]
    assert lines == [line.strip() for line in WRITTEN[language].strip().splitlines()]


@pytest.mark.parametrize(("language", "names"), MONTHS.items())
def test_months_are_in_the_language_in_one_spelling(language, names):
    precision = "month" if language == "fi-simple" else "day"
    days = [date(2026, number, 7) for number in range(1, 13)]
    texts = [formatting.day(day, language, precision) for day in days]
    assert [
        text.removeprefix("7 ").partition(" ")[0].partition("\xa0")[0] for text in texts
    ] == names.split()


def test_a_language_of_its_own_wins_over_the_active_one():
    with translation.override("fi"):
        assert formatting.period(MAY_1, None, language="sv") == "från 1.5.2026"
        assert formatting.day(MAY_1, "en") == "1 May 2026"


def test_one_day_month_or_year_is_no_range():
    for precision, text in (("day", "1.5.2026"), ("month", "5/2026"), ("year", "2026")):
        assert formatting.period(MAY_1, MAY_1, precision, "fi") == text


def test_a_moment_is_told_by_its_day_in_finland():
    late = datetime(2026, 4, 30, 22, 30, tzinfo=UTC)
    assert formatting.day(late, "fi") == "1.5.2026"


@pytest.mark.parametrize(
    ("language", "day", "months"),
    [
        ("et", "1. mai 2026", "mai 2026 – juuni 2027"),
        ("de", "1. Mai 2026", "Mai 2026 – Juni 2027"),
        ("prs", "1 May 2026", "May 2026 – June 2027"),
    ],
)
def test_a_language_that_the_tables_lack_is_written_as_cldr_does(language, day, months):
    assert formatting.day(MAY_1, language) == day
    assert formatting.period(MAY_1, LATER, "month", language) == months


@pytest.mark.parametrize(
    ("octets", "text"), [(1, "1 byte"), (532, "532 bytes"), (1024, "1 kB"), (3 * 1024**3, "3 GB")]
)
def test_sizes(octets, text):
    assert formatting.size(octets, "en").replace("\xa0", " ") == text


def test_money_for_the_cell_of_a_spreadsheet_has_cents_and_no_groups():
    assert formatting.euro(Decimal("290780"), "fi", plain=True) == "290780,00 €"
    assert formatting.euro(Decimal("290780.5"), "en", plain=True) == "290780.50 €"


def test_nothing_is_written_of_nothing():
    for write in (formatting.day, formatting.number, formatting.percent, formatting.euro):
        assert write(None) == ""
    assert formatting.size(None) == formatting.period(None, None) == formatting.listed([]) == ""


def test_templates_write_alike():
    text = "{% load core_tags %}{{ day|day }}; {{ day|month }}; {{ money|euro }}; {{ many|number }}"
    values = Context({"day": MAY_1, "money": Decimal("5.5"), "many": 10_000})
    with translation.override("en"):
        assert Template(text).render(values) == "1 May 2026; May 2026; €5.50; 10,000"


def test_english_of_the_admin_has_no_american_dates():
    moment = datetime(2026, 11, 26, 9, 5)
    with translation.override("en"):
        written = {name: date_format(moment, name) for name in DJANGO_FORMATS}
    assert written == {
        "DATE_FORMAT": "26 November 2026",
        "DATETIME_FORMAT": "26 November 2026, 09:05",
        "SHORT_DATE_FORMAT": "26 Nov 2026",
        "SHORT_DATETIME_FORMAT": "26 Nov 2026, 09:05",
        "TIME_FORMAT": "09:05",
        "YEAR_MONTH_FORMAT": "November 2026",
        "MONTH_DAY_FORMAT": "26 November",
    }


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_no_language_puts_the_month_first_in_django_s_own_formats(language):
    with translation.override(language):
        written = [date_format(datetime(2026, 11, 26, 9, 5), name) for name in DJANGO_FORMATS[:4]]
    for text in written:
        assert re.match(r"26\b", text), text


def test_clauses_have_the_comma_of_their_script():
    assert formatting.clauses(["a", "", "b"], "ar") == "a، b"
    assert formatting.clauses(["a", "", "b"], "ru") == "a, b"
    assert formatting.clauses([]) == ""
