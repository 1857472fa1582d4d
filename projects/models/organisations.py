from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from cms.core.models import picture_key
from cms.translation.records import FactsRecord

from ..validators import validate_business_id
from .previews import RecordPreview


class OrganisationKind(models.TextChoices):
    ASSOCIATION = "association", _("Association")
    MUNICIPALITY = "municipality", _("Municipality")
    AUTHORITY = "authority", _("Public authority")
    FUND = "fund", _("Fund")
    FOUNDATION = "foundation", _("Foundation")
    SCHOOL = "school", _("School or university")
    COMPANY = "company", _("Company")
    OTHER = "other", _("Other")


class Organisation(RecordPreview, FactsRecord):
    """Funder, lead, implementer, partner or member: one record; roles live on the relation."""

    name = models.CharField(_("name"), max_length=255)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=OrganisationKind.choices,
        default=OrganisationKind.ASSOCIATION,
    )
    is_member = models.BooleanField(_("member association"), default=False)
    business_id = models.CharField(
        _("business ID"),
        max_length=9,
        blank=True,
        validators=[validate_business_id],
        help_text=_("For example 1234567-1."),
    )
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    street_address = models.CharField(_("postal address"), max_length=255, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    logo = picture_key(verbose_name=_("logo"))

    words = ("name", "short_name")
    search_fields = [
        *FactsRecord.search_fields,
        index.SearchField("short_name"),
        index.AutocompleteField("short_name"),
        index.FilterField("kind"),
        index.FilterField("is_member"),
    ]

    class Meta(FactsRecord.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    @property
    def postal_address(self) -> str:
        town = f"{self.postal_code} {self.city}".strip()
        return ", ".join(part for part in (self.street_address, town) if part)
