"""The forms behind every way of uploading in the admin: single, multiple, and choosers.

Their fields look into the file before anything else opens it.
"""

import logging
import os
import re

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.forms import FileField
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .metadata import clean_document, clean_image
from .storage import make_room
from .validation import check_document, check_image

logger = logging.getLogger("katto.files")
NO_ROOM = _(
    "The file could not be stored: there is no room for it on the server. Nothing was saved. "
    "Please tell whoever looks after the site."
)


class CheckedField:
    """Wagtail's own field opens the file first, and some broken SVG then ends in a server error."""

    def to_python(self, data: File | None) -> File | None:
        file = FileField.to_python(self, data)
        if file is None:
            return None
        self.check_file(file)
        file = self.clean_file(file)
        stem, extension = os.path.splitext(file.name)
        if not re.search(r"[^\W_]", stem):
            # Django stores “🙂.pdf” as “.pdf”.
            file.name = f"file{extension}"
        file = super().to_python(file)
        file.is_checked = file.is_clean = True
        return file


class CheckedImageField(CheckedField, WagtailImageField):
    check_file, clean_file = staticmethod(check_image), staticmethod(clean_image)


class CheckedDocumentField(CheckedField, WagtailDocumentField):
    check_file, clean_file = staticmethod(check_document), staticmethod(clean_document)


class CheckedForm:
    """Puts a checking field in place of Wagtail's, which its form factory hard-wires.

    A declared field would also appear in the forms that leave the file out. And says at the field
    that the disk is full, before anything is saved.
    """

    def __init__(self, *args, **kwargs) -> None:
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


class ImageForm(CheckedForm, BaseImageForm):
    field_class = CheckedImageField


class DocumentForm(CheckedForm, BaseDocumentForm):
    field_class = CheckedDocumentField
