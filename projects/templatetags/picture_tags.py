"""Pictures of a set of projects, for any page: ``{% project_map mask query %}`` and the like.

``query`` chooses the same projects in the list, ``?theme=work``: the files are made from it.
"""

from dataclasses import replace

from django import template
from django.utils import translation

from ..pictures import Picture
from ..pictures.files import picture_called, with_files
from ..pictures.making import MONEY, forms_of, map_of, money_of, timeline_of, ways_of
from ..pictures.rows import counted
from ..pictures.shares import shares_of

register = template.Library()
SHOWN = "components/picture.html"


@register.inclusion_tag(SHOWN)
def picture(shown: Picture) -> dict:
    return {"picture": shown}


@counted
def _map(mask: int, language: str, region: str) -> Picture:
    return map_of(mask, language, region=region)


@counted
def _timeline(mask: int, language: str) -> Picture:
    return timeline_of(mask, language)


@counted
def _money(mask: int, language: str, by: str) -> Picture:
    return money_of(mask, language, by)


@register.inclusion_tag(SHOWN)
def project_map(mask: int, query: str = "", region: str = "") -> dict:
    return {"picture": with_files(_map(mask, translation.get_language(), region), query)}


@register.inclusion_tag(SHOWN)
def project_timeline(mask: int, query: str = "") -> dict:
    return {"picture": with_files(_timeline(mask, translation.get_language()), query)}


@register.inclusion_tag(SHOWN)
def project_money(mask: int, query: str = "", by: str = "funder") -> dict:
    by = by if by in MONEY else "funder"
    return {"picture": with_files(_money(mask, translation.get_language(), by), query)}


register.simple_tag(shares_of, name="shares_of")


@register.inclusion_tag("components/list_views.html")
def list_views(listing, address: str) -> dict:
    """The pictures of what a list of projects shows, as links, and the one that is asked for."""
    filters, language = listing.filters, translation.get_language()

    def at(view: str) -> str:
        return address + replace(filters, view=view, page=1).query

    def narrowed(facet: str, value: str) -> str:
        kept = replace(filters, **{facet: (value,)}, view="", page=1)
        return address + kept.query if value != "none" or facet != "municipality" else ""

    shown = None
    if filters.view:
        shown = picture_called(filters.view, listing.mask, language, narrowed)
        shown.ways = ways_of(filters.view, at)
        shown = with_files(shown, replace(filters, view="", page=1, sort="newest").query)
    return {
        "picture": shown,
        "ways": [(name, at(view), chosen) for name, view, chosen in forms_of(filters.view)],
    }
