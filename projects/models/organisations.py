"""Who runs and who pays: organisations with the people who work in them, funding programmes."""

from datetime import date
from typing import Self
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from cms.core.models import picture_key
from cms.core.written import read_business_id
from cms.translation.facts.records import PASS_ON_OR_NULL

from .identifiers import validate_business_id, validate_other_ids
from .records import NamedRecord, PreviewedRecord


class OrganisationKind(models.TextChoices):
    ASSOCIATION = "association", _("Association")
    MUNICIPALITY = "municipality", _("Municipality")
    AUTHORITY = "authority", _("Public authority")
    FUND = "fund", _("Fund")
    FOUNDATION = "foundation", _("Foundation")
    SCHOOL = "school", _("School or university")
    COMPANY = "company", _("Company")
    OTHER = "other", _("Other")


class Organisation(NamedRecord):
    """Funder, lead, implementer, partner or member: one record; roles live on the relation."""

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
    other_ids = models.CharField(
        _("identifiers elsewhere"),
        max_length=255,
        blank=True,
        validators=[validate_other_ids],
        help_text=_("Of other registers, as org-id.guide writes them: SE-ON-5560000000."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    street_address = models.CharField(_("postal address"), max_length=255, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    logo = picture_key(verbose_name=_("logo"))

    search_fields = [
        *NamedRecord.search_fields,
        index.FilterField("kind"),
        index.FilterField("is_member"),
    ]

    class Meta(NamedRecord.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def clean_fields(self, exclude=None) -> None:
        self.business_id = read_business_id(self.business_id)
        super().clean_fields(exclude)

    @property
    def postal_address(self) -> str:
        town = f"{self.postal_code} {self.city}".strip()
        return ", ".join(part for part in (self.street_address, town) if part)


class PersonQuerySet(models.QuerySet):
    def public(self, today: date | None = None) -> Self:
        """People whose details may be shown on ``today`` (a date in the site's time zone)."""
        return self.exclude(public_until__lt=today or timezone.localdate())


def photographs_of_expired_people(day: date) -> set[int]:
    """Pictures of people whose last public day has passed on ``day``, by primary key."""
    people = Person.objects.filter(public_until__lt=day).exclude(photo=None)
    return set(people.values_list("photo", flat=True))


class Person(PreviewedRecord):
    """A staff contact. Personal data: all of it is gone the day after ``public_until``."""

    name = models.CharField(_("name"), max_length=255)
    title = models.CharField(_("job title"), max_length=255, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=PASS_ON_OR_NULL,
        related_name="people",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    photo = picture_key(verbose_name=_("photograph"))
    public_until = models.DateField(
        _("public until"),
        null=True,
        blank=True,
        help_text=_("The last day on which the details are shown anywhere on the site."),
    )
    show_on_contacts_page = models.BooleanField(_("show on the contacts page"), default=True)

    objects = PersonQuerySet.as_manager()

    words = ("title",)
    search_fields = [
        *PreviewedRecord.search_fields,
        index.SearchField("title"),
        index.FilterField("public_until"),
    ]

    class Meta(PreviewedRecord.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    @property
    def is_public(self) -> bool:
        return self.public_until is None or self.public_until >= timezone.localdate()


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
    ESF_PLUS = "esf-plus", _("European Social Fund Plus")
    ERDF = "erdf", _("European Regional Development Fund")
    AMIF = "amif", _("Asylum, Migration and Integration Fund")
    EAFRD = "eafrd", _("European Agricultural Fund for Rural Development")
    JTF = "jtf", _("Just Transition Fund")
    INTERREG = "interreg", _("Interreg")
    ERASMUS = "erasmus", _("Erasmus+")
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
