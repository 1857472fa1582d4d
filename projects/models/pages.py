from datetime import date
from functools import cached_property

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from cms.core.models import BasePage, picture_key
from cms.core.presenters import presenter_of
from cms.core.querysets import LocalisedPageManager
from cms.translation.facts import FactsPage
from cms.translation.records import PASS_ON_OR_NULL

from . import panels
from .blocks import ProjectBodyBlock
from .programmes import Programme
from .status import Status


class DatePrecision(models.TextChoices):
    """How exactly the period is known; dates are stored as first and last days all the same."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


class ProjectIndexPage(BasePage):
    """The list of projects with its filters."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.ProjectPage"]
    max_count_per_parent = 1
    template = "pages/project_index_page.html"

    class Meta:
        verbose_name = _("project list")
        verbose_name_plural = _("project lists")


class ProjectPage(FactsPage, BasePage):
    """One project (hanke): its facts, its people and money, and a body of comparable sections."""

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
    body = StreamField(ProjectBodyBlock(), verbose_name=_("sections"), blank=True)

    objects = LocalisedPageManager()

    edit_handler = panels.edit_handler(BasePage)
    parent_page_types = ["projects.ProjectIndexPage"]
    subpage_types = []
    own_fields = ("code",)
    template = "pages/project_page.html"

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
    )
    fact_relations = (
        "organisations",
        "funding",
        "municipalities",
        "regions",
        "themes",
        "target_groups",
        "contacts",
    )
    translatable_fields = [
        *(
            TranslatableField(name)
            for name in ("title", "seo_title", "search_description", "lead", "body")
        ),
        *BasePage.override_translatable_fields,
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("acronym"),
        index.SearchField("code"),
        index.AutocompleteField("acronym"),
        index.AutocompleteField("code"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

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

    def code_twin(self, code: str, programme: Programme | None) -> "ProjectPage | None":
        """Another project with this code; in another programme the same code is no clash.

        An alias is no other project, whatever its key: it shows the one that it is an alias of.
        """
        twins = ProjectPage.objects.filter(code__iexact=code, alias_of=None).exclude(
            translation_key=self.translation_key
        )
        if programme:
            twins = twins.filter(
                Q(programme=None) | Q(programme__translation_key=programme.translation_key)
            )
        return twins.first()

    @property
    def last_day(self) -> date | None:
        return self.extension_end_date or self.end_date

    @property
    def status(self) -> Status | None:
        return self.facts.status

    @property
    def sharing_image(self):
        image = self.facts.social_image or self.facts.image
        return image if image and not image.is_svg() else None

    @cached_property
    def facts(self):
        """Of the project, in the reader's language: :class:`projects.public.cards.ProjectFacts`."""
        return presenter_of(self).facts(self)
