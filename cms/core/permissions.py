"""Who may see a page, and who may do something to it.

A public list asks :meth:`LocalisedPageQuerySet.visible`, or ``best_for`` where each item is shown
once, whatever the language; a page alone is asked by :func:`is_closed`. A page is one thing in all
its languages: what closes it in one closes it in all, with what lies below.
"""

from collections.abc import Callable
from copy import copy
from typing import Self

from django.conf import settings
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, When
from django.utils import translation
from wagtail.models import Page, PageManager, PagePermissionTester, PageViewRestriction
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from .content_epoch import held
from .languages import language_chain, language_codes

LIMITED = "limited"
"""Among somebody's actions on a page: they are there for what is their own, and the page itself is
not theirs to move, close or take away."""
BELOW = "publish_below"
"""Among the actions on a page: publish what one adds there, and not the page."""


class PagePermissions(PagePermissionTester):
    """Wagtail lets whoever may change a page delete it while it is a draft.

    Changing is not deleting, so that also asks for the right to add or publish. ``actions_of`` is
    registered from above: the actions that somebody's groups allow on a page. Where a page goes,
    its other languages go too: a right that holds in one of them is none to that.
    """

    actions_of: Callable | None = None

    def __init__(self, user, page) -> None:
        super().__init__(user, page)
        if hasattr(self, "permissions") and PagePermissions.actions_of:
            self.permissions = PagePermissions.actions_of(user, page)

    def _on_all_languages(self) -> Self:
        """With the actions that are allowed whatever the language, if the page has others."""
        whole = copy(self)
        if hasattr(self, "permissions") and PagePermissions.actions_of:
            whole.permissions = PagePermissions.actions_of(self.user, self.page, words=False)
            # A translator's right to change gives none of this, and needs no query.
            own = self.permissions - whole.permissions - {"change"}
            if own and not self.page.get_translations().exists():
                return self
        return whole

    @property
    def _is_limited(self) -> bool:
        return LIMITED in getattr(self, "permissions", ())

    def _is_own_beginning(self) -> bool:
        """Never public in any language, and made by this very person."""
        same = Page.objects.filter(translation_key=self.page.translation_key)
        was_public = same.filter(Q(live=True) | Q(first_published_at__isnull=False))
        return self.page.owner_id == self.user.pk and not was_public.exists()

    def can_delete(self, ignore_bulk=False) -> bool:
        if self._is_limited:
            return self._is_own_beginning()
        whole = self._on_all_languages()
        if not super(PagePermissions, whole).can_delete(ignore_bulk=ignore_bulk):
            return False
        return self.user.is_superuser or bool({"add", "publish"} & whole.permissions)

    def can_unpublish(self) -> bool:
        return super(PagePermissions, self._on_all_languages()).can_unpublish()

    def can_publish_subpage(self) -> bool:
        return super().can_publish_subpage() or BELOW in getattr(self, "permissions", ())

    def can_set_view_restrictions(self) -> bool:
        # Wagtail asks ``can_publish``, which is no more than that.
        return not self._is_limited and self._on_all_languages().can_publish()

    def can_reorder_children(self) -> bool:
        return super(PagePermissions, self._on_all_languages()).can_reorder_children()


def may_look(user, model) -> bool:
    """Whether somebody may see the records of a register: any right on them brings that one."""
    return policy_registry.get_by_type(model).user_has_any_permission(
        user, {"add", "change", "delete", "view"}
    )


@held
def closed_paths() -> tuple[str, ...]:
    """Tree paths at and below which everything is closed. Read once for each content epoch."""
    restricted = PageViewRestriction.objects.values_list("page__translation_key", flat=True)
    keys = set(restricted)
    if not keys:
        return ()
    found = Page.objects.filter(translation_key__in=keys).values_list("path", flat=True)
    closed = _outermost(found)
    # Where the trees of two languages differ, and aliases elsewhere in the tree.
    while more := list(_strays(closed)):
        closed = _outermost([*closed, *more])
    return closed


def _outermost(paths) -> tuple[str, ...]:
    kept: list[str] = []
    for path in sorted(paths):
        if not (kept and path.startswith(kept[-1])):
            kept.append(path)
    return tuple(kept)


def _strays(closed: tuple[str, ...]) -> QuerySet:
    """Paths of translations and aliases of closed pages that lie in no closed branch."""
    inside = Page.objects.filter(at_or_below(closed)).order_by()
    twins = Q(translation_key__in=inside.values("translation_key"))
    twins |= Q(alias_of__in=inside.values("pk"))
    return Page.objects.filter(twins).exclude(at_or_below(closed)).values_list("path", flat=True)


def at_or_below(paths) -> Q:
    """Pages of any of these branches; none for no path."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(path__startswith=path)
    return condition


def is_closed(page: Page) -> bool:
    return page.path.startswith(closed_paths())


def restrictions_of(page: Page) -> QuerySet[PageViewRestriction]:
    """Every restriction that a visitor of this page has to satisfy, set in whichever language."""
    if not is_closed(page):
        return PageViewRestriction.objects.none()
    keys: set = set()
    sources = {page.pk, page.alias_of_id} - {None}
    twins = set(Page.objects.filter(pk__in=sources).values_list("translation_key", flat=True))
    while twins - keys:
        keys |= twins
        pages = Page.objects.filter(translation_key__in=keys).values_list("path", "alias_of")
        step = Page.steplen
        above = {p[:end] for p, _alias in pages for end in range(step, len(p) + 1, step)}
        aliases = {alias for _path, alias in pages if alias}
        rows = Page.objects.filter(Q(path__in=above) | Q(pk__in=aliases))
        twins = set(rows.values_list("translation_key", flat=True))
    return PageViewRestriction.objects.filter(page__translation_key__in=keys)


class LocalisedPageQuerySet(PageQuerySet):
    """Pages as the public meets them: live, open to everybody, once whatever the language."""

    def visible(self) -> Self:
        """Live and behind no password, login or group, in whichever language that was said."""
        closed = closed_paths()
        pages = self.filter(live=True)
        return pages.exclude(at_or_below(closed)) if closed else pages

    def best_for(self, language: str | None = None) -> Self:
        """Each item's best visible page for a reader of ``language`` (default: the active one).

        That is the page in the locale itself, else in the language it is a variant of, else in the
        default language, else in any (the oldest locale). So a list has as many items in every
        language; mark a page whose locale is not the reader's with its own ``lang`` and ``dir``.
        """
        chain = language_chain(language or translation.get_language() or settings.LANGUAGE_CODE)
        known = {code: pk for pk, code in language_codes().items()}
        # The lower, the better for the reader; languages that are not in the chain come last.
        places = (When(locale_id=known.get(code), then=n - 9) for n, code in enumerate(chain))
        rank = Case(*places, default=F("locale_id"), output_field=IntegerField())
        better = (
            LocalisedPageQuerySet(Page)
            .visible()
            .alias(other_rank=rank)
            .filter(
                translation_key=OuterRef("translation_key"), other_rank__lt=OuterRef("locale_rank")
            )
        )
        return self.visible().alias(locale_rank=rank).exclude(Exists(better))


LocalisedPageManager = PageManager.from_queryset(LocalisedPageQuerySet)
