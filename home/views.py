"""Public addresses that are not pages: the site's root, its colours, robots and errors."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.core.page_urls import site_of
from cms.core.querysets import LocalisedPageQuerySet


@require_safe
def root(request):
    """To the home page in the first language that the browser asks for and the site has."""
    site = site_of(request)
    pages = Page.objects.live().select_related("locale")
    pages = pages.filter(translation_key=site.root_page.translation_key) if site else []
    homes = {page.locale.language_code for page in pages}
    response = redirect(f"/{_wanted(request, homes)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _wanted(request, codes: set[str]) -> str:
    for wanted, _priority in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            code = translation.get_supported_language_variant(wanted)
        except LookupError:
            continue
        if code in codes:
            return code
    return settings.LANGUAGE_CODE


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request):
    """Browsers ask for this address whatever the page says."""
    return redirect(static("icons/favicon.ico"))


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request):
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def not_found(request, exception=None):
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
    homes = Page.objects.filter(live=True, translation_key=site.root_page.translation_key)
    urls = [home.url_path + path for home in homes]
    pages = LocalisedPageQuerySet(Page).visible().filter(url_path__in=urls)
    return list(pages.select_related("locale").order_by("locale_id"))
