import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms.core.colour import accent_fault
from cms.core.models import picture_key

ACCENT = re.compile(r"#[0-9a-fA-F]{6}")
DEFAULT_ACCENT = "#1d5c56"
OPTIONAL = {"null": True, "blank": True, "on_delete": models.SET_NULL, "related_name": "+"}


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """What an association changes to make the site its own."""

    select_related = ["logo", "accessibility_page", "privacy_page"]

    association_name = models.CharField(_("name of the association"), max_length=255, blank=True)
    logo = picture_key(verbose_name=_("logo"))
    accent_colour = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#1d5c56",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Give the colour as #rrggbb."))],
        help_text=_("Links and buttons. White text on it must be readable (contrast 4.5 : 1)."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    postal_address = models.CharField(_("postal address"), max_length=255, blank=True)
    business_id = models.CharField(_("business ID"), max_length=20, blank=True)
    accessibility_page = models.ForeignKey(
        "home.ContentPage", verbose_name=_("accessibility statement"), **OPTIONAL
    )
    privacy_page = models.ForeignKey(
        "home.ContentPage", verbose_name=_("privacy notice"), **OPTIONAL
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("association_name"), FieldPanel("logo"), FieldPanel("accent_colour")],
            heading=_("Look"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("email"),
                FieldPanel("phone"),
                FieldPanel("postal_address"),
                FieldPanel("business_id"),
            ],
            heading=_("Contact details"),
        ),
        MultiFieldPanel(
            [FieldPanel("accessibility_page"), FieldPanel("privacy_page")],
            heading=_("Pages required by law"),
        ),
    ]

    class Meta:
        verbose_name = _("association and look")

    def clean(self) -> None:
        """Refuse an accent colour that links and buttons could not be read in."""
        super().clean()
        colour = self.accent_colour
        if not ACCENT.fullmatch(colour or ""):
            return
        worst = accent_fault(colour)
        if worst is not None:
            raise ValidationError(
                {
                    "accent_colour": _(
                        "The contrast of this colour with white or with the page’s background is "
                        "%(contrast)s : 1. It must be at least 4.5 : 1: choose a darker colour."
                    )
                    % {"contrast": floatformat(worst, 1)}
                }
            )

    @property
    def theme_colour(self) -> str:
        """The accent colour as six hexadecimal digits; empty where the default look is meant."""
        colour = (self.accent_colour or "").lower()
        if not ACCENT.fullmatch(colour) or colour == DEFAULT_ACCENT:
            return ""
        return colour[1:]
