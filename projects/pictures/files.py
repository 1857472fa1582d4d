"""A picture and its table as files that stand alone."""

import csv
from dataclasses import replace
from io import StringIO

from django.http import Http404, HttpResponse
from django.urls import re_path, reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from cms.core.hygiene import csv_cell
from cms.core.routing import reads, site_of

from ..public.catalogue import catalogue
from ..public.filters import ProjectFilters
from . import Picture
from .making import PICTURES, Narrowed, map_of
from .outlines import outlines

STYLE = """
.map__area,.map__area--0{fill:#f6f1e8;stroke:#8c7f6d;stroke-width:1;vector-effect:non-scaling-stroke}
.map__area--1{fill:#cfe3de}.map__area--2{fill:#8fc1b8}.map__area--3{fill:#43877f}.map__area--4{fill:#123f3b}
.map__hatch,.map__finger{fill:none}.map__number,.bars text{font-family:sans-serif}
.map__number{paint-order:stroke;stroke:#fff;stroke-width:4px;fill:#26211b}
.bars text{font-size:15px;fill:#26211b}.bars__ground{fill:#f1eadf}.bars__bar{fill:#1d5c56}
.bars__short{display:none}.bars__extension{fill:#8fc1b8}.bars__line{stroke:#ddd2c2}.bars__today{stroke:#8a3b12;stroke-width:2}
a{text-decoration:none}
"""
WIDTH = "640"


def with_files(picture: Picture, query: str, name: str = "pictures:file") -> Picture:
    """``query``: what of the address chooses the projects, with its question mark, or ""."""
    svg, table = (reverse(name, args=[picture.name, ending]) + query for ending in ("svg", "csv"))
    return replace(picture, svg_url=svg, csv_url=table)


def picture_called(
    name: str, mask: int, language: str, narrowed: Narrowed | None = None
) -> Picture:
    """Raises Http404 for a name that no picture has."""
    region = name.removeprefix("map-")
    if region in outlines()["region"] and region != name:
        return map_of(mask, language, region=region, narrowed=narrowed)
    if name not in PICTURES:
        raise Http404
    return PICTURES[name](mask, language, narrowed)


def file_of(picture: Picture, ending: str) -> HttpResponse:
    if ending == "csv":
        content, kind = table(picture), "text/csv; charset=utf-8"
    else:
        content, kind = standing_alone(picture), "image/svg+xml; charset=utf-8"
    response = HttpResponse(content, content_type=kind)
    name = f"{slugify(picture.title) or picture.name}-{timezone.localdate()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def table(picture: Picture) -> str:
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(picture.headings)
    for row in picture.rows:
        writer.writerow(csv_cell(cell.text if cell.plain is None else cell.plain) for cell in row)
    return "\ufeff" + file.getvalue()


def standing_alone(picture: Picture) -> str:
    """With its own colours and its title; links would lead nowhere from a file."""
    drawing = picture.svg.partition("</svg><ul")[0]
    drawing = drawing if drawing.endswith("</svg>") else f"{drawing}</svg>"
    opening, bracket, rest = drawing.partition(">")
    opening = opening.replace('width="100%"', f'width="{WIDTH}"').replace(' href="', ' data-href="')
    rest = rest.replace('<a href="', '<a data-href="')
    style = f"<style>{STYLE}</style><desc>{'. '.join(picture.notes)}</desc>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{opening}{bracket}{style}{rest}'


@require_safe
def picture_file(request, name: str, ending: str) -> HttpResponse:
    """Of the projects that the list shows for the same query."""
    site_of(request)
    known, today = catalogue(), timezone.localdate()
    filters = known.known(ProjectFilters.parse(request.GET), today)
    mask = known.found(filters, today)
    return file_of(picture_called(name, mask, translation.get_language()), ending)


ADDRESS = r"(?P<name>[a-z]+(?:-[a-z0-9]+)?)\.(?P<ending>svg|csv)$"
"""Of a file, wherever the projects that it shows are chosen."""
app_name = "pictures"
urlpatterns = [re_path(rf"^{ADDRESS}", reads(picture_file), name="file")]
