"""Blocks shared by every room. Rooms subclass :class:`BodyBlock` or use its parts."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

__all__ = [
    "BodyBlock",
    "DocumentBlock",
    "FigureBlock",
    "HeadingBlock",
    "QuoteBlock",
    "RowsBlock",
    "TextBlock",
]


class TextBlock(blocks.RichTextBlock):
    """Running text. No pictures inside: their alt text would never reach a translator."""

    FEATURES = ["bold", "italic", "h3", "h4", "ol", "ul", "link", "document-link"]

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("features", self.FEATURES)
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.Field:
        """The editor takes no name from its label: Wagtail 8.0 points that at a hidden input.

        Delete once it gives the editor ``aria-labelledby``.
        """
        field = super().field
        field.widget.options["ariaLabel"] = self.label
        return field

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/text.html"
        preview_value = "<p>Lorem ipsum dolor sit amet, <b>consectetur</b> adipiscing elit.</p>"
        description = _("Paragraphs, lists and links")


class HeadingBlock(blocks.CharBlock):
    def __init__(self, **kwargs) -> None:
        """A block of one field has a heading but no label (Wagtail 8.0): delete once it has."""
        super().__init__(**kwargs)
        self.field.widget.attrs["aria-label"] = self.meta.label

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        preview_value = "Lorem ipsum"
        description = _("A heading between parts of the page")


class RowsBlock(blocks.ListBlock):
    """A list that is empty where a draft, a file or an old version has none: Wagtail's fails."""

    def to_python(self, value) -> blocks.list_block.ListValue:
        return super().to_python(value or [])

    def bulk_to_python(self, values) -> list:
        return super().bulk_to_python([value or [] for value in values])


class FigureBlock(blocks.StructBlock):
    """A picture with alt text and caption. ``ImageBlock`` must not sit deeper than this."""

    image = ImageBlock(required=True)
    caption = blocks.CharBlock(required=False, label=_("Caption"), max_length=255)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/figure.html"
        description = _("A picture with alternative text and a caption")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(required=False, label=_("Source"), max_length=255)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"
        preview_value = {"text": "Lorem ipsum dolor sit amet.", "source": "Lorem"}
        description = _("Somebody's words and who said them")


class DocumentBlock(DocumentChooserBlock):
    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "blocks/document.html"
        description = _("A file to download")


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    text = TextBlock()
    figure = FigureBlock()
    quote = QuoteBlock()
    document = DocumentBlock()

    class Meta:
        required = False
