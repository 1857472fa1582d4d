"""Pictures of the projects that a question finds: the same as on the list of projects."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from cms.core.routing import site_of
from projects.pictures.files import file_of, picture_called, with_files
from projects.pictures.making import forms_of, ways_of
from projects.public.catalogue import catalogue
from projects.public.filters import VIEWS

from .documents import FACETS
from .question import SearchParameters
from .service import scan


def found_by(parameters: SearchParameters, language: str) -> int:
    """The set of projects among all hits."""
    hits = scan(parameters, language)
    return catalogue().mask(UUID(hit.key) for hit in hits if hit.type == "project")


def views_of(parameters: SearchParameters, language: str, view: str) -> dict:
    """For ``components/list_views.html``: the forms as links, and the one that is asked for."""
    view, page = view if view in VIEWS else "", parameters.on_page(1)

    def at(name: str) -> str:
        pairs = [each for each in (page.query_string(), f"view={name}" if name else "") if each]
        return f"{reverse('search:results')}?{'&'.join(pairs)}"

    def narrowed(facet: str, value: str) -> str:
        if facet not in FACETS or value == "none":
            return ""
        facets = {**page.facets, facet: (value,)}
        return reverse("search:results") + replace(page, facets=facets).url

    ways = [(label, at(name), chosen) for label, name, chosen in forms_of(view)]
    if not view:
        return {"ways": ways}
    picture = picture_called(view, found_by(page, language), language, narrowed)
    picture.ways = ways_of(view, at)
    return {"ways": ways, "picture": with_files(picture, page.url, "search:picture")}


@require_safe
def picture_file(request, name: str, ending: str) -> HttpResponse:
    site_of(request)
    language = translation.get_language()
    mask = found_by(SearchParameters.from_query(request.GET), language)
    return file_of(picture_called(name, mask, language), ending)
