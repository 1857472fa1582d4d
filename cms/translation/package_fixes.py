"""Packages mended in their own classes, and what translators send them, clean and short enough.

Each mended place says when it can go.
"""

import tempfile

import polib
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.actions.copy_page import CopyPageAction
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.sites.views import IndexView as SiteListing
from wagtail_localize.models import TranslationSource
from wagtail_localize.operations import TranslationCreator
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter
from wagtail_localize.views.report import TranslationsReportFilterSet

from cms.core.hygiene import clean_all

from . import policy
from .facts import FactsPage


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


NOT_THE_SOURCE = _(
    "Only the language in which a page was first written can be translated into others."
)
BY_HAND = _("This language is written by hand: no translation can take the place of its words.")


def keep_to_sources() -> None:
    """Submitting a branch passes over what was first written in another language, and over
    languages that are written by hand. wagtail-localize 1.14 makes a second source of each, after
    which its pages can't be opened. Delete this once it knows one source of a thing.
    """
    create = TranslationCreator.create_translations

    def create_translations(self, instance, include_related_objects=True) -> None:
        by_hand = policy.WRITTEN_BY_HAND
        self.target_locales = [
            locale for locale in self.target_locales if locale.language_code not in by_hand
        ]
        if policy.is_source(instance):
            create(self, instance, include_related_objects)

    TranslationCreator.create_translations = create_translations


def refuse_second_source(sender, instance, raw: bool = False, **kwargs) -> None:
    """Whoever asks: a thing has one source, which is in the language first written."""
    if raw or not instance._state.adding:
        return
    others = TranslationSource.objects.filter(object=instance.object_id)
    model = instance.specific_content_type.model_class()
    rows = model._base_manager.filter(translation_key=instance.object_id)
    original = rows.filter(locale=instance.locale_id).first()
    if others.exists() or (original and not policy.is_source(original)):
        raise ValidationError(NOT_THE_SOURCE)


def refuse_by_hand(sender, instance, raw: bool = False, **kwargs) -> None:
    """Of a language that is written by hand no translation is begun, nor begun again."""
    by_hand = instance.target_locale.language_code in policy.WRITTEN_BY_HAND
    if by_hand and instance.enabled and not raw:
        raise ValidationError(BY_HAND)


ALWAYS_FITS = 30
"""Characters for which nobody looks up what the field takes."""


def clean_source(sender, instance, **kwargs) -> None:
    """A string is looked up by the hash of its words, taken from what is in hand when a source is
    made: that has to be as clean as what the database keeps.
    """
    instance.content_json = clean_all(instance.content_json)


def measure(sender, instance, **kwargs) -> None:
    """Refuses what its field can't hold: PostgreSQL ends in a server error, SQLite keeps it."""
    if len(instance.data) <= ALWAYS_FITS or instance.has_error or not instance.context_id:
        return
    source = TranslationSource.objects.filter(object_id=instance.context.object_id).first()
    model = source and source.specific_content_type.model_class()
    limit = longest(model, instance.context.path) if model else None
    if limit is None or len(instance.data) <= limit:
        return
    message = _("“%(text)s…” is %(length)s characters long; there is room for %(limit)s.")
    raise ValidationError(
        message % {"text": instance.data[:40], "length": len(instance.data), "limit": limit}
    )


def longest(model, path: str) -> int | None:
    """Characters that the field at ``path`` takes (``title``, ``files.<id>.title``), if limited."""
    name, *rest = path.split(".")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if field.is_relation and len(rest) == 2:
        return longest(field.related_model, rest[1])
    return None if rest else getattr(field, "max_length", None)


def is_pofile(file) -> bool:
    """Whether polib can read an uploaded file and finds the translation that it belongs to.

    It opens the file in whatever encoding the header names (*undefined*, *idna*, one that does not
    exist), and raises nearly anything on what is no PO file.
    """
    with tempfile.NamedTemporaryFile(suffix=".po") as copy:
        copy.write(file.read())
        copy.flush()
        file.seek(0)
        try:
            return "X-WagtailLocalize-TranslationID" in polib.pofile(copy.name).metadata
        except Exception:
            return False
