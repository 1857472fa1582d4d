"""Who may join: whoever may change and delete both, in all their languages."""

from typing import Any

from django.db.models import Model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from ..models import Joining


def may_join(user: Any, stays: Model, gone: Model) -> bool:
    return all(_may_do_all(user, one) for one in (stays, gone)) and _may_show(user, stays, gone)


def may_begin(user: Any, model: type[Model]) -> bool:
    """Whether joining is for this user at all, before any two are chosen."""
    if issubclass(model, Page):
        return policy_registry.get_by_type(Page).user_has_any_permission(user, ["add", "publish"])
    policy = policy_registry.get_by_type(model)
    return all(policy.user_has_permission(user, action) for action in ("change", "delete"))


def _may_do_all(user: Any, thing: Model) -> bool:
    same = type(thing)._base_manager.filter(translation_key=thing.translation_key)
    if isinstance(thing, Page):
        rights = [page.permissions_for_user(user) for page in same.filter(alias_of=None)]
        return all(right.can_edit() and right.can_delete() for right in rights)
    policy = policy_registry.get_by_type(type(thing))
    return all(
        policy.user_has_permission_for_instance(user, action, one)
        for one in same
        for action in ("change", "delete")
    )


def _may_show(user: Any, stays: Model, gone: Model) -> bool:
    """What is public, or comes to be, is a publisher's to change."""
    if not isinstance(stays, Page) or not (stays.live or gone.live):
        return True
    same = type(stays).objects.filter(translation_key=stays.translation_key, alias_of=None)
    return all(page.permissions_for_user(user).can_publish() for page in same)


def may_undo(user: Any, joining: Joining) -> bool:
    model = joining.content_type.model_class()
    stays = model._base_manager.filter(translation_key=joining.key).first()
    return stays is not None and _may_do_all(user, stays) and _may_show(user, stays, stays)
