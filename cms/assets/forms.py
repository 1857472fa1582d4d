"""The forms behind every way of uploading in the admin: single, multiple, and choosers."""

import logging

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .fields import CheckedDocumentField, CheckedImageField
from .storage import make_room

logger = logging.getLogger("katto.files")
NO_ROOM = _(
    "The file could not be stored: there is no room for it on the server. Nothing was saved. "
    "Please tell whoever looks after the site."
)


class CheckedFile:
    """Puts a checking field in place of Wagtail's, which its form factory hard-wires.

    A declared field would also appear in the forms that leave the file out. And says at the field
    that the disk is full, before anything is saved.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get("file")
        if field is not None:
            self.fields["file"] = self.field_class(
                label=field.label,
                required=field.required,
                widget=field.widget,
                max_length=field.max_length,
                initial=field.initial,
            )

    def full_clean(self) -> None:
        super().full_clean()
        file = getattr(self, "cleaned_data", {}).get("file")
        if self.is_bound and not self.errors and isinstance(file, UploadedFile):
            try:
                make_room(file)
            except OSError as error:
                logger.error("No room for an upload: %s", error)
                self.add_error("file", NO_ROOM)


class ImageForm(CheckedFile, BaseImageForm):
    field_class = CheckedImageField


class DocumentForm(CheckedFile, BaseDocumentForm):
    field_class = CheckedDocumentField
