"""Whose money one project is: the shares of its funders, where they can be told."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import re_path, reverse
from django.urls.converters import UUIDConverter
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.formatting import euro, percent
from cms.core.routing import reads, site_of

from ..models import ProjectPage
from . import Cell, Picture, bars
from .files import file_of
from .making import sum_cell
from .money import Money, money_of
from .rows import funders_of


def shares_of(page: ProjectPage) -> Picture | None:
    """Nothing where there is only one share, or where they are shares of nobody knows what."""
    language = translation.get_language()
    money = money_of(page.facts.values)
    rows = funders_of([money], language, _("Funder not told"))
    if len(rows) < 2 or not _is_whole(money):
        return None
    title = _("Shares of the funders")
    table = [
        [
            Cell(row.label, row.url, row.language),
            sum_cell(row),
            Cell(percent(row.money.known / money.total) if row.money.is_known else ""),
        ]
        for row in rows
    ]
    svg, csv = (
        reverse("shares:file", args=[page.translation_key, ending]) for ending in ("svg", "csv")
    )
    return Picture(
        "shares",
        title,
        bars.money(rows, title, money.total),
        [_("Funder"), _("Amount"), _("Share")],
        table,
        [_("In all: %(sum)s.") % {"sum": euro(money.total)}],
        svg_url=svg,
        csv_url=csv,
    )


def _is_whole(money: Money) -> bool:
    """Whether some share is known, and the total is more than the sum of those that are."""
    given = money.by_funder.values()
    return bool(money.of_funders) and (bool(money.untold) or None not in given)


@require_safe
def shares_file(request, key: str, ending: str) -> HttpResponse:
    """Of what a reader of this language is shown; 404 for a project that has no such picture."""
    site_of(request)
    found = ProjectPage.objects.best_for(translation.get_language())
    page = found.filter(translation_key=UUID(key)).first()
    picture = shares_of(page) if page else None
    if picture is None:
        raise Http404
    return file_of(picture, ending)


app_name = "shares"
urlpatterns = [
    re_path(
        rf"^(?P<key>{UUIDConverter.regex})\.(?P<ending>svg|csv)$",
        reads(shares_file),
        name="file",
    )
]
