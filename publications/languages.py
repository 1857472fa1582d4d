"""Languages that a publication can be in: more than the site's own."""

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

LANGUAGE_CHOICES = [
    ("fi", _("Finnish")),
    ("fi-simple", _("Easy Finnish")),
    ("sv", _("Swedish")),
    ("en", _("English")),
    ("ru", _("Russian")),
    ("ar", _("Arabic")),
    ("so", _("Somali")),
    ("sw", _("Swahili")),
    ("et", _("Estonian")),
    ("fa", _("Persian")),
    ("fr", _("French")),
    ("de", _("German")),
    ("es", _("Spanish")),
    ("ku", _("Kurdish")),
    ("prs", _("Dari")),
    ("se", _("Northern Sami")),
    ("sq", _("Albanian")),
    ("th", _("Thai")),
    ("ti", _("Tigrinya")),
    ("tr", _("Turkish")),
    ("uk", _("Ukrainian")),
    ("vi", _("Vietnamese")),
    ("zh-hans", _("Chinese")),
]

# Local names that Django's LANG_INFO lacks: (own name, right to left).
_LOCAL = {
    "ku": ("Kurdî", False),
    "prs": ("دری", True),
    "se": ("davvisámegiella", False),
    "so": ("Soomaali", False),
    "ti": ("ትግርኛ", False),
}


def language_name(code: str) -> str:
    """The language's own name: a reader looks for that, not for ours."""
    if code in LANG_INFO:
        return get_language_info(code)["name_local"]
    return _LOCAL[code][0] if code in _LOCAL else code


def language_direction(code: str) -> str:
    if code in LANG_INFO:
        return "rtl" if get_language_info(code)["bidi"] else "ltr"
    return "rtl" if _LOCAL.get(code, ("", False))[1] else "ltr"
