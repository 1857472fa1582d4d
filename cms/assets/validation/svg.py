"""SVG is a document that can run script: only a still drawing that stands alone is accepted."""

import base64
import binascii
import io
import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, ParseError

import willow
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .common import describe, mismatch, refuse
from .svg_shape import check_shape

SVG = "http://www.w3.org/2000/svg"
MAX_SIDE = 200_000
MAX_BYTES = 2 * 1024 * 1024
PUBLIC_DOCTYPE = re.compile(
    r"<!DOCTYPE\s+svg\s+PUBLIC\s+([\"'])-//W3C//DTD SVG [^\"'>]+\1\s+"
    r"([\"'])https?://www\.w3\.org/[^\"'>]*\2\s*>"
)
ENCODING = re.compile(r"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)[\"']")
FOREIGN = re.compile(r"\{http://www\.w3\.org/(1999/xhtml|1998/Math/MathML|2001/XInclude)")
ACTIVE = frozenset(
    [
        *("script", "handler", "listener", "foreignobject", "iframe", "embed", "object"),
        *("audio", "video", "canvas", "html"),
    ]
)
ANIMATION = frozenset(
    ["animate", "animatecolor", "animatemotion", "animatetransform", "set", "discard"]
)
RASTER_DATA = re.compile(r"data:image/(png|jpeg|jpg|gif|webp);base64,(.*)", re.I | re.S)
SCRIPT_URL = re.compile(r"(javascript|vbscript|livescript):|data:(text|application)/", re.I)
CSS_COMMENT = re.compile(r"/\*.*?(\*/|$)", re.S)
CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})[ \t\n\r\f]?|\\(.)", re.S)
CSS_URL = re.compile(r"url\s*\(\s*[\"']?\s*([^\"')]*)", re.I)
CSS_FORBIDDEN = re.compile(
    r"@import|@namespace|expression\s*\(|-moz-binding|behaviou?r\s*:|image-set\s*\(|src\s*\(",
    re.I,
)
INLINE_DATA = re.compile(r"data:(image/(png|jpe?g|gif|webp)|font/|application/(x-)?font-)", re.I)
PictureCheck = Callable[[bytes, str], None]


def check_svg(data: bytes, check_picture: PictureCheck) -> None:
    """Refuse SVG that could run script, fetch anything, or exhaust who draws it.

    The only references that are let through are to parts of the same drawing (``#id``) and to
    pictures inside it (``data:`` PNG, JPEG, GIF or WebP), which ``check_picture`` refuses by
    their bytes and extension as if they were uploads.
    """
    if len(data) > MAX_BYTES:
        raise refuse(
            "svg_too_large",
            _("The drawing is over 2 MB. Simplify it, or save it as PNG."),
        )
    root = _parse(data)
    if root.tag != f"{{{SVG}}}svg":
        raise mismatch("svg", data)
    for element in root.iter():
        _check_element(element, check_picture)
    check_shape(root)
    try:
        width, height = willow.Image.open(io.BytesIO(data)).get_size()
    except Exception as error:
        # Willow raises its own and Python's errors on sizes it cannot read.
        raise refuse(
            "svg_size",
            _("The size of the drawing cannot be read. Give it a width and a height in pixels."),
        ) from error
    # A drawing is drawn as large as the page wants it: only its proportions are looked at.
    if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE):
        raise refuse("svg_size", _("The size of the drawing makes no sense. Save it anew."))


