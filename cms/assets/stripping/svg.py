"""SVG: who drew it, in which folder, and what the drawing program noted."""

import re

METADATA = re.compile(r"<((?:[\w-]+:)?metadata)\b(?:[^<>]*/>|[^<>]*>.*?</\1\s*>)", re.S)
PATHS = re.compile(
    r"\s(?:sodipodi:(?:docname|docbase|absref)|inkscape:export-filename)=(?:\"[^\"]*\"|'[^']*')"
)
COMMENT = re.compile(r"<!--.*?-->", re.S)


def stripped_svg(data: bytes) -> bytes:
    """``data`` without metadata, comments and paths; untouched where text may only look like it."""
    text = data.decode("utf-8")
    if "<![CDATA[" in text:
        return data
    return PATHS.sub("", METADATA.sub("", COMMENT.sub("", text))).encode()
