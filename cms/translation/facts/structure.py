"""Where a page stands, what its address is called and how long it lives: of the thing, not of one
language. wagtail-localize leaves all of it to each language.

Rights follow the thing too: whoever may move the page moves its translations.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import QuerySet
from django.dispatch import receiver
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, Revision
from wagtail.signals import (
    copy_for_translation_done,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

# Home pages: their slugs name no part of an address, and each stands beside the others.
HOME_DEPTH = 2
_following: ContextVar[bool] = ContextVar("translations are following", default=False)


@contextmanager
def _once() -> Iterator[None]:
    """While translations follow, their own signals lead nobody."""
    token = _following.set(True)
    try:
        yield
    finally:
        _following.reset(token)


def other_languages(page: Page) -> QuerySet[Page]:
    """The page in its other languages, aliases too, as plain pages; the oldest language first."""
    return page.get_translations().select_related("locale").order_by("locale_id")


def left_behind(page: Page, destination: Page) -> list[Page]:
    """Translations that could not follow to ``destination``: it is not there in their language."""
    if destination.depth < HOME_DEPTH:
        return []
    reached = set(destination.get_translations(inclusive=True).values_list("locale_id", flat=True))
    return [other for other in other_languages(page) if other.locale_id not in reached]


@receiver(post_page_move, dispatch_uid="translations-follow")
def follow_move(sender, instance, **kwargs) -> None:
    """To another parent, or to another place among its siblings."""
    if _following.get() or instance.depth <= HOME_DEPTH:
        return
    with _once():
        for other in other_languages(instance):
            stand_like(instance, other)


@receiver(copy_for_translation_done, dispatch_uid="translations-follow")
def gather_children(sender, source_obj, target_obj, **kwargs) -> None:
    """A parent that is there at last: children that could not follow their move come to it."""
    if not isinstance(source_obj, Page) or source_obj.depth < HOME_DEPTH:
        return
    if getattr(source_obj.specific_class, "subpage_types", None) == []:
        return
    # Read anew: an instance in hand may be older than its children.
    parent = Page.objects.get(pk=source_obj.pk)
    children = {child.translation_key: child for child in parent.get_children()}
    strays = Page.objects.filter(translation_key__in=children, locale=target_obj.locale)
    with _once():
        for stray in strays.exclude(path__startswith=target_obj.path):
            stand_like(children[stray.translation_key], stray)
    # Whoever made the translation goes on to save this very instance.
    target_obj.numchild = Page.objects.get(pk=target_obj.pk).numchild


def stand_like(page: Page, other: Page) -> None:
    """Move ``other`` to where ``page`` stands in its own language, if that place is there."""
    parent = page.get_parent().get_translations().filter(locale=other.locale_id).first()
    if parent is None or parent.path.startswith(other.path):
        return
    before = _neighbour(page, parent, older=True)
    after = None if before else _neighbour(page, parent, older=False)
    at_home = other.path.startswith(parent.path) and other.depth == parent.depth + 1
    if at_home:
        # Whether the siblings that both languages have come in the same order already.
        own, its = (
            list(each.get_siblings().order_by("path").values_list("translation_key", flat=True))
            for each in (page, other)
        )
        if [key for key in own if key in its] == [key for key in its if key in own]:
            return
    elif not Page._slug_is_available(other.slug, parent, page=other):
        rename(other, find_available_slug(parent, other.slug))
        other = Page.objects.get(pk=other.pk)
    target, position = parent, "last-child"
    if before or after:
        target, position = before or after, "right" if before else "left"
    MovePageAction(other, target, pos=position).execute(skip_permission_checks=True)


def _neighbour(page: Page, parent: Page, older: bool) -> Page | None:
    """The nearest sibling before (or after) the page that is there below ``parent`` too."""
    siblings = page.get_siblings(inclusive=False)
    siblings = siblings.filter(path__lt=page.path) if older else siblings.filter(path__gt=page.path)
    order = siblings.order_by("-path" if older else "path").values_list(
        "translation_key", flat=True
    )
    there = {twin.translation_key: twin for twin in parent.get_children()}
    return next((there[key] for key in order if key in there), None)


@receiver(page_slug_changed, dispatch_uid="translations-follow")
def follow_slug(sender, instance, instance_before, **kwargs) -> None:
    """The same path in every language, old addresses leading to the new ones."""
    if _following.get() or instance.depth <= HOME_DEPTH:
        return
    with _once():
        for other in other_languages(instance).filter(slug=instance_before.slug):
            parent = other.get_parent()
            rename(other, find_available_slug(parent, instance.slug, ignore_page_id=other.pk))


def rename(page: Page, slug: str) -> None:
    """In what is live and in what waits to be: a draft would bring the old name back."""
    page = page.specific
    page.slug = slug
    page.save(clean=False)
    waiting = Revision.page_revisions.filter(object_id=str(page.pk))
    for revision in waiting.filter(pk=page.latest_revision_id) | waiting.filter(
        approved_go_live_at__isnull=False
    ):
        revision.content["slug"] = slug
        revision.save(update_fields=["content"])


@receiver(page_unpublished, dispatch_uid="translations-follow")
def follow_expiry(sender, instance, **kwargs) -> None:
    """A time set on the page first written ends all languages; one of a translation ends that."""
    if _following.get() or not instance.expired:
        return
    same = Page.objects.filter(translation_key=instance.translation_key)
    if same.order_by("pk").first().pk == instance.pk:
        unpublish_all(other_languages(instance), expired=True)


def unpublish_all(pages, user=None, expired: bool = False, include_descendants=False) -> int:
    live = [page for page in pages if page.live]
    with _once():
        for page in live:
            UnpublishPageAction(
                page.specific,
                set_expired=expired,
                user=user,
                log_action="wagtail.unpublish.scheduled" if expired else True,
                include_descendants=include_descendants,
            ).execute(skip_permission_checks=True)
    return len(live)


def delete_all(pages, user=None) -> int:
    """Each with what lies below it; one that went with another meanwhile is passed over."""
    gone = 0
    for pk in [page.pk for page in pages]:
        if page := Page.objects.filter(pk=pk).first():
            DeletePageAction(page, user=user).execute(skip_permission_checks=True)
            gone += 1
    return gone
