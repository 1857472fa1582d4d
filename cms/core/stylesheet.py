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

from coloraide import Color
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

FOLDER = settings.BASE_DIR / "cms" / "static" / "css"
SHEETS = (
    "base",
    "layout",
    "header",
    "components",
    "lists",
    "content",
    "projects",
    "pictures",
    "news",
    "media",
    "search",
    "asking",
)

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


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    return Color(one).contrast(other)


def mix(one: str, other: str, share: float) -> str:
    """``share`` (0 to 1) of ``one`` in ``other``, mixed in OKLab."""
    return _as_hex(Color(other).mix(one, share, space="oklab"))


def legible_on(colour: str, grounds: tuple[str, ...], least: float = TEXT_CONTRAST) -> str:
    """The nearest lightness of ``colour`` whose contrast with each ground is at least ``least``."""
    light, a, b = Color(colour).convert("oklab")[:-1]
    step = 0.01 if max(Color(ground).luminance() for ground in grounds) < 0.18 else -0.01
    while min(contrast(colour, ground) for ground in grounds) < least:
        light = min(1.0, max(0.0, light + step))
        # Colour fades towards white and black, or the hue would leave what a screen can show.
        fade = 1 - min(1.0, max(0.0, (light - 0.8) / 0.2)) if step > 0 else 1.0
        colour = _as_hex(Color("oklab", [light, a * fade, b * fade]))
    return colour


def _as_hex(colour: Color) -> str:
    return colour.convert("srgb").to_string(hex=True, fit="clip")


@dataclass(frozen=True)
class Palette:
    accent: str
    strong: str
    soft: str
    on_accent: str


@lru_cache(maxsize=64)
def light_palette(colour: str) -> Palette:
    accent = legible_on(colour, (*LIGHT_GROUNDS, WHITE))
    soft = mix(accent, LIGHT_GROUNDS[0], 0.1)
    accent = legible_on(accent, (*LIGHT_GROUNDS, WHITE, soft))
    return Palette(accent, mix(accent, "#000000", 0.72), soft, WHITE)


@lru_cache(maxsize=64)
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
