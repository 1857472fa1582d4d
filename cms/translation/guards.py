"""Where Wagtail and wagtail-localize ask nobody, or somebody who knows no language, they are made
to ask :mod:`.policy`; and the two things that nobody may do are refused whoever does them.
"""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views import edit_translation

from cms.core.admin import LocaleFirstFilterSet
from cms.core.models import BasePage
from cms.core.permissions import PagePermissions

from . import policy, translators
from .records import FactsRecord

NOT_THE_SOURCE = _(
    "Only the language in which a page was first written can be translated into others."
)
BY_HAND = _("This language is written by hand: no translation can take the place of its words.")


def connect() -> None:
    """Called once, when Django has loaded its apps."""
    for model in apps.get_models():
        if issubclass(model, FactsRecord):
            register_permission_policy(model, policy.RegisterPolicy(model), exact_class=True)
    PagePermissions.actions_of = policy.page_actions
    # Actions on ticked pages ask plain ones.
    Page.permissions_for_user = BasePage.permissions_for_user
    LocaleFirstFilterSet.language_of = policy.opening_language
    # wagtail-localize's views know Wagtail's rights alone.
    edit_translation.user_can_edit_instance = policy.may_write
    pre_save.connect(refuse_second_source, sender=TranslationSource, dispatch_uid="one-source")
    pre_save.connect(refuse_by_hand, sender=Translation, dispatch_uid="written-by-hand")
    translators.connect()


def refuse_second_source(sender, instance, raw: bool = False, **kwargs) -> None:
    """A thing has one source, in the language first written: with two, wagtail-localize 1.14 can't
    open its pages any more.
    """
    if raw or not instance._state.adding:
        return
    others = TranslationSource.objects.filter(object=instance.object_id)
    model = instance.specific_content_type.model_class()
    versions = model._base_manager.filter(translation_key=instance.object_id)
    original = versions.filter(locale=instance.locale_id).first()
    if others.exists() or (original and not policy.is_source(original)):
        raise ValidationError(NOT_THE_SOURCE)


def refuse_by_hand(sender, instance, raw: bool = False, **kwargs) -> None:
    """Of a language that is written by hand no translation is begun, nor begun again."""
    by_hand = instance.target_locale.language_code in policy.WRITTEN_BY_HAND
    if by_hand and instance.enabled and not raw:
        raise ValidationError(BY_HAND)
