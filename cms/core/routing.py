"""From an address to its page in a query or two, however deep the page lies.

Wagtail's own routing asks for every segment twice (page, then specific page), for the locale, the
root page's translation and the restrictions: eleven queries to reach a project. ``url_path`` names
the whole way. A language without a home page has no pages: Wagtail would serve the default
language's there.
"""

from django.http import Http404
from django.utils import translation
from wagtail import views
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from .page_urls import locales, site_of, site_roots, types_below
from .permissions import closed_paths


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
    site, language = site_of(request), translation.get_language()
    homes = (
        root.root_path
        for root in site_roots()
        if site and root.site_id == site.pk and root.language_code == language
    )
    home = next(homes, None)
    if home is None:
        return None
    url_path = home + "".join(f"{segment}/" for segment in path.split("/") if segment)
    parent, _slash, slug = url_path[:-1].rpartition("/")
    # Slugs are indexed, the whole ways are not.
    way = {"slug": slug, "url_path": url_path, "live": True}
    model = types_below().get(f"{parent}/")
    page = model.objects.filter(**way).first() if model else None
    if page is None:
        found = Page.objects.filter(**way).first()
        page = found.specific if found else None
    if page is None:
        return None
    page.locale = locales()[page.locale_id]
    page.is_open = not closed_paths()
    return page
