"""What surrounds every public page: brand, navigation, breadcrumb, language switch, footer.

Two queries for all of it: the settings, and one for every page that the shell names.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.urls import translate_url
from django.utils import translation
from wagtail.models import Page, Site

from cms.core.languages import language_direction, language_name
from cms.core.restrictions import at_or_below, closed_paths, is_closed
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
        return Site.find_for_request(self.request)

    @cached_property
    def settings(self) -> SiteSettings:
        return SiteSettings.for_request(self.request) if self.site else SiteSettings()

    @property
    def name(self) -> str:
        return self.settings.association_name or settings.SITE_NAME

    @property
    def stylesheet(self) -> str:
        return stylesheet_url(self.settings.theme_colour)

    @cached_property
    def _legal_keys(self) -> dict:
        pages = {
            "accessibility": self.settings.accessibility_page,
            "privacy": self.settings.privacy_page,
        }
        return {name: page.translation_key for name, page in pages.items() if page}

    @cached_property
    def _pages(self) -> list[Page]:
        if not self.site:
            return []
        root = self.site.root_page
        keys = {root.translation_key, *self._legal_keys.values()}
        wanted = Q(translation_key__in=keys)
        wanted |= Q(locale__language_code=self.language, depth=root.depth + 1, show_in_menus=True)
        wanted = self._open(wanted)
        if self.page:
            # Whoever may see a closed page may know what it lies below and its other languages.
            around = Q(translation_key=self.page.translation_key)
            around |= Q(path__in=self._ancestor_paths, locale__language_code=self.language)
            wanted |= around if is_closed(self.page) else self._open(around)
        pages = Page.objects.filter(wanted, live=True)
        return list(pages.select_related("locale").order_by("path"))

    @staticmethod
    def _open(pages: Q) -> Q:
        closed = closed_paths()
        return pages & ~at_or_below(closed) if closed else pages

    @property
    def _ancestor_paths(self) -> list[str]:
        path, step = self.page.path, Page.steplen
        return [path[:end] for end in range(2 * step, len(path), step)]

    @cached_property
    def homes(self) -> dict[str, Page]:
        """The live home page of each language, in the order of ``LANGUAGES``."""
        if not self.site:
            return {}
        key = self.site.root_page.translation_key
        homes = {p.locale.language_code: p for p in self._pages if p.translation_key == key}
        return {code: homes[code] for code, _ in settings.LANGUAGES if code in homes}

    @property
    def home(self) -> Page | None:
        return self.homes.get(self.language)

    @cached_property
    def menu(self) -> list[Page]:
        if not self.home:
            return []
        return [
            page
            for page in self._pages
            if page.show_in_menus
            and page.depth == self.home.depth + 1
            and page.path.startswith(self.home.path)
        ]

    @property
    def section_path(self) -> str:
        """The tree path of the menu item that the current page is or belongs to."""
        if not (self.page and self.home):
            return ""
        return self.page.path[: len(self.home.path) + Page.steplen]

    @cached_property
    def crumbs(self) -> list[Page]:
        """From the home page down to the parent of this page; empty on the home page."""
        if not self.page:
            return []
        paths = set(self._ancestor_paths)
        return [page for page in self._pages if page.path in paths]

    def _legal(self, name: str) -> Page | None:
        """In the reader's language, else in the default one, else in any: law asks for one."""
        key = self._legal_keys.get(name)
        pages = {p.locale.language_code: p for p in self._pages if p.translation_key == key}
        if not pages:
            return None
        best = pages.get(self.language) or pages.get(settings.LANGUAGE_CODE)
        return best or next(iter(pages.values()))

    @cached_property
    def legal_pages(self) -> list[Page]:
        """Accessibility statement and privacy notice, those that there are."""
        return [page for page in map(self._legal, self._legal_keys) if page]

    @cached_property
    def alternates(self) -> list[Alternate]:
        """This page in every language that the site has a home page in."""
        translations = {page.locale.language_code: page for page in self.found}
        if self.page:
            key = self.page.translation_key
            for page in self._pages:
                if page.translation_key == key:
                    translations[page.locale.language_code] = page
        is_view = not (self.page or self.found)
        return [self._alternate(code, translations.get(code), is_view) for code in self.homes]

    def _alternate(self, code: str, page: Page | None, is_view: bool) -> Alternate:
        current = code == self.language
        if page:
            return Alternate(code, page.get_url(self.request), True, current)
        url = translate_url(self.request.path, code)
        return Alternate(code, url, exists=is_view or current, current=current)

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
        return self.request.build_absolute_uri(url) if url else ""

    @cached_property
    def hreflang(self) -> list[dict]:
        """The page's live languages for ``<link rel="alternate">``; empty if it has only one."""
        links = [
            {"code": alternate.code, "url": self.request.build_absolute_uri(alternate.url)}
            for alternate in self.alternates
            if alternate.exists
        ]
        if len(links) < 2:
            return []
        default = self.request.build_absolute_uri("/") if self.is_home else ""
        for link in links:
            if not default and link["code"] == settings.LANGUAGE_CODE:
                default = link["url"]
        return [*links, {"code": "x-default", "url": default or links[0]["url"]}]

    @property
    def og_locale(self) -> str:
        return OG_LOCALES.get(self.language, self.language)
