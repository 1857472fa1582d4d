"""One style sheet, put together from the plain files in ``cms/static/css``.

There is no build step: the files are read as they are, in the order below, and the address carries
a hash of their content and the association's accent colour, so that a browser may keep the answer
for ever. One request instead of ten is what a slow phone notices.
"""

import hashlib
import re
from functools import lru_cache

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from .colour import dark_palette, light_palette

FOLDER = settings.BASE_DIR / "cms" / "static" / "css"
SHEETS = ("base", "layout", "header", "components", "lists", "content", "projects", "search")

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\n\s*")


def _read(name: str) -> str:
    path = FOLDER / f"{name}.css"
    return _SPACE.sub("\n", _COMMENT.sub("", path.read_text())) if path.exists() else ""


def _sheets() -> tuple[str, str, str]:
    """Tokens (which the theme follows), everything else, and the hash of it all."""
    tokens = _read("tokens")
    rest = "".join(map(_read, SHEETS)) + "@media print {" + _read("print") + "}"
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
def stylesheet(request, version: str, colour: str):
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
