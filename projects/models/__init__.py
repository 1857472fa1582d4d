"""The pages of this room, with the body of a project: the list, and one project.

Its facts are in ``facts`` and ``relations``, what they refer to in the modules of the registers.
A further kind of section is a line of :class:`SectionKind`, its heading in every language with it.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
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

from cms.core.blocks import FigureBlock, QuoteBlock, TextBlock
from cms.core.languages import has_words
from cms.core.models import BasePage
from cms.core.permissions import LocalisedPageManager
from cms.translation.facts.panels import FactsForm

from .facts import ProjectFactsPage, Status
from .organisations import Organisation, OrganisationKind, Person, Programme, PublicityRule
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

__all__ = [
    "FundingRole",
    "ImportRecord",
    "Joining",
    "Municipality",
    "Organisation",
    "OrganisationKind",
    "OrganisationRole",
    "Person",
    "Programme",
    "ProjectBodyBlock",
    "ProjectContact",
    "ProjectFunding",
    "ProjectIndexPage",
    "ProjectMunicipality",
    "ProjectOrganisation",
    "ProjectPage",
    "ProjectRegion",
    "ProjectTargetGroup",
    "ProjectTheme",
    "PublicityRule",
    "Region",
    "SectionBlock",
    "SectionKind",
    "Status",
    "TargetGroup",
    "Theme",
]


class SectionKind(models.TextChoices):
    """What a section tells. Kept as data: comparable across projects, headed in every language."""

    BACKGROUND = "background", _("Background")
    AIMS = "aims", _("Aims")
    MEASURES = "measures", _("Measures")
    TARGET_GROUPS = "target_groups", _("Target groups")
    RESULTS = "results", _("Results and impact")
    OUTPUTS = "outputs", _("Outputs")
    PRACTICES = "practices", _("Promising practices")
    DISSEMINATION = "dissemination", _("Dissemination and continuation")
    REMARKS = "remarks", _("Remarks")
    FREE = "free", _("Other")


HEADINGS = dict(SectionKind.choices)


class SectionValue(blocks.StructValue):
    @property
    def title(self) -> str:
        """The editor's own heading, or the kind's in the reader's language; safe on blanks."""
        heading = self.get("heading")
        if heading:
            return heading
        return str(HEADINGS.get(self.get("kind"), ""))

    @property
    def has_text(self) -> bool:
        """A section without text is kept in the form and left out of everything public."""
        text = self.get("text")
        return has_words(getattr(text, "source", text))


class SectionBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(choices=SectionKind.choices, label=_("What it tells"))
    heading = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("Own heading"),
        help_text=_("Leave empty to use the usual heading, which is already translated."),
    )
    text = TextBlock(
        required=False,
        label=_("Text"),
        help_text=_("A section without text stays here and is left out of the page."),
    )

    def get_searchable_content(self, value) -> list[str]:
        """The heading as the page shows it: the kind's name is no word of the text by itself."""
        if not value.has_text:
            return []
        text = self.child_blocks["text"].get_searchable_content(value.get("text") or "")
        return [value.title, *text] if value.title else text

    class Meta:
        icon = "doc-empty"
        label = _("Section")
        template = "blocks/section.html"
        value_class = SectionValue
        preview_value = {"kind": "aims", "heading": "", "text": "<p>Lorem ipsum dolor.</p>"}
        description = _("Background, aims, measures, results …")


class ProjectBodyBlock(blocks.StreamBlock):
    section = SectionBlock()
    figure = FigureBlock()
    quote = QuoteBlock()

    class Meta:
        required = False


class ProjectIndexPage(BasePage):
    """The list of projects with its filters."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.ProjectPage"]
    max_count_per_parent = 1
    template = "pages/project_index_page.html"

    class Meta:
        verbose_name = _("project list")
        verbose_name_plural = _("project lists")


class ProjectPageForm(FactsForm, WagtailAdminPageForm):
    """Warns of a project code that another project already has, naming the other.

    A check of the form and not of the model: copying a page or loading files must not fail on it
    (the listing shows "Code used twice" for those).
    """

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        code = (cleaned.get("code") or "").strip()
        if code and (twin := self.instance.code_twin(code, cleaned.get("programme"))):
            message = ValidationError(
                _("“%(title)s” has the code %(code)s already. Check it, or edit that project."),
                params={"title": twin.get_admin_display_title(), "code": code},
            )
            self.add_error("code", message)
        return cleaned


class ProjectPage(ProjectFactsPage, BasePage):
    """One project (hanke): its facts, its people and money, and a body of comparable sections."""

    body = StreamField(ProjectBodyBlock(), verbose_name=_("sections"), blank=True)

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

    @property
    def sharing_image(self) -> AbstractImage | None:
        image = self.facts.social_image or self.facts.image
        return image if image and not image.is_svg() else None
