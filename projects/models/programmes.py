"""Funding programmes, and what their rules ask of a public page."""

from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from cms.core.models import picture_key

from .records import NamedRecord


def validate_record_url(value: str) -> None:
    """A pattern for public records needs one ``{code}`` and an https address."""
    if value.count("{code}") != 1 or not value.startswith("https://"):
        raise ValidationError(_("Give an https address with {code} where the project code goes."))


class PublicityRule(models.TextChoices):
    """What the funding period requires on a public page (see ``projects/public/publicity.py``)."""

    NONE = "none", _("No emblem; own statement if given below")
    EU_2014 = "eu-2014", _("EU 2014–2020: emblem with “European Union” and the name of the fund")
    EU_2021_FUNDED = "eu-2021-funded", _("EU 2021–2027: emblem with “Funded by the European Union”")
    EU_2021_COFUNDED = (
        "eu-2021-cofunded",
        _("EU 2021–2027: emblem with “Co-funded by the European Union”"),
    )


class Fund(models.TextChoices):
    ESF = "esf", _("European Social Fund")
    ERDF = "erdf", _("European Regional Development Fund")
    AMIF = "amif", _("Asylum, Migration and Integration Fund")
    EAFRD = "eafrd", _("European Agricultural Fund for Rural Development")
    NONE = "", _("No EU fund")


class Programme(NamedRecord):
    """A funding programme of one period. Emblem and statement hang on it, not on the project."""

    period_start = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    period_end = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    fund = models.CharField(
        _("EU fund"), max_length=10, choices=Fund.choices, blank=True, default=""
    )
    publicity = models.CharField(
        _("required publicity"),
        max_length=20,
        choices=PublicityRule.choices,
        default=PublicityRule.NONE,
        help_text=_("The emblem and statement are drawn by the site and can't be edited."),
    )
    own_statement = models.CharField(
        _("statement"),
        max_length=255,
        blank=True,
        help_text=_("For programmes without an EU emblem, for example of a state grant."),
    )
    national_logo = picture_key(
        verbose_name=_("national logo"),
        help_text=_("Shown beside the emblem, as programmes of 2014–2020 require."),
    )
    record_url_pattern = models.CharField(
        _("address of the public record"),
        max_length=255,
        blank=True,
        validators=[validate_record_url],
        help_text=_("With {code} where the project code goes."),
    )

    words = (*NamedRecord.words, "own_statement")
    search_fields = [*NamedRecord.search_fields, index.FilterField("publicity")]

    class Meta(NamedRecord.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.period_start and self.period_end and self.period_end < self.period_start:
            errors["period_end"] = _("The last year is before the first.")
        if self.publicity == PublicityRule.EU_2014 and not self.fund:
            errors["fund"] = _("The emblem of 2014–2020 names the fund: choose it.")
        if self.publicity == PublicityRule.EU_2014 and (self.period_start or 0) >= 2021:
            errors["publicity"] = _("This rule is for programmes of 2014–2020.")
        if self.publicity.startswith("eu-2021") and 0 < (self.period_end or 0) <= 2020:
            errors["publicity"] = _("This rule is for programmes of 2021–2027.")
        if errors:
            raise ValidationError(errors)

    def record_url(self, code: str) -> str:
        """The public record of the project with this code, or an empty string."""
        if not (code and self.record_url_pattern):
            return ""
        return self.record_url_pattern.replace("{code}", quote(code, safe=""))
