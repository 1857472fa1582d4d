"""Languages that a publication can be in: more than the site's own."""

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
