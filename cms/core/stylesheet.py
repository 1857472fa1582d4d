"""One style sheet, put together from the plain files in ``cms/static/css``.

There is no build step: the files are read as they are, in the order below, and the address carries
a hash of their content and the association's accent colour, so that a browser may keep the answer
for ever. One request instead of ten is what a slow phone notices.

The accent colour is made legible on light and dark ground: contrast and relative luminance as
WCAG 2.2 defines them; lightness is moved in OKLab (Björn Ottosson, 2020), which keeps the hue, so
that the dark variant is still the association's colour. Colours are ``#rrggbb`` strings.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

FOLDER = settings.BASE_DIR / "cms" / "static" / "css"
SHEETS = ("base", "layout", "header", "components", "lists", "content", "projects", "search")

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\n\s*")


def _sheets() -> tuple[str, str, str]:
    """Tokens (which the theme follows), everything else, and the hash of it all."""
    tokens, *shown, printed = (
        _SPACE.sub("\n", _COMMENT.sub("", path.read_text())) if path.exists() else ""
        for path in (FOLDER / f"{name}.css" for name in ("tokens", *SHEETS, "print"))
    )
    rest = "".join(shown) + "@media print {" + printed + "}"
    theme = (settings.BASE_DIR / "cms" / "templates" / "theme.css").read_text()
    colours = repr(light_palette("#3366cc")) + repr(dark_palette("#3366cc"))
    version = hashlib.sha256((tokens + rest + theme + colours).encode()).hexdigest()[:12]
    return tokens, rest, version


_cached_sheets = lru_cache(maxsize=1)(_sheets)


def sheets() -> tuple[str, str, str]:
    return _sheets() if settings.DEBUG else _cached_sheets()


def stylesheet_url(colour: str = "") -> str:
    """``colour`` is six hexadecimal digits; empty for the default accent."""
    version = sheets()[2]
    return reverse("stylesheet", kwargs={"version": version, "colour": colour or "default"})


@require_safe
def stylesheet(request, version: str, colour: str) -> HttpResponse:
    """An address of an earlier version still gets today's styles, but is not kept for ever."""
    tokens, rest, current = sheets()
    theme = ""
    if colour != "default":
        palettes = {"light": light_palette(f"#{colour}"), "dark": dark_palette(f"#{colour}")}
        theme = render_to_string("theme.css", palettes)
    response = HttpResponse(tokens + theme + rest, content_type="text/css; charset=utf-8")
    if version == current:
        patch_cache_control(response, public=True, max_age=31_536_000, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=300)
    return response


WHITE = "#ffffff"
# The neutrals of static/css/tokens.css that words in the accent colour are set on.
LIGHT_GROUNDS = ("#faf6ef", "#fffdf9", "#f1eadf")
DARK_GROUNDS = ("#191613", "#23201b", "#2d2923")
DARK_INK = "#12100d"
TEXT_CONTRAST = 4.5


def _channels(colour: str) -> tuple[float, float, float]:
    """Linear-light sRGB channels, 0 to 1."""
    values = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return tuple(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)


def _hex(channels) -> str:
    out = "#"
    for value in channels:
        value = min(1.0, max(0.0, value))
        value = value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
        out += f"{round(value * 255):02x}"
    return out


def luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _to_oklab(colour: str) -> tuple[float, float, float]:
    r, g, b = _channels(colour)
    l_ = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    m_ = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    s_ = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * l_ + 0.7936177850 * m_ - 0.0040720468 * s_,
        1.9779984951 * l_ - 2.4285922050 * m_ + 0.4505937099 * s_,
        0.0259040371 * l_ + 0.7827717662 * m_ - 0.8086757660 * s_,
    )


def _from_oklab(light: float, a: float, b: float) -> str:
    l_ = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m_ = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s_ = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return _hex(
        (
            4.0767416621 * l_ - 3.3077115913 * m_ + 0.2309699292 * s_,
            -1.2684380046 * l_ + 2.6097574011 * m_ - 0.3413193965 * s_,
            -0.0041960863 * l_ - 0.7034186147 * m_ + 1.7076147010 * s_,
        )
    )


def mix(one: str, other: str, share: float) -> str:
    """``share`` (0 to 1) of ``one`` in ``other``, mixed in OKLab."""
    pairs = zip(_to_oklab(one), _to_oklab(other), strict=True)
    return _from_oklab(*(share * x + (1 - share) * y for x, y in pairs))


def legible_on(colour: str, grounds: tuple[str, ...], least: float = TEXT_CONTRAST) -> str:
    """The nearest lightness of ``colour`` whose contrast with each ground is at least ``least``."""
    light, a, b = _to_oklab(colour)
    step = 0.01 if max(luminance(ground) for ground in grounds) < 0.18 else -0.01
    while min(contrast(colour, ground) for ground in grounds) < least:
        light = min(1.0, max(0.0, light + step))
        # Colour fades towards white and black, or the hue would leave what a screen can show.
        fade = 1 - min(1.0, max(0.0, (light - 0.8) / 0.2)) if step > 0 else 1.0
        colour = _from_oklab(light, a * fade, b * fade)
    return colour


@dataclass(frozen=True)
class Palette:
    accent: str
    strong: str
    soft: str
    on_accent: str


def light_palette(colour: str) -> Palette:
    accent = legible_on(colour, (*LIGHT_GROUNDS, WHITE))
    soft = mix(accent, LIGHT_GROUNDS[0], 0.1)
    accent = legible_on(accent, (*LIGHT_GROUNDS, WHITE, soft))
    return Palette(accent, mix(accent, "#000000", 0.72), soft, WHITE)


def dark_palette(colour: str) -> Palette:
    soft = mix(colour, DARK_GROUNDS[1], 0.22)
    accent = legible_on(colour, (*DARK_GROUNDS, soft), 6.0)
    return Palette(accent, mix(accent, WHITE, 0.62), soft, DARK_INK)


def accent_fault(colour: str) -> float | None:
    """The contrast that is too low for the accent colour on light ground, or ``None`` if none is.

    White words on the colour (buttons), and words in it on the page's ground (links).
    """
    worst = min(contrast(colour, ground) for ground in (WHITE, *LIGHT_GROUNDS[:2]))
    return worst if worst < TEXT_CONTRAST else None
