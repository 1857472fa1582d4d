from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index

from .makeshift import MakeshiftRenditions
from .storage import WholeFile
from .validation import check_document, check_image


def _clean_new_file(instance, check) -> None:
    """Check a file that is about to be stored, unless the form has just done so."""
    file = instance.file
    if file and not file._committed and not getattr(file.file, "is_checked", False):
        try:
            check(file)
        except ValidationError as error:
            raise ValidationError({"file": error}) from error


class CustomImage(WholeFile, MakeshiftRenditions, AbstractImage):
    """An image with the credit that its licence or photographer asks for.

    Code that brings its own files calls ``check_image`` before it makes an instance: Django reads
    the size of a picture as soon as the field is set, and raises whatever the decoder raises.
    """

    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Photographer or source, shown with the picture."),
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")
    # Choosing a picture by its tag and by words at once filters a search.
    search_fields = [
        *AbstractImage.search_fields,
        index.RelatedFields(
            "tags",
            [
                index.SearchField("name", boost=10),
                index.AutocompleteField("name"),
                index.FilterField("name"),
            ],
        ),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def clean(self) -> None:
        super().clean()
        _clean_new_file(self, check_image)


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        indexes = [models.Index(fields=["file"], name="rendition_by_file")]


class CustomDocument(WholeFile, AbstractDocument):
    """A document that knows its own text and pages, so that both can be shown and searched.

    ``text`` and ``page_count`` are read from the file when it changes; ``page_count`` is null
    where the format has no pages. The reading is a task: once done, the row is saved with
    ``update_fields={"text", "page_count"}``, so ``post_save`` tells whoever indexes the text.
    """

    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)
    text = models.TextField(_("text of the file"), blank=True, editable=False)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        # Wagtail's check of the extension ends in a server error where the form has no file field.
        _clean_new_file(self, check_document)

    def save(self, *args, **kwargs) -> None:
        from .tasks import read_document

        is_new_file = bool(self.file) and (self._state.adding or not self.file._committed)
        if is_new_file:
            self.text, self.page_count = "", None
        super().save(*args, **kwargs)
        if is_new_file:
            read_document.enqueue(self.pk)
            self.refresh_from_db(fields=["text", "page_count"])
