"""Raster pictures: the bytes match the name, decode whole, and stay within the limits."""

import io
import re
import warnings
import zipfile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image
from pillow_heif import register_heif_opener

from cms.core.formatting import number

from .common import ACTIVE_MARKUP, mismatch, refuse

register_heif_opener()
PILLOW_FORMATS = {
    "avif": ("AVIF",),
    "gif": ("GIF",),
    "heic": ("HEIF",),
    "heif": ("HEIF",),
    "jfif": ("JPEG", "MPO"),
    "jpeg": ("JPEG", "MPO"),
    "jpg": ("JPEG", "MPO"),
    "png": ("PNG",),
    "webp": ("WEBP",),
}
# The beginning of a Windows program, with what its linker writes there, and of a Unix one.
PROGRAM = re.compile(
    rb"MZ.{38,600}?This program (cannot|must) be run|\x7fELF[\x01\x02][\x01\x02]\x01", re.S
)
MAX_FRAMES = 200
MAX_SIDE = 30_000


def check_raster(data: bytes, extension: str) -> None:
    """Check the bytes of a picture that is named ``.extension``.

    The size in the header is compared with the limit before any pixel is decoded: half a
    megabyte of PNG can unpack to gigabytes.
    """
    formats = PILLOW_FORMATS[extension]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=formats) as image:
                check_pixels(*image.size, frames=1)
                # The second image of an MPO is the phone's depth map or preview, not a frame.
                frames = 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
                check_pixels(*image.size, frames=frames)
                image.verify()
            check_hidden_content(data)
            with Image.open(io.BytesIO(data), formats=formats) as image:
                for frame in range(frames):
                    image.seek(frame)
                    image.load()
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Image.UnidentifiedImageError as error:
        raise mismatch(extension, data) from error
    except Exception as error:
        # Decoders raise nearly anything on broken input (OSError, SyntaxError, struct.error …).
        raise refuse(
            "image_damaged",
            _(
                "The picture is damaged and cannot be opened. "
                "Open it in a picture editor and save it anew."
            ),
        ) from error


def check_pixels(width: int, height: int, frames: int) -> None:
    """Refuse a picture whose sides, frames or pixels over all frames pass the limits."""
    maximum = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    if width < 1 or height < 1:
        raise refuse("image_damaged", _("The picture has no width or no height. Save it anew."))
    if frames > MAX_FRAMES:
        raise refuse(
            "image_frames",
            _("The animation has %(frames)s frames. At most %(maximum)s are accepted."),
            frames=number(frames),
            maximum=MAX_FRAMES,
        )
    if max(width, height) > MAX_SIDE or width * height * frames > maximum:
        raise _too_many_pixels(width, height, frames)


def check_hidden_content(data: bytes) -> None:
    """Refuse a picture that is at the same time an archive, a program, a PDF or a web page."""
    if (
        b"%PDF-" in data[:1024]
        or ACTIVE_MARKUP.search(data)
        or PROGRAM.search(data)
        or zipfile.is_zipfile(io.BytesIO(data))
    ):
        raise refuse(
            "image_hidden_content",
            _(
                "Another file is hidden in the picture. "
                "Open it in a picture editor and export it without extra data."
            ),
        )


def _too_many_pixels(width: int = 0, height: int = 0, frames: int = 1) -> ValidationError:
    maximum = number(settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000)
    if not width:
        return refuse(
            "image_pixels",
            _(
                "The picture has too many pixels. At most %(maximum)s million are accepted: "
                "make it smaller."
            ),
            maximum=maximum,
        )
    if frames > 1:
        return refuse(
            "image_pixels",
            _(
                "The animation is %(width)s × %(height)s pixels in %(frames)s frames. "
                "At most %(maximum)s million pixels are accepted in all: make it smaller."
            ),
            width=width,
            height=height,
            frames=frames,
            maximum=maximum,
        )
    return refuse(
        "image_pixels",
        _(
            "The picture is %(width)s × %(height)s pixels. "
            "At most %(maximum)s million pixels are accepted: make it smaller."
        ),
        width=width,
        height=height,
        maximum=maximum,
    )
