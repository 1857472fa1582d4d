"""What a file gives away beside its content is taken out of it on its way in.

Position, camera and owner of a photograph, author and company of a document: nobody chose to
publish them. Pixels and pages stay as they are, byte for byte where the format lets them; only
what browsers cannot show is converted. Each format's own part is in ``inspection/*_metadata.py``.
"""

import io
import logging
import os
import re
import struct
from collections.abc import Callable
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

from .inspection import clean_bytes
from .inspection.picture_metadata import stripped
from .inspection.video_metadata import bare_video

logger = logging.getLogger(__name__)

register_heif_opener()
QUALITY = 92
SHOWN = frozenset(("1", "L", "LA", "P", "PA", "RGB", "RGBA"))
SUFFIXES = {"jfif": "jpg", "heic": "jpg", "heif": "jpg"}
# Of a drawing: who drew it, in which folder, and what the drawing program noted.
SVG_METADATA = re.compile(r"<((?:[\w-]+:)?metadata)\b(?:[^<>]*/>|[^<>]*>.*?</\1\s*>)", re.S)
SVG_PATHS = re.compile(
    r"\s(?:sodipodi:(?:docname|docbase|absref)|inkscape:export-filename)=(?:\"[^\"]*\"|'[^']*')"
)
SVG_COMMENT = re.compile(r"<!--.*?-->", re.S)


def clean_image(file: File) -> File:
    """``file`` itself where there is nothing to take out, else a new one; at its beginning.

    The new one may have another extension: what browsers cannot show is converted. A picture that
    nothing can open stays as it is; whether it may enter is for ``check_image`` to say.
    """
    return _cleaned(file, _clean_picture)


def clean_document(file: File) -> File:
    """``file`` itself where there is nothing to take out, else a new one; at its beginning."""
    return _cleaned(file, _clean_file)


def _clean_file(data: bytes, kind: str) -> tuple[bytes, str]:
    if kind == "vtt":
        return data, kind
    return bare_video(data) if kind == "mp4" else clean_bytes(data, kind), kind


def _cleaned(file: File, clean: Callable[[bytes, str], tuple[bytes, str]]) -> File:
    if getattr(file, "is_clean", False):
        return file
    stem, extension = os.path.splitext(os.path.basename(file.name))
    file.seek(0)
    data = file.read()
    file.seek(0)
    found, suffix = clean(data, extension[1:].lower())
    if found != data or suffix != extension[1:].lower():
        kind = getattr(file, "content_type", None) if found == data else None
        file = SimpleUploadedFile(f"{stem}.{suffix}", found, content_type=kind)
    file.is_clean = True
    return file


def _clean_picture(data: bytes, extension: str) -> tuple[bytes, str]:
    if extension == "svg":
        return _bare_drawing(data), extension
    try:
        data, extension = _converted(data, extension)
        return _bare(data), SUFFIXES.get(extension, extension)
    except Exception:
        # Decoders raise nearly anything on broken input.
        logger.info("A picture (.%s) could not be cleaned.", extension)
        return data, extension


def _bare_drawing(data: bytes) -> bytes:
    """Without metadata, comments and paths; untouched where text may only look like them."""
    if b"<![CDATA[" in data:
        return data
    try:
        text = SVG_METADATA.sub("", SVG_COMMENT.sub("", data.decode("utf-8")))
        found = SVG_PATHS.sub("", text).encode()
        ElementTree.fromstring(found, forbid_dtd=False)
    except (UnicodeDecodeError, ParseError, DefusedXmlException, ValueError):
        return data
    return found


def _converted(data: bytes, extension: str) -> tuple[bytes, str]:
    """The picture and its extension: HEIC becomes JPEG, other colours become sRGB, 8 bits each.

    All else comes back untouched. Whatever is written anew here stands upright.
    """
    with Image.open(io.BytesIO(data)) as image:
        is_heif = image.format in {"HEIF", "HEIC"}
        if not is_heif and image.mode in SHOWN:
            return data, extension
        upright = ImageOps.exif_transpose(image)
        profile = image.info.get("icc_profile")
        if upright.mode not in SHOWN:
            upright, profile = _shown(upright, profile), None
        out = io.BytesIO()
        if is_heif or image.format in {"JPEG", "MPO"}:
            if "A" in upright.mode:
                white = Image.new("RGBA", upright.size, "white")
                upright = Image.alpha_composite(white, upright.convert("RGBA"))
            if upright.mode != "L":
                upright = upright.convert("RGB")
            upright.save(out, "JPEG", quality=QUALITY, icc_profile=profile)
            return out.getvalue(), "jpg" if is_heif else extension
        upright.save(out, image.format, icc_profile=profile)
        return out.getvalue(), extension


def _shown(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In sRGB, through the picture's own profile if it fits; greys of 16 or 32 bits in 8."""
    if image.mode.startswith(("I", "F")):
        high = image.convert("F").getextrema()[1]
        wide = image.mode.startswith("I;16") or high > 255
        scale = 255 / 65535 if wide and high <= 65535 else 255 / (high or 1) if wide else 1
        return image.convert("F").point(lambda value: value * scale).convert("L")
    if profile:
        try:
            return ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (ImageCms.PyCMSError, OSError):
            pass
    return image.convert("RGB")


def _bare(data: bytes) -> bytes:
    """Stripped; written anew where the file is built so oddly that something stays in it."""
    try:
        found = stripped(data)
        # Whether a decoder finds more in it than its pixels, colours and orientation.
        with Image.open(io.BytesIO(found)) as image:
            exif = set(image.getexif()) - {ExifTags.Base.Orientation}
            if not (exif or image.info.get("xmp", b"").strip() or image.info.get("comment")):
                return found
    except (IndexError, ValueError, struct.error):
        pass
    return stripped(_written_anew(data))


def _written_anew(data: bytes) -> bytes:
    """The first frame's pixels, upright, in the same format and without anything else."""
    with Image.open(io.BytesIO(data)) as image:
        kind = "JPEG" if image.format == "MPO" else image.format
        profile = image.info.get("icc_profile")
        upright = ImageOps.exif_transpose(image)
        upright.info = {}
        out = io.BytesIO()
        upright.save(out, kind, quality=QUALITY, icc_profile=profile, exif=b"")
        return out.getvalue()
