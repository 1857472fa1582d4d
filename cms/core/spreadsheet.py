"""Text for a cell of a spreadsheet: never a formula, never a character that breaks the file."""

import re

# What a spreadsheet takes for a formula when it opens a CSV file, the full-width signs too.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
STARTS = ("\t", "\r", "\n")
# XML of a workbook cannot hold these; a CSV reader stumbles over some.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def readable(text: str) -> str:
    return UNREADABLE.sub(" ", text)


def csv_cell(value) -> str:
    """The value as text, with an apostrophe before what would be computed."""
    text = readable("" if value is None else str(value))
    formula = text.lstrip().startswith(FORMULA) or text.startswith(STARTS)
    return f"'{text}" if formula else text
