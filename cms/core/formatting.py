"""Dates, numbers, money, sizes and lists, as each language writes them for people.

Months and numbers are those of CLDR (babel); how a day, a month or a range of them is put together
is in ``DAYS`` and ``MONTHS``, for CLDR writes Somali and the ranges of most languages as nobody in
Finland does. All speak the active language unless they are given another one. What machines read
stays ISO, and what forms of the admin read back is :mod:`.admin.written_values`.

Digits are Latin in every language, Arabic too: decision 0030.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import pgettext

# English as in Europe, with the day first; Swedish as in Finland.
LOCALES = {"en": "en_GB", "sv": "sv_FI"}
NO_BREAK, RIGHT_TO_LEFT = "\N{NO-BREAK SPACE}", "\N{RIGHT-TO-LEFT MARK}"


@dataclass(frozen=True)
class Form:
    """How one day, or one month, is written: ``d``, ``m`` and ``y`` are numbers.

    ``name`` is the month's by itself, ``of`` after a day, ``stem`` its beginning in Finnish.
    What stands before a last day, dash and all: ``same_month`` where only the day differs,
    ``same_year`` where the year does not, ``other`` after the ``whole`` of the first.
    ``since`` and ``until`` are the forms that words of an open end ask for.
    """

    whole: str
    same_year: str
    other: str = "{whole} – "
    same_month: str = ""
    since: str = "{whole}"
    until: str = "{whole}"


NUMBERED = Form("{d}.{m}.{y}", "{d}.{m}.–", "{whole}–", "{d}.–")
DAYS = {
    "fi": NUMBERED,
    "fi-simple": NUMBERED,
    "sv": Form("{d}.{m}.{y}", "{d}.{m}–", "{whole}–", "{d}–"),
    "en": Form("{d} {of} {y}", "{d} {of} – ", same_month="{d}–"),
    "ru": Form(f"{{d}} {{of}} {{y}}{NO_BREAK}г.", "{d} {of} — ", "{whole} — ", "{d}–"),
    "ar": Form("{d} {of} {y}", "{d} {of} – ", same_month="{d}–"),
    "so": Form("{d} {name} {y}", "{d} {name} – ", same_month="{d}–"),
}
MONTHS = {
    "fi": Form("{m}/{y}", "{m}–", "{whole}–"),
    "fi-simple": Form("{name} {y}", "{stem}–"),
    "sv": Form("{m}/{y}", "{m}–", "{whole}–"),
    "en": Form("{name} {y}", "{name} – "),
    "ru": Form("{name} {y}", "{name} — ", "{whole} — ", since="{of} {y}"),
    "ar": Form("{name} {y}", "{name} – "),
    "so": Form("{name} {y}", "{name} – "),
}
YEARS = Form("{y}", "", "{whole}–")
RUSSIAN_YEARS = Form("{y}", "", "{whole}–", since=f"{{y}}{NO_BREAK}г.", until=f"{{y}}{NO_BREAK}г.")


def spoken(language: str = "") -> str:
    """The language code to write in: the one that is given, or else the active one."""
    return language or translation.get_language() or settings.LANGUAGE_CODE


@lru_cache
def _locale(language: str) -> Locale:
    """CLDR's locale of a language of the site, or of the language that it is a variant of."""
    for code in (LOCALES.get(language, language), language.split("-")[0], LOCALES["en"]):
        try:
            return Locale.parse(code, sep="-" if "-" in code else "_")
        except (UnknownLocaleError, ValueError):
            continue
    raise LookupError(language)


def _form(language: str, precision: str) -> Form:
    """A language that the tables lack is written as CLDR does, whole days and whole months."""
    if precision == "year":
        return RUSSIAN_YEARS if language == "ru" else YEARS
    forms = MONTHS if precision == "month" else DAYS
    return forms.get(language) or Form("{cldr}", "{whole} – ")


def _parts(when: date, language: str, precision: str) -> dict[str, str | int]:
    locale = _locale(language)
    name = locale.months["stand-alone"]["wide"][when.month]
    return {
        "d": when.day,
        "m": when.month,
        "y": when.year,
        "name": name,
        "of": locale.months["format"]["wide"][when.month],
        "stem": name.removesuffix("kuu"),
        "cldr": "" if language in DAYS else _in_full(when, locale, precision),
    }


def _in_full(when: date, locale: Locale, precision: str) -> str:
    if precision == "month":
        return format_skeleton("yMMMM", when, locale=locale)
    return format_date(when, "long", locale)


