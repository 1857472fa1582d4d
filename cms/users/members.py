"""Groups whose people look after what is their organisation's own, and see nothing else.

Such a group holds no page rights of Wagtail's: what its people may do follows from whose it is, so
a group that loses its organisation has lost all its rights. A room above says which groups there
are and what is their own (:func:`register`); everybody else is as free as their groups make them.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model, Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import page_permission_policy, policy_registry

from cms.core.permissions import BELOW, LocalisedPageQuerySet

NAMING = ("choose", "view", "add", "change")


@dataclass(frozen=True)
class Member:
    """What one group's people look after.

    ``organisation``: its translation key; ``pages``: the condition for its own pages;
    ``parents``: page types below which its people add pages.
    """

    organisation: UUID
    may_publish: bool
    pages: Q
    parents: tuple[type[Page], ...]

    @cached_property
    def keys(self) -> frozenset[UUID]:
        """Translation keys of its own pages, read once for a request."""
        return frozenset(Page.objects.filter(self.pages).values_list("translation_key", flat=True))

    @cached_property
    def parent_types(self) -> frozenset[int]:
        found = ContentType.objects.get_for_models(*self.parents, for_concrete_models=False)
        return frozenset(kind.pk for kind in found.values())

    @property
    def rights(self) -> frozenset[str]:
        return frozenset({"change", "publish"} if self.may_publish else {"change"})

    def actions(self, page: Page) -> set[str]:
        if page.content_type_id in self.parent_types:
            return {"add", BELOW} if self.may_publish else {"add"}
        return set(self.rights) if page.translation_key in self.keys else set()

    def where(self, actions: Collection[str]) -> Q:
        """The pages on which its people may do some of the actions."""
        found = self.pages if self.rights & set(actions) else Q(pk__in=[])
        return found | Q(content_type__in=self.parent_types) if "add" in actions else found


Groups = dict[int, Member]


class _Registered:
    groups: Callable[[Any], Groups] = staticmethod(lambda user: {})
    records: Callable[[Member, type[Model], str], Q | None] = staticmethod(lambda *asked: None)


def register(groups: Callable, records: Callable) -> None:
    """``groups(user)``: the user's groups of members, by primary key. ``records(member, model,
    action)``: which records of a register are its own to view, choose, change or add; ``None``
    where it has nothing to do with any.
    """
    _Registered.groups, _Registered.records = staticmethod(groups), staticmethod(records)


def members(user) -> Groups:
    """Asked once for a request. An administrator has no bounds."""
    if not (user.is_authenticated and user.is_active) or user.is_superuser:
        return {}
    if not hasattr(user, "_members"):
        user._members = _Registered.groups(user)
    return user._members


def own_keys(user) -> frozenset[UUID] | None:
    """Translation keys of the pages to which the user is bound; ``None`` where by nothing."""
    if not members(user) or page_policy.get_cached_permissions_for_user(user):
        return None
    return frozenset().union(*(member.keys for member in members(user).values()))


def actions_of(user, page: Page) -> set[str]:
    """What the user may do to a page as one of a member's people."""
    return {action for member in members(user).values() for action in member.actions(page)}


def records(user, model: type[Model], actions: Collection[str]) -> QuerySet | None:
    """Records of a register with which the user may do some of this as one of a member's people;
    ``None``: none of it with any.
    """
    asked = [
        _Registered.records(one, model, action)
        for one in members(user).values()
        for action in actions
    ]
    found = [condition for condition in asked if condition is not None]
    if not found:
        return None
    wanted = Q(pk__in=[])
    for condition in found:
        wanted |= condition
    return model._default_manager.filter(wanted)


def has_record(user, record: Model, action: str) -> bool:
    """Whether a record is among them; all of a register are read at once, for its listing."""
    if not hasattr(user, "_members_records"):
        user._members_records = {}
    known, asked = user._members_records, (type(record), action)
    if asked not in known:
        found = records(user, type(record), [action])
        known[asked] = set() if found is None else set(found.values_list("pk", flat=True))
    return record.pk in known[asked]


class PagePolicy(PagePermissionPolicy):
    """Wagtail's, to which the rights of members' people are added, on their own pages alone."""

    def get_all_permissions_for_user(self, user) -> QuerySet:
        given = super().get_all_permissions_for_user(user)
        own = members(user)
        return given.exclude(group__in=own) if own else given

    def user_has_any_permission(self, user, actions) -> bool:
        if super().user_has_any_permission(user, actions):
            return True
        return any(({"add"} | one.rights) & set(actions) for one in members(user).values())

    def user_has_any_permission_for_instance(self, user, actions, instance) -> bool:
        if super().user_has_any_permission_for_instance(user, actions, instance):
            return True
        return bool(set(actions) & actions_of(user, instance))

    def instances_user_has_any_permission_for(self, user, actions) -> QuerySet:
        pages = super().instances_user_has_any_permission_for(user, actions)
        for one in members(user).values():
            pages |= self.model._default_manager.filter(one.where(actions))
        return pages

    def _parents(self, user) -> QuerySet:
        kinds = {kind for one in members(user).values() for kind in one.parent_types}
        return self.model.base_page_model.objects.filter(content_type__in=kinds)

    def instances_with_direct_explore_permission(self, user) -> list[Page]:
        direct = super().instances_with_direct_explore_permission(user)
        return [*direct, *self._parents(user)] if members(user) else direct

    def explorable_root_instance(self, user) -> Page | None:
        """Where there is no place yet to add anything: the top, with nothing below."""
        found = super().explorable_root_instance(user)
        return found or (Page.get_first_root_node() if members(user) else None)

    def explorable_instances(self, user) -> QuerySet:
        if not members(user):
            return super().explorable_instances(user)
        pages = self.instances_user_has_any_permission_for(
            user, {"add", "change", "publish", "lock", "unlock", "bulk_delete"}
        )
        top = self.explorable_root_instance(user)
        direct = self.instances_with_direct_explore_permission(user)
        above = {
            page.path[:end]
            for page in direct
            for end in range(page.steplen, len(page.path), page.steplen)
        }
        pages |= self.model._default_manager.filter(path__in=above)
        return pages.filter(path__startswith=top.path) if top else pages


page_policy = page_permission_policy


def is_bound(user) -> bool:
    return own_keys(user) is not None


def choosable(user) -> QuerySet[Page]:
    """Own pages with those above them; and public ones that no draft calls by another name."""
    own = page_policy.explorable_instances(user).order_by().values("pk")
    public = LocalisedPageQuerySet(Page).visible().filter(draft_title=F("title"))
    known = Q(pk__in=own) | Q(pk__in=public.order_by().values("pk"))
    return Page.objects.filter(known | Q(depth=1))


def may_name(user, model: type[Model], keys: Iterable) -> set[int]:
    """Those of the primary keys that the user may put into a form; all that are there, of staff."""
    wanted = {int(key) for key in keys if str(key).isdecimal()}
    if issubclass(model, Page):
        found = choosable(user) if is_bound(user) else Page.objects.all()
    else:
        policy = policy_registry.get_by_type(model)
        found = policy.instances_user_has_any_permission_for(user, NAMING)
    return set(found.filter(pk__in=wanted).values_list("pk", flat=True))


def connect() -> None:
    """Called once, when Django has loaded its apps: everybody has imported Wagtail's own policy."""
    page_permission_policy.__class__ = PagePolicy
