"""Pictures as telephones and print shops make them, as browsers show them."""

import io

from PIL import ExifTags, Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

register_heif_opener()

QUALITY = 92
SHOWN = frozenset(("1", "L", "LA", "P", "PA", "RGB", "RGBA"))


def converted(data: bytes, extension: str) -> tuple[bytes, str]:
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


def tells_more(data: bytes) -> bool:
    """Whether a decoder finds more in a picture than its pixels, colours and orientation."""
    with Image.open(io.BytesIO(data)) as image:
        exif = set(image.getexif()) - {ExifTags.Base.Orientation}
        return bool(exif or image.info.get("xmp", b"").strip() or image.info.get("comment"))


def written_anew(data: bytes) -> bytes:
    """The first frame's pixels, upright, in the same format and without anything else."""
    with Image.open(io.BytesIO(data)) as image:
        kind = "JPEG" if image.format == "MPO" else image.format
        profile = image.info.get("icc_profile")
        upright = ImageOps.exif_transpose(image)
        upright.info = {}
        out = io.BytesIO()
        upright.save(out, kind, quality=QUALITY, icc_profile=profile, exif=b"")
        return out.getvalue()


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
