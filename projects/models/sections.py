"""The body of a project: sections that are comparable across projects, figures and quotations.

A further kind of section is a line of :class:`SectionKind`, its heading in every language with it.
"""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.blocks import FigureBlock, QuoteBlock, TextBlock
from cms.core.blocks.media import GalleryBlock, VideoBlock
from cms.core.blocks.numbers import NumbersBlock
from cms.core.languages import has_words


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
    gallery = GalleryBlock()
    video = VideoBlock()
    numbers = NumbersBlock()

    class Meta:
        required = False


def kinds_told(body: Iterable[dict]) -> str:
    """Of the stored blocks of a body, the kinds of its sections with text, a space between each."""
    values = [block.get("value") or {} for block in body if block.get("type") == "section"]
    return " ".join(
        dict.fromkeys(each.get("kind", "") for each in values if has_words(each.get("text")))
    )


def tells_numbers(body: Iterable[dict]) -> bool:
    """Whether a stored body has a block of numbers."""
    return any(block.get("type") == "numbers" for block in body)
