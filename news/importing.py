"""News and events in project files: their shape, registered with the importer of projects."""

import re
from datetime import date, time

from django.utils.translation import gettext as _

from projects.importing import (
    PAGE,
    WORDS,
    Body,
    Choice,
    Day,
    Extension,
    Image,
    Reference,
    Rows,
    Shape,
    Text,
    register,
)

from .models import NewsIndexPage, NewsOrganisation, NewsPage, NewsProject, span_faults

HOURS = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class Clock(Text):
    """A time of day, as HH:MM in the file; seconds are kept where an editor gave them."""

    default = None

    def parse(self, data: dict, place, run, model) -> str | None:
        value = data.get(self.name)
        if value is None:
            return None
        found = HOURS.fullmatch(str(value).strip())
        if found is None:
            return (place / self.name).fault(_("Write the time as HH:MM, for example 17:30."))
        return f"{int(found[1]):02}:{found[2]}"

    def read(self, instance, run) -> str | None:
        value = getattr(instance, self.attr)
        return value.strftime("%H:%M") if isinstance(value, time) else value or None

    def write(self, instance, value, run) -> None:
        setattr(instance, self.attr, value and time.fromisoformat(value))


def check_span(form: dict, data: dict, place) -> None:
    values = form["fields"]
    picture = values["image"]
    if data and picture and not (values["image_alt"] or picture["description"]):
        (place / "image").fault(_("Say what the picture shows: image_alt, or its description."))
    if values["day"] is None:
        return None if data and "day" in data else (place / "day").fault(_("Give the day."))
    reads = {"day": date, "start_time": time, "last_day": date, "end_time": time}
    given = (values[name] and kind.fromisoformat(values[name]) for name, kind in reads.items())
    for name, message in span_faults(*given).items():
        (place / name).fault(str(message))


SHAPE = Shape(
    "news",
    NewsPage,
    (
        *PAGE,
        Day("day"),
        Clock("start_time"),
        Day("last_day"),
        Clock("end_time"),
        Text("place"),
        Text("link"),
        Choice("is_cancelled", False),
        Image("image"),
        Text("image_alt"),
    ),
    (*WORDS, "place", "image_alt"),
    rows=(
        Rows("projects", NewsProject, (Reference("project", "projects"),), ("project",), True),
        Rows(
            "organisations",
            NewsOrganisation,
            (Reference("organisation", "organisations"),),
            ("organisation",),
            plain=True,
        ),
    ),
    body=Body(),
    check=check_span,
    together=("day", "start_time", "last_day", "end_time"),
)


def of_project(page) -> list[NewsPage]:
    """The items whose first project is this one, in the source language."""
    links = NewsProject.objects.filter(project__translation_key=page.translation_key)
    found = []
    for key in set(links.values_list("page__translation_key", flat=True)):
        item = NewsPage.objects.filter(translation_key=key, locale=page.locale).first()
        first = item and item.carrier.projects.first()
        if first and first.project.translation_key == page.translation_key:
            found.append(item)
    return sorted(found, key=lambda item: (item.slug, item.pk))


def register_news() -> None:
    register(
        Extension(
            key="news",
            shape=SHAPE,
            parent=(NewsIndexPage, "uutiset", lambda: _("News and events")),
            scheme="news",
            of_project=of_project,
        )
    )
