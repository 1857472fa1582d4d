"""Who may do what with translations, by group and language: every view and button asks here.

Staff have Wagtail's own rights on pages and registers. A translator has a group's right to a
language (:class:`.models.LanguageRights`), which holds for words alone, of pages and records
alike: whatever else such a group is given counts in its languages only. A member association's
group holds for what is its own (:mod:`cms.users.members`), whatever else it is given.
"""

from uuid import UUID

from django.contrib.auth.models import Permission
from django.db.models import Model, Q, QuerySet
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation

from cms.core.languages import language_codes
from cms.core.permissions import LIMITED
from cms.users.members import actions_of, members, page_policy

from .models import LanguageRights, Work

WRITTEN_BY_HAND = frozenset({"fi-simple"})
"""Languages that are written beside the source and never translated by string."""

SUBMIT = "wagtail_localize.submit_translation"
LOOKING = ("add", "change", "delete", "view")


def _groups(user) -> dict[int, dict[int, bool]]:
    """Groups of translators that the user is in: their languages, and whether they may publish."""
    if not (user.is_authenticated and user.is_active):
        return {}
    if not hasattr(user, "_language_groups"):
        found: dict[int, dict[int, bool]] = {}
        rows = LanguageRights.objects.filter(group__user=user)
        for group, locale, publish in rows.values_list("group_id", "locale_id", "may_publish"):
            found.setdefault(group, {})[locale] = publish
        user._language_groups = found
    return user._language_groups


def language_rights(user) -> dict[int, bool]:
    """Locales that the user translates into, by primary key, and whether they may publish there."""
    rights: dict[int, bool] = {}
    for languages in _groups(user).values():
        for locale, publish in languages.items():
            rights[locale] = publish or rights.get(locale, False)
    return rights


def translates_only(user) -> bool:
    """A translator, and none of the staff who ask for translations."""
    return not as_staff(user, SUBMIT) and bool(language_rights(user))


def opening_language(user) -> str:
    """In which listings open: a translator's own, for staff the site's."""
    if not translates_only(user):
        return Locale.get_default().language_code
    rights = language_rights(user)
    return Locale.objects.filter(pk__in=rights).order_by("pk").first().language_code


def as_staff(user, label: str) -> bool:
    """A right on models (``app.action_model``) from no group of translators or of a member."""
    if not user.has_perm(label):
        return False
    groups = {} if user.is_superuser else {**_groups(user), **members(user)}
    if not groups:
        return True
    if not hasattr(user, "_staff_rights"):
        others = user.groups.exclude(pk__in=groups).values("pk")
        given = Permission.objects.filter(Q(user=user) | Q(group__in=others))
        rows = given.values_list("content_type__app_label", "codename")
        user._staff_rights = {f"{app}.{codename}" for app, codename in rows}
    return label in user._staff_rights


def page_actions(user, page: Page, words: bool = True) -> set[str]:
    """Wagtail's rights on a page (``change``, ``publish`` …): of staff, and with ``words`` those of
    translators too, who change what is translated into their language and no other page.
    """
    groups, actions = _groups(user), set()
    for given in page_policy.get_cached_permissions_for_user(user):
        action = given.permission.codename.rsplit("_", maxsplit=1)[0]
        own = words and action != "change" and page.locale_id in groups.get(given.group_id, ())
        if (own or given.group_id not in groups) and page.path.startswith(given.page.path):
            actions.add(action)
    if (own := actions_of(user, page)) and "change" not in actions:
        own.add(LIMITED)
    if words and is_translated_for(user, page):
        actions.add("change")
    return actions | own


def is_translated_for(user, instance: Model) -> bool:
    """Whether the strings of a page or record are the user's to write, by their languages."""
    if instance.locale_id not in language_rights(user):
        return False
    if not hasattr(user, "_translated"):
        # Once for all rows of a listing.
        rows = Translation.objects.filter(target_locale__in=language_rights(user), enabled=True)
        user._translated = set(rows.values_list("target_locale_id", "source__object_id"))
    known: set[tuple[int, UUID]] = user._translated
    return (instance.locale_id, instance.translation_key) in known


