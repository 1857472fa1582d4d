"""From an address to its page in two queries, however deep the page lies; and back in none.

Wagtail's own routing asks for every segment twice (page, then specific page), for the locale, the
root page's translation and the restrictions: eleven queries to reach a project. ``url_path`` names
the whole way. A language without a home page has no pages: Wagtail would serve the default
language's there.
"""

from functools import lru_cache
from urllib.parse import quote

from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.http.request import split_domain_port
from django.urls import reverse
from django.utils import translation
from wagtail import views
from wagtail.models import Locale, Page, Site
from wagtail.models.sites import SiteRootPath, get_site_for_hostname
from wagtail.url_routing import RouteResult

from .content_epoch import held
from .restrictions import closed_paths

SAFE = "!$&'()*+,;=/~:@"
"""What Django's ``reverse`` leaves as it is in a path."""


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
def _site(hostname: str, port: str) -> Site | None:
    try:
        return get_site_for_hostname(hostname, port)
    except Site.DoesNotExist:
        return None


def site_of(request) -> Site | None:
    """Wagtail's ``Site.find_for_request``, asked once for each host and epoch."""
    if request is not None and not hasattr(request, "_wagtail_site"):
        host = split_domain_port(request._get_raw_host())[0]
        request._wagtail_site = _site(host, request.get_port())
    return getattr(request, "_wagtail_site", None)


@held
def site_roots() -> list[SiteRootPath]:
    return Site.get_site_root_paths()


@lru_cache
def _served_below(language: str) -> str:
    with translation.override(language):
        return reverse("wagtail_serve", args=("",))


def url_parts(url_path: str) -> tuple[int, str, str] | None:
    """What ``Page.get_url_parts`` gives for a page of one site alone; ``None`` for any other."""
    roots = [root for root in site_roots() if url_path.startswith(root.root_path)]
    if len({root.site_id for root in roots}) != 1:
        return None
    root = roots[0]
    rest = url_path[len(root.root_path) :]
    rest = rest if rest.isascii() else quote(rest, safe=SAFE)
    return root.site_id, root.root_url, _served_below(root.language_code) + rest


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
