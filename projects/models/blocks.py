from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.blocks import FigureBlock, QuoteBlock, TextBlock


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


class SectionValue(blocks.StructValue):
    @property
    def title(self) -> str:
        """The editor's own heading, or the kind's in the reader's language; safe on blanks."""
        heading = self.get("heading")
        if heading:
            return heading
        kind = self.get("kind")
        return str(SectionKind(kind).label) if kind in SectionKind.values else ""


class SectionBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(choices=SectionKind.choices, label=_("What it tells"))
    heading = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("Own heading"),
        help_text=_("Leave empty to use the usual heading, which is already translated."),
    )
    text = TextBlock(label=_("Text"))

    def get_searchable_content(self, value) -> list[str]:
        """The heading as the page shows it: the kind's name is no word of the text by itself."""
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
