"""Packages mended in their own classes, and what translators send them, clean and short enough.

Each mended place says when it can go.
"""

from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _
from wagtail.actions.copy_page import CopyPageAction
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.sites.views import IndexView as SiteListing
from wagtail_localize.models import TranslationSource
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter
from wagtail_localize.views.report import TranslationsReportFilterSet

from cms.core.hygiene import clean_all

from .facts import FactsPage


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
