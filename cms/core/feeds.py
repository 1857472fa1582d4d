"""Atom feeds in the reader's language: each item once, marked with the language it is in.

An entry's id is a ``tag:`` URI (RFC 4151) of the page's ``translation_key``: it stays the same
when the page is renamed, moved or translated. Feeds name no persons.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from wagtail.contrib.settings.context_processors import SettingProxy

from .hygiene import clean_all
from .languages import language_of

# Part of every id: never change it.
TAG_YEAR = 2026


def tag_uri(*parts) -> str:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return f"tag:{host},{TAG_YEAR}:{'/'.join(map(str, parts))}"


class LanguageAtomFeed(Atom1Feed):
    content_type = "application/atom+xml; charset=utf-8"

    def item_attributes(self, item):
        return {"xml:lang": item["language"]} if item["language"] else {}

    def write(self, outfile, encoding):
        """Words from before the database was kept clean would break the whole feed."""
        self.feed, self.items = clean_all(self.feed), clean_all(self.items)
        super().write(outfile, encoding)


class PageFeed(Feed):
    """The newest pages of one kind; ``name`` is part of the ids."""

    feed_type = LanguageAtomFeed
    limit = 50

    def __init__(self, name: str, model, title: str) -> None:
        self.name, self.model, self.title = name, model, title

    def get_object(self, request):
        return request

    def items(self, request):
        best = self.model.objects.best_for().select_related("locale").defer("body")
        pages = list(best.order_by("-first_published_at", "-pk")[: self.limit])
        for page in pages:
            page.feed_link = page.get_url(request)
        return pages

    def link(self, request):
        return request.path.split("feeds/")[0]

    def feed_guid(self, request):
        return tag_uri("feed", self.name, language_of(request.LANGUAGE_CODE))

    def author_name(self, request):
        site_settings = SettingProxy(request)["home"]["SiteSettings"]
        return site_settings.association_name or settings.SITE_NAME

    def item_title(self, page):
        return page.title

    def item_description(self, page):
        return escape(page.lead)

    def item_link(self, page):
        return page.feed_link

    def item_guid(self, page):
        return tag_uri(self.name, page.translation_key)

    def item_pubdate(self, page):
        return page.first_published_at

    def item_updateddate(self, page):
        return page.last_published_at or page.latest_revision_created_at

    def item_extra_kwargs(self, page):
        return {"language": language_of(page)}
