"""Form fields that look into the file before anything else opens it."""

import os
import re

from django.forms import FileField
from wagtail.documents.fields import WagtailDocumentField
from wagtail.images.fields import WagtailImageField

from .cleaning import clean_document, clean_image
from .validation import check_document, check_image


def _name(file) -> None:
    """Give a name to a file whose own is lost when stored: of “🙂.pdf”, only “.pdf” remains."""
    stem, extension = os.path.splitext(file.name)
    if not re.search(r"[^\W_]", stem):
        file.name = f"file{extension}"


class Checked:
    """Wagtail's own field opens the file first, and some broken SVG then ends in a server error."""

    def to_python(self, data):
        file = FileField.to_python(self, data)
        if file is None:
            return None
        self.check_file(file)
        file = self.clean_file(file)
        _name(file)
        file = super().to_python(file)
        file.is_checked = file.is_clean = True
        return file


class CheckedImageField(Checked, WagtailImageField):
    check_file, clean_file = staticmethod(check_image), staticmethod(clean_image)


class CheckedDocumentField(Checked, WagtailDocumentField):
    check_file, clean_file = staticmethod(check_document), staticmethod(clean_document)
