"""Public addresses: every page's, the site's root, and those for programs: robots, feeds, sitemap.

A feed is in the reader's language: each item once, marked with the language it is in.

An entry's id is a ``tag:`` URI (RFC 4151) of the page's ``translation_key``: it stays the same
when the page is renamed, moved or translated. Feeds name no persons.
"""

from contextlib import suppress
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.context_processors import SettingProxy
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from .hygiene import clean_all
from .languages import language_of
from .routing import find_page, live_homes, site_of, stand_in


def serve(request, path: str = "") -> HttpResponseBase:
    """Wagtail's view, with the route found beforehand.

    What the reader's language lacks is shown in the best other one, unless staff lead elsewhere.
    """
    page = find_page(request, path)
    if page is None and not get_redirect(request, Redirect.normalise_path(request.path)):
        page = stand_in(request, path)
        if page and page.locale.language_code == translation.get_language():
            return redirect(page.get_url(request))
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


# Part of every id: never change it.
TAG_YEAR = 2026


def tag_uri(*parts) -> str:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return f"tag:{host},{TAG_YEAR}:{'/'.join(map(str, parts))}"


class LanguageAtomFeed(Atom1Feed):
    content_type = "application/atom+xml; charset=utf-8"

    def item_attributes(self, item) -> dict[str, str]:
        return {"xml:lang": item["language"]} if item["language"] else {}

    def write(self, outfile, encoding) -> None:
        """Words from before the database was kept clean would break the whole feed."""
        self.feed, self.items = clean_all(self.feed), clean_all(self.items)
        super().write(outfile, encoding)


class PageFeed(Feed):
    """The newest pages of one kind; ``name`` is part of the ids."""

    feed_type = LanguageAtomFeed
    limit = 50

    def __init__(self, name: str, model, title: str) -> None:
        self.name, self.model, self.title = name, model, title

    def get_object(self, request) -> HttpRequest:
        return request

    def items(self, request) -> list[Page]:
        best = self.model.objects.best_for().select_related("locale").defer("body")
        pages = list(best.order_by("-first_published_at", "-pk")[: self.limit])
        for page in pages:
            page.feed_link = page.get_url(request)
        return pages

    def link(self, request) -> str:
        return request.path.split("feeds/")[0]

    def feed_guid(self, request) -> str:
        return tag_uri("feed", self.name, language_of(request.LANGUAGE_CODE))

    def author_name(self, request) -> str:
        site_settings = SettingProxy(request)["home"]["SiteSettings"]
        return site_settings.association_name or settings.SITE_NAME

    def item_title(self, page) -> str:
        return page.title

    def item_description(self, page) -> str:
        return escape(page.lead)

    def item_link(self, page) -> str:
        return page.feed_link

    def item_guid(self, page) -> str:
        return tag_uri(self.name, page.translation_key)

    def item_pubdate(self, page) -> datetime:
        return page.first_published_at

    def item_updateddate(self, page) -> datetime:
        return page.last_published_at or page.latest_revision_created_at

    def item_extra_kwargs(self, page) -> dict[str, str]:
        return {"language": language_of(page)}
