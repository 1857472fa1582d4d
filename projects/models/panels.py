"""The editor of a project page: what goes where, in the order in which staff know it."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)

from cms.translation.fact_panels import FactRowsPanel, FactsForm, FactsPanel

content_panels = [
    TitleFieldPanel("title", help_text=_("The name by which people know the project.")),
    FieldPanel("lead"),
    FieldPanel(
        "body",
        help_text=_(
            "One block for each section. Choose what it tells: the heading then comes by itself, "
            "in every language."
        ),
    ),
    MultiFieldPanel(
        [
            FieldPanel("logo", help_text=_("The project's own logo, if it has one. SVG or PNG.")),
            FieldPanel("image", help_text=_("A picture of what the project does.")),
            FieldPanel("website"),
        ],
        heading=_("Look and links"),
    ),
]

facts_panels = [
    FactsPanel(heading=_("Facts")),
    MultiFieldPanel(
        [FieldRowPanel(["acronym", "code"]), FieldPanel("programme")],
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
            FactRowsPanel("municipalities", heading=_("Municipalities"), label=_("Municipality")),
            FactRowsPanel("regions", heading=_("Regions"), label=_("Region")),
        ],
        heading=_("Places"),
        help_text=_("Where the project works. A region alone will do if it covers all of it."),
    ),
    MultiFieldPanel(
        [
            FactRowsPanel("themes", heading=_("Themes"), label=_("Theme"), max_num=6),
            FactRowsPanel(
                "target_groups", heading=_("Target groups"), label=_("Target group"), max_num=8
            ),
        ],
        heading=_("Themes and target groups"),
        help_text=_("Visitors filter the project list by these."),
    ),
]

people_and_money_panels = [
    FactRowsPanel(
        "organisations",
        heading=_("Organisations"),
        label=_("Organisation"),
        help_text=_("Who leads, who carries it out, who is a partner. Funders go below."),
        max_num=60,
    ),
    MultiFieldPanel(
        [
            FactRowsPanel("funding", heading=_("Funders"), label=_("Funder"), max_num=40),
            FieldPanel("realised_public_funding"),
        ],
        heading=_("Funding"),
        help_text=_("The statement and emblem come from the programme by themselves."),
    ),
    FactRowsPanel(
        "contacts",
        heading=_("Contacts"),
        label=_("Contact"),
        help_text=_(
            "Give the last day if you know it: the details then leave the page by themselves."
        ),
        max_num=40,
    ),
]


class ProjectPageForm(FactsForm, WagtailAdminPageForm):
    """Warns of a project code that another project already has, naming the other.

    A check of the form and not of the model: copying a page or loading files must not fail on it
    (the listing shows "Code used twice" for those).
    """

    def clean(self):
        cleaned = super().clean()
        code = (cleaned.get("code") or "").strip()
        if code and (twin := self.instance.code_twin(code, cleaned.get("programme"))):
            self.add_error(
                "code",
                _("“%(title)s” has the code %(code)s already. Check it, or edit that project.")
                % {"title": twin.get_admin_display_title(), "code": code},
            )
        return cleaned


def edit_handler(page_class) -> TabbedInterface:
    return TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(facts_panels, heading=_("Facts")),
            ObjectList(people_and_money_panels, heading=_("People and money")),
            ObjectList(page_class.promote_panels, heading=_("Promote")),
            ObjectList(page_class.settings_panels, heading=_("Settings")),
        ],
        base_form_class=ProjectPageForm,
    )
