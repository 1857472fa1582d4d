"""What surrounds every public page: brand, navigation, breadcrumb, language switch, footer.

What is the same for every page of a site is read once for each content epoch; one query finds the
other languages of the page at hand and the pages above it.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.urls import translate_url
from django.utils import translation
from wagtail.models import Page

from cms.core.languages import best_version, language_direction, language_name
from cms.core.models import BasePage
from cms.core.permissions import is_closed
from cms.core.presenters import ViewPage, absolute
from cms.core.routing import site_of
from cms.core.stylesheet import stylesheet_url

from .models import SiteSettings
from .navigation import NO_SITE, Link, SiteFrame, frame_of, links

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
class PageFrame:
    """``page`` is ``None`` for views that are not pages (search, errors).

    ``found`` may name, for an error page, the live pages that answer to the same path in other
    languages; the language switch then links to those. ``view``: what a view that is a page of its
    own tells of itself.
    """

    request: object
    page: Page | None = None
    found: list[Page] = field(default_factory=list)
    view: ViewPage | None = None
    name_language: str = settings.LANGUAGE_CODE
    """In which the association writes its own name, and names its pictures."""

    @cached_property
    def language(self) -> str:
        return translation.get_language() or settings.LANGUAGE_CODE

    @property
    def dir(self) -> str:
        return language_direction(self.language)

    @cached_property
    def text_language(self) -> str:
        """Of a page that stands in for one which the reader's language lacks; else empty."""
        code = self.page.locale.language_code if self.page else self.language
        return "" if code == self.language else code

    @cached_property
    def of_site(self) -> SiteFrame:
        site = site_of(self.request)
        return frame_of(site.pk) if site else NO_SITE

    @property
    def settings(self) -> SiteSettings:
        return self.of_site.settings

    @property
    def name(self) -> str:
        return self.settings.association_name or settings.SITE_NAME

    @property
    def stylesheet(self) -> str:
        return stylesheet_url(self.settings.theme_colour)

    @property
    def home(self) -> Link | None:
        return self.of_site.homes.get(self.language)

    @cached_property
    def menu(self) -> list[Link]:
        return [
            link
            for link in self.of_site.sections.values()
            if self.home and link.show_in_menus and link.path.startswith(self.home.path)
        ]

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
        if home and self.view:
            return [home, *self.view.crumbs]
        if home and self.text_language:
            return [home, *self._crumbs_in_language(home)]
        if not (page and home and page.path.startswith(home.path) and page.path != home.path):
            return []
        step = Page.steplen
        above = [page.path[:end] for end in range(len(home.path) + step, len(page.path), step)]
        known = [self.of_site.sections[path] for path in above if path in self.of_site.sections]
        if len(known) == len(above):
            return [home, *known]
        # Whoever may see a closed page may know what it lies below.
        return [home, *links(Q(path__in=above), closed_too=is_closed(page))]

    def _crumbs_in_language(self, home: Link) -> list[Link]:
        """What the page lies below, as far as the reader's language has it."""
        step, path = Page.steplen, self.page.path
        above = [path[:end] for end in range(step, len(path), step)]
        keys = Page.objects.filter(path__in=above).values("translation_key")
        found = links(Q(translation_key__in=keys))
        own = [link for link in found if link.language_code == self.language]
        return [link for link in own if link.path.startswith(home.path) and link != home]

    @property
    def legal_pages(self) -> list[Link]:
        """Accessibility statement and privacy notice, those that there are.

        In the reader's language, else in the default one, else in any: law asks for one.
        """
        return [best_version(pages, self.language) for pages in self.of_site.legal]

    @cached_property
    def alternates(self) -> list[Alternate]:
        """This page in every language that the site has a home page in."""
        urls = {page.locale.language_code: page.get_url(self.request) for page in self.found}
        if self.page and (is_closed(self.page) or not isinstance(self.page, BasePage)):
            # Of a closed page for whoever may see it.
            found = links(Q(translation_key=self.page.translation_key), closed_too=True)
            urls |= {link.language_code: link.url for link in found}
        elif self.page:
            urls |= self.page.public_urls()
        is_view = not (self.page or self.found)
        path, prefix = self.request.path, f"/{self.language}/"

        def alternate(code: str) -> Alternate:
            current = code == self.language
            is_there = current and not self.text_language
            if url := urls.get(code):
                return Alternate(code, url, True, current)
            # The address at hand below the prefix of another language.
            below = path.startswith(prefix)
            url = f"/{code}/{path[len(prefix) :]}" if below else translate_url(path, code)
            return Alternate(code, url, is_view or is_there, current)

        return [alternate(code) for code in self.of_site.homes]

    @property
    def is_home(self) -> bool:
        """Whether the page is the site's root or a translation of it."""
        return bool(self.page and self.page.translation_key == self.of_site.root)

    @cached_property
    def canonical(self) -> str:
        """The page's one address; empty for most views and for pages that have none yet."""
        page = self.page or self.view
        url = page.get_url(self.request) if page and self.request else None
        return absolute(self.request, url or "")

    @cached_property
    def hreflang(self) -> list[dict]:
        """The page's live languages for ``<link rel="alternate">``; empty if it has only one, and
        where it stands in for another.
        """
        if self.text_language:
            return []
        urls = {
            alternate.code: absolute(self.request, alternate.url)
            for alternate in self.alternates
            if alternate.exists
        }
        if len(urls) < 2:
            return []
        default = urls.get(settings.LANGUAGE_CODE) or next(iter(urls.values()))
        urls["x-default"] = absolute(self.request, "/") if self.is_home else default
        return [{"code": code, "url": url} for code, url in urls.items()]

    @property
    def og_locale(self) -> str:
        code = self.text_language or self.language
        return OG_LOCALES.get(code, code)
