"""Images and documents: checked and cleaned whichever way they come, and read once stored."""

import logging
import shutil
import tempfile
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    Image,
    SourceImageIOError,
)
from wagtail.search import index

from cms.core.page_cache import do_not_cache

from .inspection import TASKS, inspect_path, tidy
from .metadata import clean_document, clean_image
from .storage import CLOSED_IMAGES, WholeFile
from .validation import check_document, check_image

logger = logging.getLogger("katto.files")
MAX_TEXT_BYTES = 8_000_000


def _check_new_file(instance: models.Model, check: Callable[[File], None]) -> None:
    """Check a file that is about to be stored, unless the form has just done so."""
    file = instance.file
    if file and not file._committed and not getattr(file.file, "is_checked", False):
        try:
            check(file)
        except ValidationError as error:
            raise ValidationError({"file": error}) from error


def _clean_new_file(instance: models.Model, clean: Callable[[File], File]) -> None:
    """Store a new file without what it tells of its maker, whichever way it came."""
    file = instance.file
    if file and not file._committed and not getattr(file.file, "is_clean", False):
        cleaned = clean(file.file)
        if cleaned is not file.file:
            instance.file = cleaned
            instance.file_size, instance.file_hash = None, ""


class RenditionFallback:
    """Mixed into the image model: where a rendition cannot be written, the original is shown.

    A full disk or an unwritable folder then costs bandwidth rather than the page, which is not
    kept in the cache.
    """

    def get_rendition(self, filter: Filter | str) -> AbstractRendition:
        try:
            return super().get_rendition(filter)
        except SourceImageIOError:
            raise
        except OSError as error:
            return self._original(error)

    def get_renditions(self, *filters: Filter | str) -> dict[str, AbstractRendition]:
        try:
            return super().get_renditions(*filters)
        except SourceImageIOError:
            raise
        except OSError as error:
            original = self._original(error)
            specs = [each.spec if isinstance(each, Filter) else each for each in filters]
            return dict.fromkeys(specs, original)

    def _original(self, error: OSError) -> AbstractRendition:
        logger.error("A rendition of picture %s cannot be written: %s", self.pk, error)
        do_not_cache()
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(False)  # no query has failed: the disk did, before any
        rendition = self.get_rendition_model()(image=self, width=self.width, height=self.height)
        rendition.file.name = self.file.name
        return rendition


class CustomImage(WholeFile, RenditionFallback, AbstractImage):
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
        _check_new_file(self, check_image)

    def save(self, *args, **kwargs) -> None:
        _clean_new_file(self, clean_image)
        super().save(*args, **kwargs)


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    def get_upload_to(self, filename: str) -> str:
        """Beside a closed picture, so that no bucket gives it out (see :mod:`.access`)."""
        path = super().get_upload_to(filename)
        if self.image.file.name.startswith(f"{CLOSED_IMAGES}/"):
            return f"{CLOSED_IMAGES}/{path}"
        return path

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


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
        _check_new_file(self, check_document)

    def save(self, *args, **kwargs) -> None:
        is_new_file = bool(self.file) and (self._state.adding or not self.file._committed)
        if is_new_file:
            self.text, self.page_count = "", None
            _clean_new_file(self, clean_document)
        super().save(*args, **kwargs)
        if is_new_file:
            read_document.enqueue(self.pk)
            self.refresh_from_db(fields=["text", "page_count"])


@task()
def read_document(document_id: int) -> None:
    """Fill ``text`` and ``page_count`` of a document, off the request where there is a worker.

    A file that cannot be read leaves them empty: the upload has been accepted, and its page says
    nothing about pages rather than something wrong.
    """
    document = CustomDocument.objects.filter(pk=document_id).first()
    if document is None:
        return
    try:
        facts = read_file(document.file, document.file_extension.lower())
    except OSError:
        logger.warning("The file of document %s cannot be opened.", document_id)
        return
    document.text = facts.get("text", "")
    document.page_count = facts.get("pages")
    document.save(update_fields=["text", "page_count"])


def read_file(file, extension: str) -> dict:
    """``{"pages": int | None, "text": str}`` of a Django ``File``; ``{}`` if it cannot be read."""
    if extension == "txt":
        with file.open("rb") as stream:
            data = stream.read(MAX_TEXT_BYTES)
        encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
        return {"pages": None, "text": tidy(data.decode(encoding, errors="replace"))}
    reading = f"{extension}-text"
    if reading not in TASKS:
        return {}
    with tempfile.NamedTemporaryFile(suffix=f".{extension}") as copy:
        with file.open("rb") as stream:
            shutil.copyfileobj(stream, copy)
        copy.flush()
        facts = inspect_path(copy.name, reading)
    return {} if "fault" in facts else facts
