"""The facts of a project: the fields, what must agree among them, and where editors fill them in.

A further fact is a field here, named in ``fact_fields`` and put among the panels: the public side
(:class:`projects.public.Facts`), project files (once ``schema.json`` allows it) and open data take
it from here.
"""

from datetime import date
from functools import cached_property
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from cms.core.models import picture_key
from cms.core.presenters import presenter_of
from cms.translation.facts import FactsPage
from cms.translation.facts.panels import FactsPanel
from cms.translation.facts.records import PASS_ON_OR_NULL

from .details import FundersDetails
from .doubles import OnceRowsPanel
from .organisations import Programme

NOT_STATED = "none"


class Status(models.TextChoices):
    """Computed from the dates, never typed."""

    UPCOMING = "upcoming", _("Upcoming")
    RUNNING = "running", _("Running")
    ENDED = "ended", _("Ended")

    @classmethod
    def of(cls, start: date | None, end: date | None, today: date | None = None) -> "Status | None":
        """The status on ``today``; ``None`` where dates do not tell. ``end`` is the last of all."""
        today = today or timezone.localdate()
        if end and end < today:
            return cls.ENDED
        if start:
            return cls.UPCOMING if start > today else cls.RUNNING
        return cls.RUNNING if end else None


class DatePrecision(models.TextChoices):
    """How exactly the period is known; dates are stored as first and last days all the same."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


class ProjectFactsPage(FundersDetails, FactsPage):
    """A page that carries the facts of a project, or shows those that another language carries."""

    acronym = models.CharField(_("acronym"), max_length=60, blank=True)
    code = models.CharField(
        _("project code"), max_length=60, blank=True, help_text=_("For example S22354.")
    )
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=PASS_ON_OR_NULL,
        related_name="projects",
        help_text=_("Decides which emblem and statement the page shows."),
    )
    start_date = models.DateField(_("start"), null=True, blank=True)
    end_date = models.DateField(_("planned end"), null=True, blank=True)
    extension_end_date = models.DateField(
        _("end of extension"), null=True, blank=True, help_text=_("Only if the end was moved.")
    )
    date_precision = models.CharField(
        _("precision of the dates"),
        max_length=5,
        choices=DatePrecision.choices,
        default=DatePrecision.DAY,
    )
    realised_public_funding = models.DecimalField(
        _("realised public funding in euro"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    website = models.URLField(_("website of the project"), blank=True)
    logo = picture_key(verbose_name=_("logo of the project"))
    image = picture_key(verbose_name=_("picture"))
    own_fields = ("code", "codes")
    fact_fields = (
        "acronym",
        "code",
        "programme",
        "start_date",
        "end_date",
        "extension_end_date",
        "date_precision",
        "realised_public_funding",
        "website",
        "logo",
        "image",
        "social_image",
        *FundersDetails.detail_fields,
    )
    fact_relations = (
        "organisations",
        "funding",
        "municipalities",
        "regions",
        "themes",
        "target_groups",
        "contacts",
        *FundersDetails.detail_relations,
    )

    facts_panels = [
        FactsPanel(heading=_("Facts")),
        MultiFieldPanel(
            [
                FieldRowPanel(["acronym", "code"]),
                FieldPanel("programme"),
                *FundersDetails.identification_panels,
            ],
            heading=_("Identification"),
            help_text=_("The code is the one in the funder's decision and public record."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(["start_date", "end_date"]),
                FieldRowPanel(["extension_end_date", "date_precision"]),
            ],
            heading=_("Period"),
            help_text=_(
                "Upcoming, running or ended is worked out from these days. If only the month is "
                "known, give its first or last day and choose the precision."
            ),
        ),
        MultiFieldPanel(
            [
                OnceRowsPanel(
                    "municipalities", heading=_("Municipalities"), label=_("Municipality")
                ),
                OnceRowsPanel("regions", heading=_("Regions"), label=_("Region")),
                FundersDetails.areas_panel,
            ],
            heading=_("Places"),
            help_text=_("Where the project works. A region alone will do if it covers all of it."),
        ),
        MultiFieldPanel(
            [
                OnceRowsPanel("themes", heading=_("Themes"), label=_("Theme"), max_num=6),
                OnceRowsPanel(
                    "target_groups", heading=_("Target groups"), label=_("Target group"), max_num=8
                ),
            ],
            heading=_("Themes and target groups"),
            help_text=_("Visitors filter the project list by these."),
        ),
        *FundersDetails.programme_panels,
    ]
    people_and_money_panels = [
        OnceRowsPanel(
            "organisations",
            heading=_("Organisations"),
            label=_("Organisation"),
            help_text=_("Who leads, who carries it out, who is a partner. Funders go below."),
            max_num=60,
        ),
        MultiFieldPanel(
            [
                OnceRowsPanel("funding", heading=_("Funders"), label=_("Funder"), max_num=40),
                FieldPanel("realised_public_funding"),
                FundersDetails.amounts_panel,
            ],
            heading=_("Funding"),
            help_text=_("The statement and emblem come from the programme by themselves."),
        ),
        OnceRowsPanel(
            "contacts",
            heading=_("Contacts"),
            label=_("Contact"),
            help_text=_(
                "Give the last day if you know it: the details then leave the page by themselves."
            ),
            max_num=40,
        ),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.start_date and self.end_date and self.end_date < self.start_date:
            errors["end_date"] = _("The planned end is before the start.")
        if self.extension_end_date:
            if not self.end_date:
                errors["end_date"] = _("Give the planned end too: the extension begins after it.")
            elif self.extension_end_date <= self.end_date:
                errors["extension_end_date"] = _("The extension ends after the planned end.")
        if errors:
            raise ValidationError(errors)

    def code_twin(self, code: str, programme: Programme | None) -> Self | None:
        """Another project with this code; in another programme the same code is no clash.

        An alias is no other project, whatever its key: it shows the one that it is an alias of.
        """
        in_draft = Q(has_unpublished_changes=True, latest_revision__content__code__iexact=code)
        twins = (
            type(self)
            .objects.filter(Q(code__iexact=code) | in_draft, alias_of=None)
            .exclude(translation_key=self.translation_key)
        )
        if programme:
            twins = twins.filter(
                Q(programme=None) | Q(programme__translation_key=programme.translation_key)
            )
        return twins.first()

    @classmethod
    def plain_facts(cls) -> dict[str, models.Field]:
        """By name, the facts that are text, days or numbers: told as they are wherever all are."""
        fields = {name: cls._meta.get_field(name) for name in cls.fact_fields}
        return {name: field for name, field in fields.items() if not field.is_relation}

    @property
    def status(self) -> Status | None:
        return self.facts.status

    @cached_property
    def facts(self) -> Any:
        """In the reader's language, see :class:`projects.public.listing.ProjectFacts`."""
        return presenter_of(self).facts(self)
