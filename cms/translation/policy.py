"""Who may do what with translations, by group and language: every view and button asks here.

Staff have Wagtail's own rights on pages and registers. A translator has a group's right to a
language (:class:`.models.LanguageRights`), which holds for pages and records alike, for words
alone, and for nothing in any other language.
"""

from django.db.models import Model
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation

from .models import LanguageRights, Work

WRITTEN_BY_HAND = frozenset({"fi-simple"})
"""Languages that are written beside the source and never translated by string."""


def language_rights(user) -> dict[int, bool]:
    """Locales that the user translates into, by primary key, and whether they may publish there."""
    if not (user.is_authenticated and user.is_active):
        return {}
    if not hasattr(user, "_language_rights"):
        rows = LanguageRights.objects.filter(group__user=user)
        user._language_rights = {}
        for locale, may_publish in rows.values_list("locale_id", "may_publish"):
            user._language_rights[locale] = may_publish or user._language_rights.get(locale, False)
    return user._language_rights


def may_edit(user, instance: Model) -> bool:
    """As staff: Wagtail's right to change this page, or the records of this register."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return policy_registry.get_by_type(type(instance)).user_has_permission(user, "change")


def may_translate(user, translation: Translation) -> bool:
    """Write the strings of a page or record in this language."""
    if translation.target_locale_id in language_rights(user):
        return True
    return may_edit(user, translation.get_target_instance())


def may_see(user, translation: Translation) -> bool:
    """The strings, the source text beside them and the preview."""
    return may_translate(user, translation)


def may_publish(user, translation: Translation) -> bool:
    """Make it public without anybody else's review."""
    if language_rights(user).get(translation.target_locale_id):
        return True
    instance = translation.get_target_instance()
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_publish()
    return may_edit(user, instance) and not language_rights(user)


def may_review(user, work: Work) -> bool:
    """Approve or return what was handed over: whom Wagtail's workflow asks, or who may publish."""
    state = work.workflow_state
    task = state and state.current_task_state and state.current_task_state.task.specific
    if task and any(
        name == "approve" for name, *_rest in task.get_actions(state.content_object, user)
    ):
        return True
    return may_publish(user, work.translation)


def may_request(user, instance: Model) -> bool:
    """Ask for translations of a page or record, in its source language, as staff."""
    if not user.has_perm("wagtail_localize.submit_translation"):
        return False
    return is_source(instance) and may_edit(user, instance)


def is_source(instance: Model) -> bool:
    """Whether a page or record is in the language in which its thing was first written."""
    same = type(instance)._base_manager.filter(translation_key=instance.translation_key)
    if isinstance(instance, Page):
        same = same.filter(alias_of=None)
    first = same.order_by("pk").values_list("pk", flat=True).first()
    return first == instance.pk