def day(when: date | None, language: str = "", precision: str = "day") -> str:
    """1.5.2026, 1 May 2026, 1 мая 2026 г.; of a moment, its day in Finland. Nothing for none.

    ``precision``: ``day``, ``month`` or ``year``, as exactly as the day is known.
    """
    if when is None:
        return ""
    if isinstance(when, datetime) and timezone.is_aware(when):
        when = timezone.localtime(when).date()
    language = spoken(language)
    form = _form(language, precision)
    return form.whole.format_map(_parts(when, language, precision))


def month(when: date | None, language: str = "") -> str:
    """5/2026, May 2026, май 2026."""
    return day(when, language, "month")


def period(start: date | None, end: date | None, precision: str = "day", language: str = "") -> str:
    """From the first to the last day, both included: 1.–5.5.2026, 1 May – 3 June 2026, 2026–2027.

    One of them may be unknown ("from 1 May 2026"); without both there is nothing to say.
    """
    language = spoken(language)
    if start and end:
        return _between(start, end, language, precision)
    if not (start or end):
        return ""
    form, parts = _form(language, precision), _parts(start or end, language, precision)
    parts["whole"] = form.whole.format_map(parts)
    with translation.override(language):
        if start:
            words = pgettext("a project's period", "from %(day)s")
            return words % {"day": form.since.format_map(parts)}
        words = pgettext("a project's period", "until %(day)s")
        return words % {"day": form.until.format_map(parts)}


def _between(start: date, end: date, language: str, precision: str) -> str:
    form = _form(language, precision)
    first, last = (_parts(when, language, precision) for when in (start, end))
    first["whole"], whole = (form.whole.format_map(parts) for parts in (first, last))
    if first["whole"] == whole:
        return whole
    before = form.other
    if start.year == end.year and form.same_year:
        before = form.same_year
        if start.month == end.month and form.same_month:
            before = form.same_month
    text = before.format_map(first) + whole
    # Nothing but digits gives a direction to nobody: a mark says that it runs to the left.
    return RIGHT_TO_LEFT + text if _is_rtl(language) and precision == "year" else text


def _is_rtl(language: str) -> bool:
    return _locale(language).text_direction == "rtl"


@lru_cache(maxsize=4_000)
def _number(value, language: str) -> str:
    return format_decimal(value, locale=_locale(language), decimal_quantization=False)


def number(value: int | float | Decimal | None, language: str = "") -> str:
    """1 234 567,89 or 1,234,567.89, with the decimals that it has."""
    return "" if value is None else _number(value, spoken(language))


def sum_of_money(value: Decimal, language: str = "") -> str:
    """1 234,50 or 1 234: both decimals or none."""
    if value == value.to_integral_value():
        return number(value, language)
    return format_decimal(value, "#,##0.00", locale=_locale(spoken(language)))


def percent(part: float | Decimal | None, language: str = "") -> str:
    """12,5 % or 12.5%, with one decimal at most; ``part`` is of one: 0.125."""
    if part is None:
        return ""
    locale = _locale(spoken(language))
    rounded = round(Decimal(str(part)), 3)
    return format_percent(rounded, locale=locale, decimal_quantization=False)


def euro(amount: Decimal | int | None, language: str = "", plain: bool = False) -> str:
    """290 780,50 € or €290,780.50: cents only where there are some.

    ``plain``: for the cell of a spreadsheet, which is read by machines too.
    """
    if amount is None:
        return ""
    locale, amount = _locale(spoken(language)), Decimal(amount)
    if plain:
        return f"{format_decimal(amount, '0.00', locale)} €"
    text = format_currency(amount, "EUR", locale=locale)
    if round(amount, 2) != amount.to_integral_value():
        return text
    pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
    return format_currency(amount, "EUR", pattern, locale, currency_digits=False)


def size(octets: int | None, language: str = "") -> str:
    """Of a file: 1,5 Mt, 1.5 MB, with one decimal at most."""
    if octets is None:
        return ""
    amount, unit = float(octets), "byte"
    for larger in ("kilobyte", "megabyte", "gigabyte"):
        if amount < 1024:
            break
        amount, unit = amount / 1024, larger
    rounded = round(Decimal(str(amount)), 1)
    rounded = int(rounded) if rounded == int(rounded) else rounded
    # CLDR shortens bytes to "532 byte" in English and to a letter in others: those are in full.
    length = "long" if unit == "byte" else "short"
    text = format_unit(rounded, f"digital-{unit}", length, locale=_locale(spoken(language)))
    return text.replace(" ", NO_BREAK)


def listed(texts: Iterable[str], language: str = "") -> str:
    """a, b ja c; a, b and c."""
    return format_list([str(text) for text in texts], locale=_locale(spoken(language)))


def clauses(texts: Iterable[str], language: str = "") -> str:
    """One after another, with the comma of the language's script; empty ones are left out."""
    comma = "، " if _is_rtl(spoken(language)) else ", "
    return comma.join(text for text in map(str, texts) if text)
