"""Live pages as navigation names them, and what every page of a site shares of it."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from wagtail.models import Page

from cms.core.content_epoch import held
from cms.core.languages import language_codes
from cms.core.permissions import closed_paths
from cms.core.routing import url_parts

from .models import SiteSettings

LINK = ("translation_key", "locale_id", "title", "path", "url_path", "show_in_menus")


@dataclass(frozen=True, slots=True)
class Link:
    """A live page as navigation names it."""

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


def links(wanted: Q, closed_too: bool = False) -> list[Link]:
    """The live pages that are wanted and open to everybody, in the order of the tree."""
    rows = Page.objects.filter(wanted, live=True).order_by("path").values_list(*LINK)
    codes, closed = language_codes(), () if closed_too else closed_paths()
    return [
        Link(key, codes[locale], title, path, parts[2] if parts else "", in_menus)
        for key, locale, title, path, url_path, in_menus in rows
        if not path.startswith(closed)
        for parts in [url_parts(url_path)]
    ]


@dataclass(frozen=True)
class SiteFrame:
    """What every page of a site shares: ``homes`` in the order of ``LANGUAGES``.

    ``sections``: what lies right below the home pages, by its path in the tree.
    """

    settings: SiteSettings
    root: UUID | None
    homes: dict[str, Link]
    sections: dict[str, Link]
    legal: list[dict[str, Link]]


@held
def frame_of(site: int) -> SiteFrame:
    root = Page.objects.get(sites_rooted_here=site)
    own = SiteSettings.objects.select_related("logo").prefetch_related("logo__renditions")
    own = own.filter(site=site).first() or SiteSettings(site_id=site)
    legal = [page.translation_key for page in (own.accessibility_page, own.privacy_page) if page]
    keys = [root.translation_key, *legal]
    found = links(Q(translation_key__in=keys) | Q(depth=root.depth + 1))
    home, *legal = ({link.language_code: link for link in found if link.key == key} for key in keys)
    homes = {code: home[code] for code, _name in settings.LANGUAGES if code in home}
    sections = {link.path: link for link in found if link.depth == root.depth + 1}
    return SiteFrame(own, root.translation_key, homes, sections, list(filter(None, legal)))


NO_SITE = SiteFrame(SiteSettings(), None, {}, {}, [])
