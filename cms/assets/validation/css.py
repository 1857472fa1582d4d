"""References in the style sheets and style attributes of an SVG file."""

import re

COMMENT = re.compile(r"/\*.*?(\*/|$)", re.S)
ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})[ \t\n\r\f]?|\\(.)", re.S)
URL = re.compile(r"url\s*\(\s*[\"']?\s*([^\"')]*)", re.I)
FORBIDDEN = re.compile(
    r"@import|@namespace|expression\s*\(|-moz-binding|behaviou?r\s*:|image-set\s*\(|src\s*\(",
    re.I,
)
INLINE_DATA = re.compile(r"data:(image/(png|jpe?g|gif|webp)|font/|application/(x-)?font-)", re.I)


def unescape(css: str) -> str:
    """``css`` without comments, and with escapes such as ``\\75rl(`` resolved as a browser does."""

    def character(match: re.Match) -> str:
        if match[1] is None:
            return match[2]
        code = int(match[1], 16)
        return chr(code) if 0 < code < 0x110000 else "\ufffd"

    return ESCAPE.sub(character, COMMENT.sub("", css))


def reaches_outside(css: str) -> bool:
    """Whether a browser would fetch something for this CSS, or run it."""
    plain = unescape(css)
    if FORBIDDEN.search(plain):
        return True
    return any(
        target.strip() and not target.strip().startswith("#") and not INLINE_DATA.match(target)
        for target in URL.findall(plain)
    )
