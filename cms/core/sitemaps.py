"""The sitemap: pages of the tree, and those that views make, with their languages."""

from collections import defaultdict
from typing import Any

from django.contrib.sitemaps import Sitemap, views
from django.contrib.sitemaps.views import SitemapIndexItem
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from .permissions import LocalisedPageQuerySet
from .routing import live_homes, served_below, site_of, ways_of_views


class PageSitemap(Sitemap):
    """Every page that anybody may see, in every language, with its translations.

    Built on Wagtail's page tree rather than ``wagtail.contrib.sitemaps``, which lists one
    language tree only and loads each page of each type in full.
    """

    limit = 2000

    def __init__(self, request=None) -> None:
        self.request = request

    def items(self) -> QuerySet:
        site = site_of(self.request)
        if not site:
            return Page.objects.none()
        pages = LocalisedPageQuerySet(Page).none()
        for home in live_homes(site):
            pages |= LocalisedPageQuerySet(Page).filter(path__startswith=home.path)
        return pages.visible().select_related("locale").order_by("path")

    def get_urls(self, page=1, site=None, protocol=None) -> list[dict[str, Any]]:
        items = list(self.paginator.page(page).object_list)
        alternates = self._alternates(items)
        urls = []
        for item in items:
            lastmod = item.last_published_at or item.latest_revision_created_at
            urls.append(
                {
                    "item": item,
                    "location": self._location(item),
                    "lastmod": lastmod,
                    "alternates": alternates[item.translation_key],
                }
            )
        dates = [url["lastmod"] for url in urls]
        if dates and None not in dates:
            self.latest_lastmod = max(dates)
        return urls

    def _alternates(self, items) -> dict:
        keys = {item.translation_key for item in items}
        pages = LocalisedPageQuerySet(Page).visible().filter(translation_key__in=keys)
        found = defaultdict(list)
        for page in pages.select_related("locale").order_by("locale_id"):
            found[page.translation_key].append(
                {"location": self._location(page), "lang_code": page.locale.language_code}
            )
        return {key: links if len(links) > 1 else [] for key, links in found.items()}

    def _location(self, page) -> str:
        return self.request.build_absolute_uri(page.get_url(self.request))

    @property
    def paginator(self) -> Paginator:
        return Paginator(self.items(), self.limit)


class ViewSitemap(Sitemap):
    """Public pages that views make, in every language that the site has a home page in."""

    def __init__(self, request) -> None:
        self.request = request

    def get_urls(self, page=1, site=None, protocol=None) -> list[dict[str, Any]]:
        site = site_of(self.request)
        homes = live_homes(site).select_related("locale") if site else []
        codes = [page.locale.language_code for page in homes]
        return [url for way in ways_of_views() for url in self._of(way, codes)]

    def _of(self, way: str, codes: list[str]) -> list[dict[str, Any]]:
        links = [
            {
                "location": self.request.build_absolute_uri(served_below(code) + way),
                "lang_code": code,
            }
            for code in codes
        ]
        alternates = links if len(links) > 1 else []
        return [
            {"item": way, "location": link["location"], "lastmod": None, "alternates": alternates}
            for link in links
        ]


@require_safe
def sitemap(request) -> HttpResponse:
    """All pages in one file, or an index of ``?p=1``, ``?p=2``… where there are too many."""
    pages = PageSitemap(request)
    count = pages.paginator.num_pages
    if count > 1 and "p" not in request.GET:
        address = request.build_absolute_uri(request.path)
        parts = [SitemapIndexItem(f"{address}?p={number}") for number in range(1, count + 1)]
        return render(
            request, "sitemap_index.xml", {"sitemaps": parts}, content_type="application/xml"
        )
    sitemaps = {"pages": pages}
    if request.GET.get("p", "1") == "1":
        sitemaps["views"] = ViewSitemap(request)
    return views.sitemap(request, sitemaps)
