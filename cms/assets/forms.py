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


def _exchange(form, field_class) -> None:
    """Put a checking field in place of Wagtail's, which its form factory hard-wires.

    A declared field would also appear in the forms that leave the file out.
    """
    field = form.fields.get("file")
    if field is not None:
        form.fields["file"] = field_class(
            label=field.label,
            required=field.required,
            widget=field.widget,
            max_length=field.max_length,
            initial=field.initial,
        )


class RoomForFile:
    """Says at the field that the disk is full, before anything is saved."""

    def full_clean(self) -> None:
        super().full_clean()
        file = getattr(self, "cleaned_data", {}).get("file")
        if self.is_bound and not self.errors and isinstance(file, UploadedFile):
            try:
                make_room(file)
            except OSError as error:
                logger.error("No room for an upload: %s", error)
                self.add_error("file", NO_ROOM)


class ImageForm(RoomForFile, BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _exchange(self, CheckedImageField)


class DocumentForm(RoomForFile, BaseDocumentForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _exchange(self, CheckedDocumentField)
