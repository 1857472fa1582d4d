"""Text as it comes out of files, made fit for a database and a search index."""

import re
import unicodedata

from cms.core.hygiene import clean

MAX_CHARACTERS = 2_000_000
SOFT = re.compile("[\u00ad\ufeff]")
PRESENTATION_FORMS = re.compile("[\ufb00-\ufb06\ufb1d-\ufdff\ufe70-\ufefc]+")
# A PDF places numbers and Latin names of an Arabic line one by one, and the blanks get lost.
SCRIPT_BORDER = re.compile(
    "(?<=[\u0621-\u064a])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u0621-\u064a])"
)


def tidy(text: str) -> str:
    """``text`` without control characters and soft hyphens, ligatures and Arabic presentation
    forms as letters, blanks squeezed, at most ``MAX_CHARACTERS`` long.
    """
    text = SOFT.sub("", clean(text, line_end="\n"))
    text = PRESENTATION_FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = SCRIPT_BORDER.sub(" ", text)
    text = re.sub(r"[ \t\u00a0]+", " ", text)
    text = re.sub(r" ?\n ?", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()[:MAX_CHARACTERS]
