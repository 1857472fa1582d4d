"""What surrounds every public page: brand, navigation, breadcrumb, language switch, footer.

What is the same for every page of a site is read once for each content epoch; one query finds the
other languages of the page at hand and the pages above it.
"""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.urls import translate_url
from django.utils import translation
from wagtail.models import Page, Site

from cms.core.content_epoch import held
from cms.core.languages import best_version, language_codes, language_direction, language_name
from cms.core.models import BasePage
from cms.core.permissions import closed_paths, is_closed
from cms.core.routing import site_of, url_parts
from cms.core.structured_data import absolute
from cms.core.stylesheet import stylesheet_url

from .models import SiteSettings

# Open Graph wants a territory with the language.
OG_LOCALES = {
    "fi": "fi_FI",
    "fi-simple": "fi_FI",
    "sv": "sv_FI",
    "en": "en_GB",
    "ru": "ru_RU",
    "ar": "ar_AR",
    "so": "so_SO",
}
LINK = ("translation_key", "locale_id", "title", "path", "url_path", "show_in_menus")


@dataclass(frozen=True, slots=True)
class Link:
    """A live page as the shell names it."""

    key: UUID
    language_code: str
    title: str
    path: str
    url: str
    show_in_menus: bool

    @property
    def depth(self) -> int:
        return len(self.path) // Page.steplen

    def get_url(self, request=None) -> str:
        return self.url


def links(wanted: Q) -> list[Link]:
    """The live pages that are wanted, in the order of the tree."""
    rows = Page.objects.filter(wanted, live=True).order_by("path").values_list(*LINK)
    codes = language_codes()
    return [
        Link(key, codes[locale], title, path, parts[2] if parts else "", in_menus)
        for key, locale, title, path, url_path, in_menus in rows
        for parts in [url_parts(url_path)]
    ]


def open_ones(found: list[Link]) -> list[Link]:
    closed = closed_paths()
    return [link for link in found if not link.path.startswith(closed)]


@dataclass(frozen=True)
class Frame:
    """What every page of a site shares: ``homes`` in the order of ``LANGUAGES``.

    ``sections``: what lies right below the home pages, by its path in the tree.
    """

    settings: SiteSettings
    homes: dict[str, Link]
    sections: dict[str, Link]
    legal: list[dict[str, Link]]

    def menu(self, language: str) -> list[Link]:
        home = self.homes.get(language)
        return [
            link
            for link in self.sections.values()
            if home and link.show_in_menus and link.path.startswith(home.path)
        ]


@held
def frame_of(site: int) -> Frame:
    root = Page.objects.get(sites_rooted_here=site)
    own = SiteSettings.objects.select_related("logo").prefetch_related("logo__renditions")
    own = own.filter(site=site).first() or SiteSettings(site_id=site)
    legal = [page.translation_key for page in (own.accessibility_page, own.privacy_page) if page]
    found = open_ones(
        links(Q(translation_key__in=[root.translation_key, *legal]) | Q(depth=root.depth + 1))
    )

    def of(key) -> dict[str, Link]:
        return {link.language_code: link for link in found if link.key == key}

    homes = of(root.translation_key)
    homes = {code: homes[code] for code, _name in settings.LANGUAGES if code in homes}
    sections = {link.path: link for link in found if link.depth == root.depth + 1}
    return Frame(own, homes, sections, [pages for pages in map(of, legal) if pages])


NO_SITE = Frame(SiteSettings(), {}, {}, [])


@dataclass(frozen=True)
class Alternate:
    """The current page in one language of the site; ``exists`` is false where it is not there."""

    code: str
    url: str
    exists: bool
    current: bool

    @property
    def name(self) -> str:
        return language_name(self.code)

    @property
    def dir(self) -> str:
        return language_direction(self.code)


