"""Uploaded files as they leave the site: nothing in them can run as part of it."""

import posixpath

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views import static
from wagtail.documents import get_document_model
from wagtail.documents.views import serve as wagtail_serve
from wagtail.images import get_image_model

from . import visibility

INERT = "default-src 'none'"
# Chromium's own PDF viewer shows a blank page under "sandbox".
INERT_SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
PRIVATE_FOLDERS = ("documents", "uploaded_files", "wagtail")
MEDIA_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


def serve_document(request, document_id, document_filename):
    """Wagtail's view, with its checks of private collections, and stricter headers.

    Outside private collections, a document that nothing public shows is not there, but for those
    who may see what shows it.
    """
    document = get_object_or_404(get_document_model(), pk=document_id)
    is_private = visibility.is_private(document)
    for_everybody = not is_private and visibility.is_public(document)
    if not (is_private or for_everybody or visibility.is_open_to(document, request)):
        raise Http404
    response = wagtail_serve.serve(request, document_id, document_filename)
    if response.status_code == 302 or isinstance(response, TemplateResponse):
        # A form for the password, or the way to the sign-in.
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response
    is_pdf = response.get("Content-Type", "").startswith("application/pdf")
    response["Content-Security-Policy"] = INERT if is_pdf else INERT_SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    if for_everybody:
        patch_cache_control(response, public=True, no_cache=True)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def serve_media(request, path):
    """Pictures from ``MEDIA_ROOT`` where no other server gives them out, while they are shown.

    Documents are not given out here: their own view asks who may read them. Anything that is not
    a picture is not there at all. SVG is a document to a browser, so it gets a sandbox.
    """
    clean = posixpath.normpath(f"/{path}").lstrip("/")
    kind = MEDIA_TYPES.get(posixpath.splitext(clean)[1].lower())
    if "\0" in path or clean.split("/")[0] in PRIVATE_FOLDERS or kind is None:
        raise Http404
    image = image_of(clean)
    for_everybody = bool(image) and visibility.is_public(image)
    if not (for_everybody or may_have(request, image)):
        raise Http404
    try:
        response = static.serve(request, clean, document_root=settings.MEDIA_ROOT)
    except (OSError, ValueError) as error:
        raise Http404 from error
    response["Content-Type"] = kind
    response["Content-Security-Policy"] = INERT_SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    if not for_everybody:
        patch_cache_control(response, private=True, no_store=True)
    elif visibility.is_personal(image):
        patch_cache_control(response, public=True, no_cache=True)
    elif response.status_code == 200:
        # Renditions carry a hash of their file and settings in their names.
        lifetime = 31_536_000 if clean.startswith("images/") else 3_600
        patch_cache_control(response, public=True, max_age=lifetime)
    return response


def may_have(request, image) -> bool:
    """Whether this visitor may have a picture that is not public, or none that the site knows."""
    return visibility.is_open_to(image, request) if image else visibility.is_staff(request)


def image_of(path: str):
    """The image whose file or rendition lies at ``path`` of the storage, or None."""
    model = get_image_model()
    if path.startswith("images/"):
        renditions = model.renditions.rel.related_model.objects.filter(file=path)
        rendition = renditions.select_related("image").first()
        return rendition.image if rendition else None
    return model.objects.filter(file=path).first()
