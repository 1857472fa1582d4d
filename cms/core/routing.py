"""From an address to its page in a query or two, however deep the page lies.

Wagtail's own routing asks for every segment twice (page, then specific page), for the locale, the
root page's translation and the restrictions: eleven queries to reach a project. ``url_path`` names
the whole way. A language without a home page has no pages: Wagtail would serve the default
language's there. Addresses of pages cost no query: sites and languages are held in memory.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http.request import split_domain_port
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site, get_page_models
from wagtail.models.sites import SiteRootPath, get_site_for_hostname
from wagtail.query import PageQuerySet

from .content_epoch import held
from .languages import best_version, language_codes, locales
from .permissions import LocalisedPageQuerySet, closed_paths


def find_page(request, path: str) -> Page | None:
    """The live page at ``path`` below the home page in the active language, as its own type."""
    site, language = site_of(request), translation.get_language()
    homes = (
        root.root_path
        for root in site_roots()
        if site and root.site_id == site.pk and root.language_code == language
    )
    home = next(homes, None)
    if home is None:
        return None
    url_path = home + "".join(f"{segment}/" for segment in path.split("/") if segment)
    parent, _slash, slug = url_path[:-1].rpartition("/")
    # Slugs are indexed, the whole ways are not.
    way = {"slug": slug, "url_path": url_path, "live": True}
    model = types_below().get(f"{parent}/")
    page = model.objects.filter(**way).first() if model else None
    if page is None:
        found = Page.objects.filter(**way).first()
        page = found.specific if found else None
    if page is None:
        return None
    page.locale = locales()[page.locale_id]
    page.is_open = not closed_paths()
    return page


def stand_in(request, path: str) -> Page | None:
    """The page at ``path`` in the best other language, for a reader whose own has none there.

    Never what is not open to everybody. A language without a live home page has no pages at all.
    The page's version in the reader's language, if it lies elsewhere, is given in its place.
    """
    site, below = site_of(request), "".join(f"{part}/" for part in path.split("/") if part)
    homes = live_homes(site).values_list("locale_id", "url_path") if site and below else []
    ways = {language_codes()[locale]: f"{home}{below}" for locale, home in homes}
    language = translation.get_language()
    if language not in ways:
        return None
    slug = below[:-1].rpartition("/")[2]
    there = LocalisedPageQuerySet(Page).visible()
    found = there.filter(slug=slug, url_path__in=ways.values()).order_by("locale_id")
    page = best_version({language_codes()[each.locale_id]: each for each in found}, language)
    if page is None:
        return None
    own = there.filter(translation_key=page.translation_key, locale__language_code=language)
    page = (own.first() or page).specific
    page.locale = locales()[page.locale_id]
    page.is_open = not closed_paths()
    return page


def reads(view) -> Callable:
    """A view that changes nothing: any other method is refused for what it is, not as a forgery."""
    return csrf_exempt(require_safe(view))


SAFE = "!$&'()*+,;=/~:@"
"""What Django's ``reverse`` leaves as it is in a path."""


@held
def _site(hostname: str, port: str) -> Site | None:
    try:
        return get_site_for_hostname(hostname, port)
    except Site.DoesNotExist:
        return None


def site_of(request) -> Site | None:
    """Wagtail's ``Site.find_for_request``, asked once for each host and epoch."""
    if request is not None and not hasattr(request, "_wagtail_site"):
        host = split_domain_port(request._get_raw_host())[0]
        request._wagtail_site = _site(host, request.get_port())
    return getattr(request, "_wagtail_site", None)


def live_homes(site: Site) -> PageQuerySet:
    """The live home page of each language."""
    return Page.objects.filter(live=True, translation_key=site.root_page.translation_key)


@held
def site_roots() -> list[SiteRootPath]:
    return Site.get_site_root_paths()


@lru_cache
def served_below(language: str) -> str:
    """Where the pages of a language begin: "/fi/"."""
    with translation.override(language):
        return reverse("wagtail_serve", args=("",))


def url_parts(url_path: str) -> tuple[int, str, str] | None:
    """What ``Page.get_url_parts`` gives for a page of one site alone; ``None`` for any other."""
    roots = [root for root in site_roots() if url_path.startswith(root.root_path)]
    if len({root.site_id for root in roots}) != 1:
        return None
    root = roots[0]
    rest = url_path[len(root.root_path) :]
    rest = rest if rest.isascii() else quote(rest, safe=SAFE)
    return root.site_id, root.root_url, served_below(root.language_code) + rest


_views: list[Callable[[], Iterable[str]]] = []


def register_views(build: Callable[[], Iterable[str]]) -> None:
    """Public pages that are made by views: ``build`` gives their ways below a language's prefix."""
    _views.append(build)


def ways_of_views() -> list[str]:
    return [way for build in _views for way in build()]


def is_taken_by_view(slug: str) -> bool:
    """Whether a page right below the home page could never be reached by this slug."""
    try:
        match = resolve(f"{served_below(settings.LANGUAGE_CODE)}{slug}/")
    except Resolver404:
        return False
    return match.url_name != "wagtail_serve"


@held
def public_urls(model: type[Page]) -> dict[UUID, dict[str, str]]:
    """Translation key → language → address, of live pages that are open to everybody."""
    closed, found = closed_paths(), defaultdict(dict)
    rows = model.objects.filter(live=True).order_by("locale_id")
    for key, locale, path, url_path in rows.values_list(
        "translation_key", "locale_id", "path", "url_path"
    ):
        parts = url_parts(url_path)
        if parts and not path.startswith(closed):
            found[key][language_codes()[locale]] = parts[2]
    return found


@held
def types_below() -> dict[str, type[Page]]:
    """``url_path`` of a page below which pages of one type alone may lie → that type."""
    found = {}
    for model in get_page_models():
        children = model.allowed_subpage_models()
        if len(children) == 1:
            paths = model.objects.values_list("url_path", flat=True)
            found.update(dict.fromkeys(paths, children[0]))
    return found


def same_origin(request) -> bool:
    """Whether a form of this site sent the request. The visitor has no session to protect."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return not origin or origin.partition("//")[2] == request.get_host()
