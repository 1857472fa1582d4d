import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.core.blocks import BodyBlock
from cms.core.models import BasePage, picture_key
from cms.core.permissions import LocalisedPageQuerySet
from cms.core.presenters import absolute, organisation_id
from cms.core.stylesheet import accent_fault

__all__ = ["ContactsPage", "ContentPage", "HomePage", "SiteSettings"]


class HomePage(BasePage):
    """The front page: what the association is, a search field, current projects, publications."""

    body = StreamField(BodyBlock(), verbose_name=_("about the association"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    parent_page_types = ["wagtailcore.Page"]
    template = "pages/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def structured_data(self, request) -> dict:
        return {
            "@type": "WebSite",
            "@id": absolute(request, "/#site"),
            "name": self.title,
            "description": self.meta_description,
            "url": absolute(request, self.get_url(request)),
            "inLanguage": self.locale.language_code,
            "publisher": {"@id": organisation_id(request)},
        }


class ContentPage(BasePage):
    """Running text: about the association, accessibility statement, privacy notice."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]
    template = "pages/content_page.html"

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

    def get_context(self, request, *args, **kwargs) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        subpages = LocalisedPageQuerySet(Page).child_of(self).visible()
        context["subpages"] = subpages.order_by("path") if self.numchild else []
        return context


class ContactsPage(BasePage):
    """Everyone whose contact details are public now, in one place."""

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1
    template = "pages/contacts_page.html"

    class Meta:
        verbose_name = _("contacts page")
        verbose_name_plural = _("contacts pages")

    def structured_data(self, request) -> dict:
        return {**super().structured_data(request), "@type": "ContactPage"}


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
