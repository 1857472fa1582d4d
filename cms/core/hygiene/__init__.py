"""Text without what nobody can see or store. Knows no framework: workers without one use it too."""

import json
import re
from typing import Any

# Ends of lines that are no newline: vertical tab, form feed, next line, Unicode's separators.
LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17)
)
UNFIT = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{NONCHARACTERS}]")
# The same as JSON writes it in plain ASCII; a pair of surrogates is a letter, which parsing tells.
ESCAPED = re.compile(
    r"\\(?:[bf]|u(?:00(?:[01][0-9a-f]|7f|[89][0-9a-f])|202[89]|d[89a-f]|fd[de]|fffe|ffff))",
    re.IGNORECASE,
)


def clean(text: str, line_end: str = " ") -> str:
    """``text`` without control characters, noncharacters and lone surrogates.

    Tab, newline and carriage return stay. Other ends of lines become ``line_end``, so that words
    stay apart.
    """
    if text.isprintable() or not UNFIT.search(text):
        return text
    return UNFIT.sub(lambda match: line_end if match[0] in LINE_ENDS else "", text)


def one_line(text: str) -> str:
    """``text`` cleaned and on one line, as a title or the subject of a letter has to be."""
    return re.sub(r"[\r\n]+", " ", clean(text))


def clean_all(value) -> Any:
    """``value`` with every text in it clean: in lists, dicts, and in JSON kept as text."""
    if isinstance(value, str):
        return _clean_json(clean(value))
    if isinstance(value, dict):
        return {clean_all(name): clean_all(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(clean_all, value)) if type(value) in (list, tuple) else value
    return value


def _clean_json(text: str) -> str:
    """JSON hides the characters behind escapes, in revisions even JSON within JSON."""
    if text[:1] not in ("[", "{", '"') or not ESCAPED.search(text):
        return text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    cleaned = clean_all(value)
    return text if cleaned == value else json.dumps(cleaned)


# What a spreadsheet takes for a formula when it opens a CSV file, the full-width signs too.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
STARTS = ("\t", "\r", "\n")


def csv_cell(value) -> str:
    """The value as text, with an apostrophe before what would be computed."""
    text = clean("" if value is None else str(value))
    formula = text.lstrip().startswith(FORMULA) or text.startswith(STARTS)
    return f"'{text}" if formula else text
