"""Packages mended in their own classes, each place saying when it can go.

Where Wagtail and wagtail-localize ask nobody, or somebody who knows no language, they are made to
ask :mod:`.policy`; the two things that nobody may do are refused whoever does them.
"""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _
from wagtail.actions.copy_page import CopyPageAction
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.sites.views import IndexView as SiteListing
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter
from wagtail_localize.views import edit_translation
from wagtail_localize.views.report import TranslationsReportFilterSet

from cms.core.admin import LocaleFirstFilterSet
from cms.core.hygiene import clean_all
from cms.core.models import BasePage
from cms.core.permissions import PagePermissions
from cms.users import choosers, members

from . import policy, registers, translators
from .facts import FactsPage
from .facts.records import FactsRecord


def mend() -> None:
    """Called once, when Django has loaded its apps."""
    give_labels()
    pass_over_missing_pictures()
    blank_what_is_one_things_own()
    pre_save.connect(clean_source, sender=TranslationSource, dispatch_uid="clean-source")


def give_labels() -> None:
    """Labels that packages make from the names of fields, so that no catalogue reaches them.

    Each line can go once the package gives the label: ``check_catalogues`` then wants its Finnish.
    """
    filters = TranslationsReportFilterSet.base_filters
    filters["source_locale"].label = _("Source language")
    filters["target_locale"].label = _("Target language")
    WorkflowPageForm.base_fields["page"].label = _("Page")
    labels = {"site_name": _("Name of the site"), "root_page": _("First page")}
    for column in SiteListing.columns:
        column.label = labels.get(column.name, column.label)


def pass_over_missing_pictures() -> None:
    """Translating a page whose picture has been deleted from the library since.

    wagtail-localize 1.14 sets the translated alt text on the picture without asking whether there
    is one, and the page could neither be translated nor imported again. Delete this once
    ``StreamFieldSegmentsWriter.handle_image_block`` accepts None.
    """
    ingest = StreamFieldSegmentsWriter.handle_image_block

    def handle_image_block(self, block, image, segments) -> AbstractImage | None:
        if image is None:
            segments = [one for one in segments if one.path.split(".")[0] == "image"]
        return ingest(self, block, image, segments) if segments else image

    StreamFieldSegmentsWriter.handle_image_block = handle_image_block


def blank_what_is_one_things_own() -> None:
    """Make Wagtail's copying ask page types for ``own_fields``: copied subpages and drafts too.

    A copy for translation and an alias are the same thing again and keep them, so Wagtail's
    ``exclude_fields_in_copy``, which holds for both, would take too much.
    """
    copy_page = CopyPageAction._copy_page

    def _copy_page(
        self, page, to=None, update_attrs=None, exclude_fields=None, _mpnode_attrs=None
    ) -> Page:
        excluded = list(exclude_fields or ())
        if self.reset_translation_key:
            excluded += getattr(page.specific_class, "own_fields", ())
            page = page.specific
            # A copy has facts of its own: those that this page leaves to another language.
            if isinstance(page, FactsPage) and not page.carries_facts:
                page.take_facts(page.carrier)
        return copy_page(self, page, to, update_attrs, excluded, _mpnode_attrs)

    CopyPageAction._copy_page = _copy_page


def clean_source(sender, instance, **kwargs) -> None:
    """A string is looked up by the hash of its words, taken from what is in hand when a source is
    made: that has to be as clean as what the database keeps.
    """
    instance.content_json = clean_all(instance.content_json)


NOT_THE_SOURCE = _(
    "Only the language in which a page was first written can be translated into others."
)
BY_HAND = _("This language is written by hand: no translation can take the place of its words.")


def connect() -> None:
    """Called once, when Django has loaded its apps."""
    for model in apps.get_models():
        if issubclass(model, FactsRecord):
            register_permission_policy(model, registers.RegisterPolicy(model), exact_class=True)
    members.connect()
    choosers.connect()
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