@dataclass
class Shell:
    """``page`` is ``None`` for views that are not pages (search, errors).

    ``found`` may name, for an error page, the live pages that answer to the same path in other
    languages; the language switch then links to those.
    """

    request: object
    page: Page | None = None
    found: list[Page] = field(default_factory=list)

    @cached_property
    def language(self) -> str:
        return translation.get_language() or settings.LANGUAGE_CODE

    @property
    def dir(self) -> str:
        return language_direction(self.language)

    @cached_property
    def site(self) -> Site | None:
        return site_of(self.request)

    @cached_property
    def frame(self) -> Frame:
        return frame_of(self.site.pk) if self.site else NO_SITE

    @property
    def settings(self) -> SiteSettings:
        return self.frame.settings

    @property
    def name(self) -> str:
        return self.settings.association_name or settings.SITE_NAME

    @property
    def stylesheet(self) -> str:
        return stylesheet_url(self.settings.theme_colour)

    @property
    def homes(self) -> dict[str, Link]:
        """The live home page of each language, in the order of ``LANGUAGES``."""
        return self.frame.homes

    @property
    def home(self) -> Link | None:
        return self.homes.get(self.language)

    @cached_property
    def menu(self) -> list[Link]:
        return self.frame.menu(self.language)

    @property
    def section_path(self) -> str:
        """The tree path of the menu item that the current page is or belongs to."""
        if not (self.page and self.home):
            return ""
        return self.page.path[: len(self.home.path) + Page.steplen]

    @cached_property
    def crumbs(self) -> list[Link]:
        """From the home page down to the parent of this page; empty on the home page."""
        page, home = self.page, self.home
        if not (page and home and page.path.startswith(home.path) and page.path != home.path):
            return []
        step = Page.steplen
        above = [page.path[:end] for end in range(len(home.path) + step, len(page.path), step)]
        known = [self.frame.sections[path] for path in above if path in self.frame.sections]
        if len(known) == len(above):
            return [home, *known]
        found = links(Q(path__in=above))
        # Whoever may see a closed page may know what it lies below.
        return [home, *(found if is_closed(page) else open_ones(found))]

    @property
    def legal_pages(self) -> list[Link]:
        """Accessibility statement and privacy notice, those that there are.

        In the reader's language, else in the default one, else in any: law asks for one.
        """
        return [best_version(pages, self.language) for pages in self.frame.legal]

    @cached_property
    def alternates(self) -> list[Alternate]:
        """This page in every language that the site has a home page in."""
        urls = {page.locale.language_code: page.get_url(self.request) for page in self.found}
        if self.page:
            urls |= self._own_urls
        is_view = not (self.page or self.found)
        return [self._alternate(code, urls.get(code), is_view) for code in self.homes]

    @property
    def _own_urls(self) -> dict[str, str]:
        """Of the page in its languages; of a closed one for whoever may see it."""
        if is_closed(self.page) or not isinstance(self.page, BasePage):
            found = links(Q(translation_key=self.page.translation_key))
            return {link.language_code: link.url for link in found}
        return self.page.public_urls()

    def _alternate(self, code: str, url: str | None, is_view: bool) -> Alternate:
        current = code == self.language
        if url:
            return Alternate(code, url, True, current)
        return Alternate(code, self._same_path(code), exists=is_view or current, current=current)

    def _same_path(self, code: str) -> str:
        """The address at hand below the prefix of another language."""
        path, prefix = self.request.path, f"/{self.language}/"
        if path.startswith(prefix):
            return f"/{code}/{path[len(prefix) :]}"
        return translate_url(path, code)

    @property
    def is_home(self) -> bool:
        return bool(
            self.page
            and self.site
            and self.page.translation_key == self.site.root_page.translation_key
        )

    @cached_property
    def canonical(self) -> str:
        """The page's one address; empty for views and for pages that have none yet."""
        url = self.page.get_url(self.request) if self.page and self.request else None
        return absolute(self.request, url or "")

    @cached_property
    def hreflang(self) -> list[dict]:
        """The page's live languages for ``<link rel="alternate">``; empty if it has only one."""
        links = [
            {"code": alternate.code, "url": absolute(self.request, alternate.url)}
            for alternate in self.alternates
            if alternate.exists
        ]
        if len(links) < 2:
            return []
        default = absolute(self.request, "/") if self.is_home else ""
        for link in links:
            if not default and link["code"] == settings.LANGUAGE_CODE:
                default = link["url"]
        return [*links, {"code": "x-default", "url": default or links[0]["url"]}]

    @property
    def og_locale(self) -> str:
        return OG_LOCALES.get(self.language, self.language)
