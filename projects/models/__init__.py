"""The pages of this room, with the body of a project: the list, and one project.

Its facts are in ``facts``, ``details`` and ``relations``, its words in ``sections``, what facts
refer to in the modules of the registers.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from cms.core.models import BasePage
from cms.core.permissions import LocalisedPageManager
from cms.core.rough_dates import roughest, take_rough_dates
from cms.core.written import read_code
from cms.translation.facts.panels import FactsForm

from .addresses import RecordAddress
from .details import LinkKind, ProjectArea, ProjectCode, ProjectLink
from .facts import ProjectFactsPage, Status
from .members import MemberDraft, MemberGroup
from .organisations import Organisation, OrganisationKind, Person, Programme, PublicityRule
from .own import OwnProjectForm
from .records import ImportRecord, Joining, Municipality, Region, TargetGroup, Theme
from .relations import (
    FundingRole,
    OrganisationRole,
    ProjectContact,
    ProjectFunding,
    ProjectMunicipality,
    ProjectOrganisation,
    ProjectRegion,
    ProjectTargetGroup,
    ProjectTheme,
)
from .sections import (
    HEADINGS,
    ProjectBodyBlock,
    SectionBlock,
    SectionKind,
    SectionValue,
    kinds_told,
    tells_numbers,
)
from .sums import AmountKind, AmountSource, ProjectAmount, sum_faults

__all__ = [
    "HEADINGS",
    "AmountKind",
    "AmountSource",
    "FundingRole",
    "ImportRecord",
    "Joining",
    "LinkKind",
    "MemberDraft",
    "MemberGroup",
    "Municipality",
    "Organisation",
    "OrganisationKind",
    "OrganisationRole",
    "Person",
    "Programme",
    "ProjectAmount",
    "ProjectArea",
    "ProjectBodyBlock",
    "ProjectCode",
    "ProjectContact",
    "ProjectFunding",
    "ProjectIndexPage",
    "ProjectLink",
    "ProjectMunicipality",
    "ProjectOrganisation",
    "ProjectPage",
    "ProjectRegion",
    "ProjectTargetGroup",
    "ProjectTheme",
    "PublicityRule",
    "RecordAddress",
    "Region",
    "SectionBlock",
    "SectionKind",
    "SectionValue",
    "Status",
    "TargetGroup",
    "Theme",
    "sum_faults",
]


class ProjectIndexPage(BasePage):
    """The list of projects with its filters."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.ProjectPage"]
    max_count_per_parent = 1
    template = "pages/project_index_page.html"

    class Meta:
        verbose_name = _("project list")
        verbose_name_plural = _("project lists")


PERIOD = {"start_date": False, "end_date": True, "extension_end_date": True}
"""The days of a form that may be rough; whether each is a last one."""


class ProjectPageForm(OwnProjectForm, FactsForm, WagtailAdminPageForm):
    """Warns of a project code that another project already has, naming the other.

    A check of the form and not of the model: copying a page or loading files must not fail on it
    (the listing shows "Code used twice" for those).
    """

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        take_rough_dates(self, **PERIOD)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (precision := roughest(self, PERIOD)) != "day":
            cleaned["date_precision"] = precision
        code = cleaned["code"] = read_code(cleaned.get("code") or "")
        if code and (twin := self.instance.code_twin(code, cleaned.get("programme"))):
            self.add_error("code", self.twin_error(twin, code))
        self._check_sums()
        return cleaned

    def _check_sums(self) -> None:
        """Parts of a sum are never more than the whole; said at the row of the whole."""
        formset = self.formsets.get("amounts")
        rows = [form for form in formset.forms if _is_kept(form)] if formset else []
        values = [
            tuple(form.cleaned_data.get(name) for name in ("kind", "source", "year", "amount"))
            for form in rows
        ]
        for place, message in sum_faults(values):
            rows[place].add_error("amount", message)
            self.add_error(None, message)


def _is_kept(form) -> bool:
    return form.is_valid() and form.cleaned_data and not form.cleaned_data.get("DELETE")


class ProjectPage(ProjectFactsPage, BasePage):
    """One project (hanke): its facts, its people and money, and a body of comparable sections."""

    body = StreamField(ProjectBodyBlock(), verbose_name=_("sections"), blank=True)
    # Worked out at each save, so that five thousand bodies need not be read to count what is told.
    sections_told = models.CharField(max_length=255, blank=True, default="", editable=False)
    tells_numbers = models.BooleanField(default=False, editable=False, db_index=True)

    objects = LocalisedPageManager()

    parent_page_types = ["projects.ProjectIndexPage"]
    subpage_types = []
    template = "pages/project_page.html"
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
    content_panels = [
        TitleFieldPanel("title", help_text=_("The name by which people know the project.")),
        FieldPanel("lead"),
        FieldPanel(
            "body",
            help_text=_(
                "One block for each section. Choose what it tells: the heading then comes by "
                "itself, in every language."
            ),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "logo", help_text=_("The project's own logo, if it has one. SVG or PNG.")
                ),
                FieldPanel("image", help_text=_("A picture of what the project does.")),
                FieldPanel("website"),
            ],
            heading=_("Look and links"),
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(ProjectFactsPage.facts_panels, heading=_("Facts")),
            ObjectList(ProjectFactsPage.people_and_money_panels, heading=_("People and money")),
            ObjectList(BasePage.promote_panels, heading=_("Promote")),
            ObjectList(BasePage.settings_panels, heading=_("Settings")),
        ],
        base_form_class=ProjectPageForm,
    )

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def save(self, *args, **kwargs) -> None:
        if "body" not in self.get_deferred_fields():
            stored = self.body.get_prep_value()
            self.sections_told = kinds_told(stored)
            self.tells_numbers = tells_numbers(stored)
        super().save(*args, **kwargs)

    @property
    def sharing_image(self) -> AbstractImage | None:
        image = self.facts.social_image or self.facts.image
        return image if image and not image.is_svg() else None
