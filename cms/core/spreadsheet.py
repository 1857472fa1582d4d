"""Text for a cell of a spreadsheet: never a formula, never a character that breaks the file."""

from .hygiene import clean

# What a spreadsheet takes for a formula when it opens a CSV file, the full-width signs too.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
STARTS = ("\t", "\r", "\n")


def csv_cell(value) -> str:
    """The value as text, with an apostrophe before what would be computed."""
    text = clean("" if value is None else str(value))
    formula = text.lstrip().startswith(FORMULA) or text.startswith(STARTS)
    return f"'{text}" if formula else text
