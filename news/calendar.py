"""Events for people's calendars (iCalendar, RFC 5545): all of them as a feed, and each by itself.

An event has the same identifier in every language and for ever, so that a calendar brings up to
date what it has. Times are those of the site's time zone, which the file describes; events without
times are whole days. The last year's events stay, so that nobody's calendar loses them at once.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event
from wagtail.contrib.settings.context_processors import SettingProxy

from cms.core.hygiene import one_line
from cms.core.presenters import absolute

from .public import Card, items, when

KEPT = timedelta(days=365)
LIMIT = 500
CONTENT_TYPE = "text/calendar; charset=utf-8"


def feed(request: HttpRequest) -> HttpResponse:
    """The events of the last year and all that are to come."""
    known, first = items(), timezone.localdate() - KEPT
    language = translation.get_language()
    events = [known.card(item, language) for item in known.events if item.end >= first]
    return _answer(events[-LIMIT:], request, "events")


def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """A single event; 404 for what is none, or not open to everybody."""
    known = items()
    item = known.facts.get(key)
    if item is None or not item.is_event:
        raise Http404
    card = known.card(item, translation.get_language())
    return _answer([card], request, f"event-{item.day.isoformat()}")


def _answer(events: Iterable[Card], request: HttpRequest, name: str) -> HttpResponse:
    response = HttpResponse(calendar_of(events, request).to_ical(), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


def calendar_of(events: Iterable[Card], request: HttpRequest) -> Calendar:
    own = SettingProxy(request)["home"]["SiteSettings"]
    association = own.association_name or settings.SITE_NAME
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//Events//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    title = _("Events: %(association)s") % {"association": association}
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for card in events:
        calendar.add_component(event_of(card, request))
    calendar.add_missing_timezones()
    return calendar


def event_of(card: Card, request: HttpRequest) -> Event:
    item, event = card.item, Event()
    end = when.ends(item)
    changed = (card.modified or when.at(item.day, time.min)).astimezone(UTC)
    event.add("uid", str(item.key))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("summary", one_line(card.title))
    event.add("dtstart", when.begins(item))
    if end:
        event.add("dtend", _last(end))
    event.add("status", "CANCELLED" if item.is_cancelled else "CONFIRMED")
    for name, text in (("description", card.lead), ("location", card.place)):
        if text := one_line(text):
            event.add(name, text, parameters={"LANGUAGE": card.language_code})
    event.add("url", absolute(request, card.url))
    if item.link:
        event.add("conference", item.link, parameters={"VALUE": "URI"})
    return event


def _last(end: date | datetime) -> date | datetime:
    """The calendar's end is the first moment after: of whole days the next day."""
    return end if isinstance(end, datetime) else end + timedelta(days=1)