def may_teach(user, locale: int) -> bool:
    """The memory of a language, by a file: who publishes in it, and staff who keep the terms."""
    keeps = all(as_staff(user, f"translation.{action}_term") for action in ("add", "change"))
    return keeps or bool(language_rights(user).get(locale))


def records_open_to(user, model: type[Model]) -> QuerySet:
    """The records of a register that the user may see at all."""
    return policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, LOOKING)


def records_to_choose(user, model: type[Model]) -> QuerySet:
    """Those that the user may name on a page; of some of them no more than the name is shown."""
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, (*LOOKING, "choose"))


def sees_some_only(user) -> bool:
    """Of pages and records, those in a language or those of a member: no right holds for all."""
    return bool(language_rights(user) or members(user))


def is_limited(user, page: Page) -> bool:
    """Works for a member association, and is none of the umbrella's staff here.

    What such a person says of a project binds nobody until somebody else has said it too.
    """
    if not members(user):
        return False
    given = page_policy.get_cached_permissions_for_user(user)
    staff = (one.page.path for one in given if one.group_id not in _groups(user))
    return not page.path.startswith(tuple(staff))


def may_edit(user, instance: Model) -> bool:
    """As staff: Wagtail's right to change this page, or the records of this register."""
    if isinstance(instance, Page):
        rights = instance.permissions_for_user(user)
        if hasattr(rights, "permissions"):
            rights.permissions = page_actions(user, instance, words=False)
        return rights.can_edit()
    return may_change(user, type(instance))


def may_change(user, model: type[Model]) -> bool:
    """As staff: the records of this register, in whichever language."""
    return as_staff(user, f"{model._meta.app_label}.change_{model._meta.model_name}")


def may_make(user, model: type[Model]) -> bool:
    """As staff: add to this register, or change it."""
    label = f"{model._meta.app_label}.add_{model._meta.model_name}"
    return may_change(user, model) or as_staff(user, label)


def may_write(user, instance: Model) -> bool:
    """The strings of this language version, be it as staff or as a translator."""
    return instance.locale_id in language_rights(user) or may_edit(user, instance)


def may_translate(user, translation: Translation) -> bool:
    """Write the strings of a page or record in this language."""
    own = translation.target_locale_id in language_rights(user)
    return own or may_edit(user, translation.get_target_instance())


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
    return may_edit(user, instance)


def may_stop(user, instance: Model) -> bool:
    """As staff: leave the words of this version to the ordinary form."""
    if not may_edit(user, instance):
        return False
    return not isinstance(instance, Page) or instance.permissions_for_user(user).can_publish()


def may_replace(user, instance: Model) -> bool:
    """As staff: have its translation, or the source, take the place of this version's own words."""
    return instance.locale.language_code not in WRITTEN_BY_HAND and may_stop(user, instance)


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
    if language_codes()[instance.locale_id] in WRITTEN_BY_HAND:
        return False
    return as_staff(user, SUBMIT) and is_source(instance) and may_edit(user, instance)


def open_locales(user, instance: Model) -> QuerySet[Locale]:
    """Languages into which the user may ask for a translation.

    Those where they may edit the place in which it would land; a language without a translated
    parent has no page to hold rights on, and there the right on the source decides.
    """
    locales = Locale.objects.exclude(pk=instance.locale_id)
    locales = locales.exclude(language_code__in=WRITTEN_BY_HAND)
    if not isinstance(instance, Page):
        return locales
    parents = instance.get_parent().get_translations(inclusive=True).exclude(depth=1)
    closed = [parent.locale_id for parent in parents.specific() if not may_edit(user, parent)]
    return locales.exclude(pk__in=closed)


def is_source(instance: Model) -> bool:
    """Whether a page or record is in the language in which its thing was first written."""
    if hasattr(instance, "first_written"):
        return instance.first_written  # noted for all rows of a listing
    same = type(instance)._base_manager.filter(translation_key=instance.translation_key)
    if isinstance(instance, Page):
        same = same.filter(alias_of=None)
    return same.order_by("pk").values_list("pk", flat=True).first() == instance.pk
