"""Pictures as telephones and print shops make them, as browsers show them."""

import io

from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

register_heif_opener()

QUALITY = 92
SHOWN = frozenset(("1", "L", "LA", "P", "PA", "RGB", "RGBA"))


def converted(data: bytes, extension: str) -> tuple[bytes, str]:
    """The picture and its extension: HEIC becomes JPEG, other colours become sRGB, 8 bits each.

    All else comes back untouched. Whatever is written anew here stands upright.
    """
    if extension == "svg":
        return data, extension
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
        low, high = image.convert("F").getextrema()
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
