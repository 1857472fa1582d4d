"""When an item is: its day, or the days and times of an event, as the reader's language has it."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from cms.core import formatting
from cms.core.languages import language_direction

# Twelve hours and a half-day, as CLDR has for Arabic and Somali, are on no poster in Finland.
ISOLATE, END_OF_ISOLATE = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
POINT = ("fi", "fi-simple", "sv")


def clock(when: time, language: str) -> str:
    """10.30 in Finnish and Swedish, 10:30 elsewhere."""
    return f"{when:%H.%M}" if language in POINT else f"{when:%H:%M}"


def told(item: Any, language: str = "") -> str:
    """1.6.2026 klo 10.00–12.00; 1.–3.6.2026; 1.6.2026 klo 10.00 – 3.6.2026 klo 12.00.

    ``item`` has ``day``, ``start_time``, ``last_day`` and ``end_time``.
    """
    language = formatting.spoken(language)
    with translation.override(language):
        last = item.last_day if item.last_day and item.last_day > item.day else None
        if not item.start_time:
            return formatting.period(item.day, last or item.day, "day", language)
        first = _moment(item.day, clock(item.start_time, language), language)
        if last:
            return f"{first} – {_last(last, item.end_time, language)}"
        if item.end_time:
            span = f"{clock(item.start_time, language)}–{clock(item.end_time, language)}"
            return _moment(item.day, span, language)
        return first


def _moment(day: date, hours: str, language: str) -> str:
    if language_direction(language) == "rtl":
        hours = f"{ISOLATE}{hours}{END_OF_ISOLATE}"  # 12:00–15:30 would be read backwards
    return _("%(day)s at %(time)s") % {"day": formatting.day(day, language), "time": hours}


def _last(day: date, end_time: time | None, language: str) -> str:
    if end_time is None:
        return formatting.day(day, language)
    return _moment(day, clock(end_time, language), language)


def begins(item: Any) -> date | datetime:
    """In the time zone of the site; a day where no time is given."""
    return at(item.day, item.start_time) if item.start_time else item.day


def ends(item: Any) -> date | datetime | None:
    """The last moment or day that belongs to it; ``None`` where only the beginning is known."""
    last = item.last_day or item.day
    if not item.start_time:
        return last
    if item.end_time:
        return at(last, item.end_time)
    return at(last + timedelta(days=1), time.min) if last > item.day else None


def at(day: date, hours: time) -> datetime:
    """Clocks go forward and back as they do in the site's time zone."""
    return datetime.combine(day, hours, tzinfo=ZoneInfo(settings.TIME_ZONE))
