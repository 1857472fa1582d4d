"""Children of the page that carries a project's facts."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from cms.core.lists import LongSelect
from cms.translation.facts.records import PASS_ON_OR_CASCADE

from .organisations import Organisation, Person
from .records import Municipality, Region, TargetGroup, Theme
from .sums import AmountKind


class OrganisationRole(models.TextChoices):
    LEAD = "lead", _("Lead organisation")
    IMPLEMENTER = "implementer", _("Implementer")
    PARTNER = "partner", _("Partner")
    PARTNER_MUNICIPALITY = "partner_municipality", _("Partner municipality")
    MEMBER = "member", _("Member association")


class FundingRole(models.TextChoices):
    MAIN = "main", _("Main funder")
    CO_FUNDER = "co_funder", _("Co-funder")
    OWN_SHARE = "own_share", _("Own contribution")
    AUTHORITY = "authority", _("Granting authority")


class ProjectOrganisation(Orderable):
    page = ParentalKey(
        "projects.ProjectPage", on_delete=models.CASCADE, related_name="organisations"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=PASS_ON_OR_CASCADE,
        related_name="project_roles",
    )
    role = models.CharField(
        _("role"),
        max_length=24,
        choices=OrganisationRole.choices,
        default=OrganisationRole.IMPLEMENTER,
    )
    start_date = models.DateField(_("from"), null=True, blank=True)
    end_date = models.DateField(
        _("until"), null=True, blank=True, help_text=_("Only if it is not in all of the project.")
    )

    panels = [
        FieldPanel("organisation"),
        FieldPanel("role"),
        FieldRowPanel(["start_date", "end_date"]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def clean(self) -> None:
        super().clean()
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": _("The last day is before the first.")})


class ProjectFunding(Orderable):
    """One funder's part. ``amount`` is in euro and null where it is not known."""

    page = ParentalKey("projects.ProjectPage", on_delete=models.CASCADE, related_name="funding")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("funder"),
        on_delete=PASS_ON_OR_CASCADE,
        related_name="project_funding",
    )
    role = models.CharField(
        _("role"), max_length=12, choices=FundingRole.choices, default=FundingRole.MAIN
    )
    amount = models.DecimalField(
        _("amount in euro"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Leave empty if it is not known."),
    )
    kind = models.CharField(
        _("kind of the amount"), max_length=10, choices=AmountKind.choices, blank=True, default=""
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1950), MaxValueValidator(2200)],
        help_text=_("Empty where it is of the whole project."),
    )

    panels = [
        FieldRowPanel(["organisation", "role"]),
        FieldRowPanel(["amount", "kind", "year"]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("funding")
        verbose_name_plural = _("funding")


class ProjectMunicipality(Orderable):
    page = ParentalKey(
        "projects.ProjectPage", on_delete=models.CASCADE, related_name="municipalities"
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        on_delete=models.PROTECT,
        related_name="project_places",
    )

    panels = [FieldPanel("municipality", widget=LongSelect)]

    class Meta(Orderable.Meta):
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")


class ProjectRegion(Orderable):
    page = ParentalKey("projects.ProjectPage", on_delete=models.CASCADE, related_name="regions")
    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="project_places"
    )

    panels = [FieldPanel("region")]

    class Meta(Orderable.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class ProjectTheme(Orderable):
    page = ParentalKey("projects.ProjectPage", on_delete=models.CASCADE, related_name="themes")
    theme = models.ForeignKey(
        Theme, verbose_name=_("theme"), on_delete=PASS_ON_OR_CASCADE, related_name="project_themes"
    )

    panels = [FieldPanel("theme")]

    class Meta(Orderable.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class ProjectTargetGroup(Orderable):
    page = ParentalKey(
        "projects.ProjectPage", on_delete=models.CASCADE, related_name="target_groups"
    )
    target_group = models.ForeignKey(
        TargetGroup,
        verbose_name=_("target group"),
        on_delete=PASS_ON_OR_CASCADE,
        related_name="project_target_groups",
    )

    panels = [FieldPanel("target_group")]

    class Meta(Orderable.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")


class ProjectContactQuerySet(models.QuerySet):
    def public(self, today: date | None = None) -> Self:
        """Contacts that may be shown on ``today``: neither the role nor the person has expired."""
        today = today or timezone.localdate()
        return self.exclude(public_until__lt=today).exclude(person__public_until__lt=today)


class ProjectContact(Orderable):
    page = ParentalKey("projects.ProjectPage", on_delete=models.CASCADE, related_name="contacts")
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        on_delete=PASS_ON_OR_CASCADE,
        related_name="project_contacts",
    )
    public_until = models.DateField(
        _("public until"),
        null=True,
        blank=True,
        help_text=_("The last day on this page. The person's own last day counts as well."),
    )

    objects = ProjectContactQuerySet.as_manager()

    panels = [FieldPanel("person"), FieldPanel("public_until")]

    class Meta(Orderable.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
