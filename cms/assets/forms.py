"""The forms behind every way of uploading in the admin: single, multiple, and choosers."""

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .fields import CheckedDocumentField, CheckedImageField


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


class ImageForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _exchange(self, CheckedImageField)


class DocumentForm(BaseDocumentForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _exchange(self, CheckedDocumentField)