def _parse(data: bytes) -> Element:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if describe(data):
            raise mismatch("svg", data) from error
        raise refuse(
            "svg_encoding", _("The drawing is not in UTF-8. Save it anew as plain SVG.")
        ) from error
    declared = ENCODING.match(text.lstrip())
    other = declared and declared[1].lower() not in {"utf-8", "utf8", "us-ascii", "ascii"}
    if other or text.startswith("\ufeff"):  # Willow does not see a drawing behind a mark.
        raise refuse("svg_encoding", _("The drawing is not in UTF-8. Save it anew as plain SVG."))
    if "<!DOCTYPE" in PUBLIC_DOCTYPE.sub("", text, count=1) or "<!ENTITY" in text:
        raise refuse(
            "svg_entities",
            _("The drawing defines entities or a document type. Save it anew as plain SVG."),
        )
    if "<?xml-stylesheet" in text:
        raise _outside("xml-stylesheet")
    try:
        return ElementTree.fromstring(
            text.lstrip(), forbid_dtd=False, forbid_entities=True, forbid_external=True
        )
    except (ParseError, DefusedXmlException, ValueError) as error:
        if describe(data) and b"<svg" not in data[:8192]:
            raise mismatch("svg", data) from error
        raise refuse(
            "svg_damaged",
            _("The drawing is damaged: it is not well-formed SVG. Save it anew as plain SVG."),
        ) from error


def _check_element(element: Element, check_picture: PictureCheck) -> None:
    if not isinstance(element.tag, str):
        return
    name = element.tag.rpartition("}")[2].lower()
    if name in ACTIVE or FOREIGN.match(element.tag):
        raise refuse(
            "svg_active",
            _(
                "The drawing contains <%(name)s>, which can run script or show other pages. "
                "Save it anew as plain SVG."
            ),
            name=name,
        )
    if name in ANIMATION:
        raise refuse(
            "svg_animation",
            _("The drawing is animated (<%(name)s>). Save it as a still drawing."),
            name=name,
        )
    if name == "style" and _reaches_outside("".join(element.itertext())):
        raise _outside("style")
    for key, value in element.attrib.items():
        _check_attribute(name, key.rpartition("}")[2].lower(), value, check_picture)


def _check_attribute(element: str, name: str, value: str, check_picture: PictureCheck) -> None:
    if name.startswith("on"):
        raise refuse(
            "svg_active",
            _(
                "The drawing has an event handler (%(name)s), which can run script. "
                "Save it anew as plain SVG."
            ),
            name=name,
        )
    squeezed = re.sub(r"[\x00-\x20]+", "", value)
    if SCRIPT_URL.search(squeezed):
        raise _outside(name)
    if name in {"href", "src", "base"} and squeezed and not squeezed.startswith("#"):
        if element == "image" and name == "href" and (match := RASTER_DATA.match(squeezed)):
            _check_inner_picture(match[1].lower(), match[2], check_picture)
        else:
            raise _outside(name)
    elif _reaches_outside(value):
        raise _outside(name)


def _check_inner_picture(kind: str, encoded: str, check_picture: PictureCheck) -> None:
    try:
        check_picture(base64.b64decode(encoded), "jpeg" if kind == "jpg" else kind)
    except binascii.Error as error:
        raise refuse(
            "svg_damaged", _("A picture inside the drawing is damaged. Save the drawing anew.")
        ) from error
    except ValidationError as error:
        raise refuse(
            "svg_inner_picture",
            _("A picture inside the drawing is refused: %(reason)s"),
            reason=error.messages[0],
        ) from error


def _outside(name: str) -> ValidationError:
    return refuse(
        "svg_reference",
        _(
            "The drawing refers to something outside itself (%(name)s). "
            "Embed pictures and fonts, remove links and save it anew as plain SVG."
        ),
        name=name,
    )


def _reaches_outside(css: str) -> bool:
    """Whether a browser would fetch something for this CSS, or run it."""
    plain = CSS_ESCAPE.sub(_unescaped, CSS_COMMENT.sub("", css))
    if CSS_FORBIDDEN.search(plain):
        return True
    return any(
        target.strip() and not target.strip().startswith("#") and not INLINE_DATA.match(target)
        for target in CSS_URL.findall(plain)
    )


def _unescaped(match: re.Match) -> str:
    """The character that an escape such as the one in ``\\75rl(`` is to a browser."""
    if match[1] is None:
        return match[2]
    code = int(match[1], 16)
    return chr(code) if 0 < code < 0x110000 else "\ufffd"
