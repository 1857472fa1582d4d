"""From an address to its page in two queries, however deep the page lies.

Wagtail's own routing asks for every segment twice (page, then specific page), for the locale, the
root page's translation and the restrictions: eleven queries to reach a project. ``url_path`` names
the whole way. A language without a home page has no pages: Wagtail would serve the default
language's there.
"""

from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.utils import translation
from wagtail import views
from wagtail.models import Locale, Page, Site
from wagtail.url_routing import RouteResult

from .content_epoch import held
from .restrictions import closed_paths


def serve(request, path: str = ""):
    """Wagtail's view, with the route found beforehand."""
    page = find_page(request, path)
    if page is None:
        raise Http404
    # Page.route_for_request keeps its answer here; see its docstring.
    request._wagtail_route_for_request = RouteResult(page)
    return views.serve(request, path)


@held
def locales() -> dict[int, Locale]:
    return {locale.pk: locale for locale in Locale.objects.order_by("pk")}


@held
def home_paths(root_page: int) -> dict[str, str]:
    """Language → ``url_path`` of the site's home page in it."""
    root = Page.objects.get(pk=root_page)
    homes = Page.objects.filter(translation_key=root.translation_key)
    return {
        locales()[locale].language_code: path
        for locale, path in homes.values_list("locale_id", "url_path")
    }


def find_page(request, path: str) -> Page | None:
    """The live page at ``path`` below the home page in the active language, as its own type."""
    site = Site.find_for_request(request)
    home = home_paths(site.root_page_id).get(translation.get_language()) if site else None
    if home is None:
        return None
    way = "".join(f"{segment}/" for segment in path.split("/") if segment)
    found = Page.objects.filter(url_path=home + way, live=True)
    row = found.values_list("pk", "content_type_id").first()
    if row is None:
        return None
    model = ContentType.objects.get_for_id(row[1]).model_class() or Page
    page = model.objects.get(pk=row[0])
    page.locale = locales()[page.locale_id]
    page.is_open = not closed_paths()
    return page
