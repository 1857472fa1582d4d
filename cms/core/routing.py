"""From an address to its page in two queries, however deep the page lies.

Wagtail's own routing asks for every segment twice (page, then specific page), for the locale, the
root page's translation and the restrictions: eleven queries to reach a project. Slugs are indexed
and ``url_path`` names the whole way, so one query finds the page, joined to its own type's table.
A language without a home page has no pages: Wagtail would serve the default language's there.
"""

from functools import cache

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.http import Http404
from django.utils import translation
from wagtail import views
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from .models import BasePage


def serve(request, path: str = ""):
    """Wagtail's view, with the route found beforehand."""
    page = find_page(request, path)
    if page is None:
        raise Http404
    # Page.route_for_request keeps its answer here; see its docstring.
    request._wagtail_route_for_request = RouteResult(page)
    return views.serve(request, path)


def find_page(request, path: str) -> Page | None:
    """The live page at ``path`` below the home page in the active language, as its own type."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    language = translation.get_language()
    segments = [segment for segment in path.split("/") if segment]
    pages = (
        Page.objects.filter(live=True, locale__language_code=language)
        .select_related("locale", *_joins())
        .annotate(some_are_restricted=Exists(PageViewRestriction.objects.all()))
    )
    if segments:
        home = Page.objects.filter(
            translation_key=site.root_page.translation_key, locale=OuterRef("locale")
        )
        way = Concat(Subquery(home.values("url_path")[:1]), Value("/".join(segments) + "/"))
        pages = pages.filter(slug=segments[-1]).alias(way=way).filter(url_path=F("way"))
    else:
        pages = pages.filter(translation_key=site.root_page.translation_key)
    found = pages.first()
    return _specific(found) if found else None


@cache
def _page_types() -> dict[type[BasePage], str]:
    """Page types with the name under which a plain page joins them."""
    return {
        model: model._meta.get_field("page_ptr").remote_field.get_accessor_name()
        for model in apps.get_models()
        if issubclass(model, BasePage) and "page_ptr" in {f.name for f in model._meta.local_fields}
    }


@cache
def _joins() -> tuple[str, ...]:
    return tuple(
        "__".join(part for part in (accessor, name) if part)
        for model, accessor in _page_types().items()
        for name in ("", "social_image", *model.select_for_serving)
    )


def _specific(page: Page) -> Page:
    for accessor in _page_types().values():
        specific = getattr(page, accessor, None)
        if specific is not None:
            specific.locale = page.locale
            specific.is_open = not page.some_are_restricted
            return specific
    return page.specific
