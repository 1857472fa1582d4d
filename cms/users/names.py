import unicodedata

from cms.core.hygiene import clean


def normalised(name: str | None) -> str | None:
    """One name however it is written: wide letters, capitals and blanks make no other."""
    if name is None:
        return None
    return unicodedata.normalize("NFKC", clean(str(name)).strip()).casefold()[:255]
