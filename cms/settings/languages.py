"""The seven languages of the site, and what Django does not know about two of them.

``fi-simple`` is easy Finnish (selkosuomi; BCP 47 variant ``simple``) and falls back to ``fi``.
Django ships no Somali at all: without ``LANG_INFO`` and a catalogue, ``/so/`` is not a language.
"""

import django.conf.locale
from django.utils.translation import gettext_lazy as _

LANGUAGE_CODE = "fi"

LANGUAGES = [
    ("fi", _("Finnish")),
    ("sv", _("Swedish")),
    ("en", _("English")),
    ("ru", _("Russian")),
    ("ar", _("Arabic")),
    ("so", _("Somali")),
    ("fi-simple", _("Easy Finnish")),
]

django.conf.locale.LANG_INFO.update(
    {
        "so": {"bidi": False, "code": "so", "name": "Somali", "name_local": "Soomaali"},
        "fi-simple": {
            "bidi": False,
            "code": "fi-simple",
            "name": "Easy Finnish",
            "name_local": "selkosuomi",
        },
    }
)
