"""The two doors of uploaded files: the forms by which they come in, the views by which they leave.

The forms are behind every way of uploading in the admin: single, multiple, and choosers. Their
fields look into the file before anything else opens it.

As files leave the site, nothing in them can run as part of it. The addresses of documents are
below; pictures are given out here only without a web server.
"""

import logging
import os
import posixpath
import re

from django.conf import settings
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.forms import FileField
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views import static
from wagtail.documents import get_document_model
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.documents.views import serve as wagtail_serve
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.core.routing import reads
from cms.users.sign_in import document_password

from .access import closed_pictures, is_one_of, is_staff_of, pictures_with_a_last_day
from .metadata import clean_document, clean_image
from .storage import CLOSED_IMAGES, INCOMING, make_room
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


INERT = "default-src 'none'"
# Chromium's own PDF viewer shows a blank page under "sandbox".
INERT_SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
MOST_AT_ONCE = 4 * 1024 * 1024
PRIVATE_FOLDERS = (CLOSED_IMAGES, INCOMING, "documents", "uploaded_files", "wagtail")
MEDIA_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


def serve_document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponse:
    """Wagtail's view, with its checks of private collections, and stricter headers."""
    response = wagtail_serve.serve(request, document_id, document_filename)
    if response.status_code == 302 or isinstance(response, TemplateResponse):
        # A form for the password, or the way to the sign-in.
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response
    is_pdf = response.get("Content-Type", "").startswith("application/pdf")
    response["Content-Security-Policy"] = INERT if is_pdf else INERT_SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    if response.get("Content-Type", "") == "video/mp4":
        response = a_part(request, document_id, response)
    if not getattr(request, "document_is_public", False):
        patch_cache_control(response, private=True, no_store=True)
    else:
        patch_cache_control(response, public=True, no_cache=True)
    return response


RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")


def a_part(request: HttpRequest, document_id: int, whole: HttpResponse) -> HttpResponse:
    """The bytes that are asked for: without that, some browsers play no video at all."""
    whole["Accept-Ranges"] = "bytes"
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if not (asked and whole.status_code == 200 and request.method == "GET"):
        return whole
    document = get_document_model().objects.get(pk=document_id)
    size, first = document.file.size, int(asked[1])
    last = min(int(asked[2]) if asked[2] else size - 1, size - 1, first + MOST_AT_ONCE - 1)
    if first > last:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    with document.file.open("rb") as stream:
        stream.seek(first)
        part = HttpResponse(stream.read(last - first + 1), status=206, headers=whole.headers)
    part["Content-Length"], part["Content-Range"] = last - first + 1, f"bytes {first}-{last}/{size}"
    part._resource_closers.extend(whole._resource_closers)
    return part


def serve_media(request: HttpRequest, path: str) -> HttpResponse:
    """Pictures from ``MEDIA_ROOT`` where no other server gives them out.

    Documents are not given out here: their own view asks who may read them. Anything that is not
    a picture is not there at all. SVG is a document to a browser, so it gets a sandbox.
    """
    clean = posixpath.normpath(f"/{path}").lstrip("/")
    kind = MEDIA_TYPES.get(posixpath.splitext(clean)[1].lower())
    if "\0" in path or clean.split("/")[0] in PRIVATE_FOLDERS or kind is None:
        raise Http404
    if is_one_of(clean, closed_pictures()) and not is_staff_of(request.user, get_image_model()):
        raise Http404
    try:
        response = static.serve(request, clean, document_root=settings.MEDIA_ROOT)
    except (OSError, ValueError) as error:
        raise Http404 from error
    response["Content-Type"] = kind
    response["Content-Security-Policy"] = INERT_SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    if is_one_of(clean, pictures_with_a_last_day()):
        patch_cache_control(response, private=True, no_store=True)
    elif response.status_code == 200:
        # Renditions carry a hash of their file and settings in their names.
        lifetime = 31_536_000 if clean.startswith("images/") else 3_600
        patch_cache_control(response, public=True, max_age=lifetime)
    return response


urlpatterns = [
    path(
        "<int:document_id>/<path:document_filename>",
        reads(serve_document),
        name="wagtaildocs_serve",
    ),
    path(
        "authenticate_with_password/<int:restriction_id>/",
        document_password,
        name="wagtaildocs_authenticate_with_password",
    ),
]
