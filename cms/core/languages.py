"""What a reader needs to know of a language: its own name and its direction."""

from functools import lru_cache

from django.conf.locale import LANG_INFO
from django.utils import translation

# Own names that Django's LANG_INFO lacks: (own name, right to left).
_LOCAL = {
    "ku": ("Kurdî", False),
    "prs": ("دری", True),
    "se": ("davvisámegiella", False),
    "so": ("Soomaali", False),
    "ti": ("ትግርኛ", False),
}


@lru_cache
def language_name(code: str) -> str:
    """The language's own name: a reader looks for that, not for ours."""
    if code in LANG_INFO:
        return translation.get_language_info(code)["name_local"]
    return _LOCAL[code][0] if code in _LOCAL else code


@lru_cache
def language_direction(code: str) -> str:
    """``rtl`` or ``ltr``, as the ``dir`` attribute wants it."""
    if code in LANG_INFO:
        return "rtl" if translation.get_language_info(code)["bidi"] else "ltr"
    return "rtl" if _LOCAL.get(code, ("", False))[1] else "ltr"


def language_of(thing) -> str:
    """The language of a code, a locale, or anything that has a locale; empty for what has none.

    Select ``locale`` with the query: this reads it.
    """
    if isinstance(thing, str):
        return thing
    if hasattr(thing, "language_code"):
        return thing.language_code
    locale = getattr(thing, "locale", None)
    return locale.language_code if locale else ""
