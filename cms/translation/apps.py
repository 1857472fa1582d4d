from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "cms.translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        from django.apps import apps
        from wagtail.permissions import register_permission_policy
        from wagtail_localize.models import StringTranslation, Translation, TranslationSource
        from wagtail_localize.views import edit_translation

        from cms.core.admin import LocaleFirstFilterSet
        from cms.core.concurrency import each_once
        from cms.core.permissions import PagePermissions

        from . import package_fixes, policy, progress, sending, structure, translators  # noqa: F401
        from .records import FactsRecord

        pre_save.connect(
            package_fixes.clean_source, sender=TranslationSource, dispatch_uid="clean-source"
        )
        pre_save.connect(
            package_fixes.measure, sender=StringTranslation, dispatch_uid="measure-translation"
        )
        pre_save.connect(
            package_fixes.refuse_second_source, sender=TranslationSource, dispatch_uid="one-source"
        )
        pre_save.connect(
            package_fixes.refuse_by_hand, sender=Translation, dispatch_uid="written-by-hand"
        )
        for model in apps.get_models():
            if issubclass(model, FactsRecord):
                register_permission_policy(model, policy.RegisterPolicy(model), exact_class=True)
        PagePermissions.actions_of = policy.page_actions
        LocaleFirstFilterSet.language_of = policy.own_language
        # Its views ask Wagtail's rights alone, which know no language.
        edit_translation.user_can_edit_instance = policy.may_write
        package_fixes.keep_to_sources()
        package_fixes.pass_over_missing_pictures()
        package_fixes.give_labels()
        TranslationSource.refresh_segments = sending.refresh_segments
        TranslationSource.create_or_update_translation = sending.create_or_update_translation
        Translation.import_po = each_once()(Translation.import_po)
        package_fixes.blank_what_is_one_things_own()
