"""``sitemap.xml``: every page that anybody may see, in every language, with its translations."""

from collections import defaultdict

from django.contrib.sitemaps import Sitemap, views
from django.contrib.sitemaps.views import SitemapIndexItem
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from .page_urls import site_of
from .querysets import LocalisedPageQuerySet


class PageSitemap(Sitemap):
    """Built on Wagtail's page tree rather than ``wagtail.contrib.sitemaps``, which lists one
    language tree only and loads each page of each type in full.
    """

    limit = 2000

    def __init__(self, request=None):
        self.request = request

    def items(self):
        site = site_of(self.request)
        if not site:
            return Page.objects.none()
        homes = Page.objects.filter(live=True, translation_key=site.root_page.translation_key)
        pages = LocalisedPageQuerySet(Page).none()
        for home in homes:
            pages |= LocalisedPageQuerySet(Page).filter(path__startswith=home.path)
        return pages.visible().select_related("locale").order_by("path")

    def get_urls(self, page=1, site=None, protocol=None):
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
    def paginator(self):
        return Paginator(self.items(), self.limit)


@require_safe
def sitemap(request):
    """All pages in one file, or an index of ``?p=1``, ``?p=2``… where there are too many."""
    pages = PageSitemap(request)
    count = pages.paginator.num_pages
    if count > 1 and "p" not in request.GET:
        address = request.build_absolute_uri(request.path)
        parts = [SitemapIndexItem(f"{address}?p={number}") for number in range(1, count + 1)]
        return render(
            request, "sitemap_index.xml", {"sitemaps": parts}, content_type="application/xml"
        )
    return views.sitemap(request, {"pages": pages})
