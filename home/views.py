"""Public addresses that are not pages: the site's root, its colours, robots and errors."""

from contextlib import suppress

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from cms.core.permissions import LocalisedPageQuerySet
from cms.core.routing import find_page, live_homes, site_of


def serve(request, path: str = "") -> HttpResponseBase:
    """Wagtail's view, with the route found beforehand."""
    page = find_page(request, path)
    if page is None:
        raise Http404
    # Page.route_for_request keeps its answer here; see its docstring.
    request._wagtail_route_for_request = RouteResult(page)
    return wagtail_views.serve(request, path)


@require_safe
def root(request) -> HttpResponse:
    """To the home page in the first language that the browser asks for and the site has."""
    site = site_of(request)
    homes = live_homes(site).select_related("locale") if site else []
    codes = {page.locale.language_code for page in homes}
    wanted = settings.LANGUAGE_CODE
    for name, _priority in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        with suppress(LookupError):
            code = translation.get_supported_language_variant(name)
            if code in codes:
                wanted = code
                break
    response = redirect(f"/{wanted}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request) -> HttpResponse:
    """Browsers ask for this address whatever the page says."""
    return redirect(static("icons/favicon.ico"))


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request) -> HttpResponse:
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def not_found(request, exception=None) -> HttpResponse:
    """A page that exists at this path in another language is offered there, with status 404."""
    found = pages_elsewhere(request)
    context = {"found_elsewhere": found}
    return HttpResponseNotFound(render_to_string("404.html", context, request=request))


def pages_elsewhere(request) -> list[Page]:
    """The visible pages whose path below the language prefix is the one asked for.

    Slugs are the same in every language, so this is the page that the visitor was looking for.
    """
    match = request.resolver_match
    site = site_of(request)
    if not (site and match and match.url_name == "wagtail_serve"):
        return []
    path = match.args[0] if match.args else match.kwargs.get("path", "")
    if not path:
        return []
    urls = [home.url_path + path for home in live_homes(site)]
    pages = LocalisedPageQuerySet(Page).visible().filter(url_path__in=urls)
    return list(pages.select_related("locale").order_by("locale_id"))
