"""Who may do what to a translation. wagtail-localize 1.14 asks for too little in these places.

Each function raises :class:`PermissionDenied` and returns nothing. Delete one, and its view in
``views.py``, once upstream asks for the same.
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import Translation, TranslationSource


def may_edit(user, instance) -> bool:
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return policy_registry.get_by_type(type(instance)).user_has_permission(user, "change")


def locked_for(user, instance) -> bool:
    return isinstance(instance, Page) and bool(instance.permissions_for_user(user).page_locked())


def require_edit(user, instance) -> None:
    if not may_edit(user, instance):
        raise PermissionDenied


def require_unlocked(user, instance) -> None:
    if locked_for(user, instance):
        raise PermissionDenied(_("Somebody has locked this page: it can't be changed now."))


def require_publish(user, instance) -> None:
    """Publishing rights on a page; a snippet has no draft, so its right to change is that."""
    require_edit(user, instance)
    if isinstance(instance, Page) and not instance.permissions_for_user(user).can_publish():
        raise PermissionDenied


def require_word(source: TranslationSource, path: str) -> None:
    """An override may change what a language has for itself; an older source offers more."""
    model = source.specific_content_type.model_class()
    fields = {field.field_name: field for field in get_translatable_fields(model)}
    field = fields.get(path.split(".")[0])
    if field is None or not getattr(field, "overridable", True):
        raise PermissionDenied(_("This is the same in every language: it can't be changed here."))


def target_of(translation_id: int):
    """The translated page or snippet of a translation, or 404."""
    return get_object_or_404(Translation, id=translation_id).get_target_instance()


def require_publish_of_all(user, source: TranslationSource) -> None:
    """For updating and publishing every translation of a source at once."""
    for translation in source.translations.filter(enabled=True):
        instance = translation.get_target_instance()
        require_publish(user, instance)
        require_unlocked(user, instance)


def locales_open_to(user, instance, locales):
    """Of the locales, those in which the user may edit where the translation would land.

    A locale without a translated parent has no page to hold rights on; there the right on the
    source decides.
    """
    if not isinstance(instance, Page):
        return locales
    parents = instance.get_parent().get_translations(inclusive=True).filter(locale__in=locales)
    closed = [parent.locale_id for parent in parents.specific() if not may_edit(user, parent)]
    return Locale.objects.filter(pk__in=locales.values("pk")).exclude(pk__in=closed)
