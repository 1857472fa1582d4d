"""A gallery of pictures, and a video: from a file here, or a link that plays once it is clicked."""

import posixpath
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from ..videos import player_of
from . import RowsBlock

VIDEO, CAPTIONS = "mp4", "vtt"
MOST_PICTURES = 60


class GalleryValue(blocks.StructValue):
    @property
    def shown(self) -> list:
        """Pictures that are still in the library."""
        pictures = (picture.get("image") for picture in self.get("pictures") or ())
        return [picture for picture in pictures if picture]

    @property
    def lines(self) -> list[str]:
        """Its words, for those who read without pictures."""
        words = [getattr(picture, "contextual_alt_text", "") for picture in self.shown]
        return [line for line in (*words, self.get("caption")) if line]


class GalleryPictureBlock(blocks.StructBlock):
    """Its alternative text is asked for as a single picture's is."""

    image = ImageBlock(required=True)

    class Meta:
        icon = "image"
        label = _("Picture")


class GalleryBlock(blocks.StructBlock):
    pictures = RowsBlock(
        GalleryPictureBlock(), label=_("Pictures"), min_num=1, max_num=MOST_PICTURES
    )
    caption = blocks.CharBlock(required=False, label=_("Caption"), max_length=255)

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "blocks/gallery.html"
        value_class = GalleryValue
        description = _("Several pictures side by side, each with alternative text and credit")


class VideoValue(blocks.StructValue):
    @cached_property
    def player(self) -> str:
        return player_of(self.get("url") or "")

    @property
    def file(self) -> Any:
        return None if self.get("url") else self.get("document")

    @property
    def host(self) -> str:
        try:
            return (urlsplit(self.get("url") or "").hostname or "").removeprefix("www.")
        except ValueError:
            return ""

    @property
    def lines(self) -> list[str]:
        return [self["title"]] if self.get("title") else []


def _ending(document) -> str:
    return posixpath.splitext(document.file.name)[1].lower().lstrip(".") if document else ""


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("Title"), max_length=255, help_text=_("What the video is about, for everybody.")
    )
    url = blocks.URLBlock(
        required=False,
        label=_("Link"),
        max_length=500,
        help_text=_(
            "Of YouTube or Vimeo: the video plays here once a visitor clicks it, and nothing is "
            "asked of the service before. Any other address opens where it is."
        ),
    )
    document = DocumentChooserBlock(
        required=False, label=_("File"), help_text=_("MP4, in place of a link.")
    )
    captions = DocumentChooserBlock(
        required=False,
        label=_("Captions of the file"),
        help_text=_("A file of the type VTT. Each language can have its own."),
    )
    poster = ImageChooserBlock(
        required=False,
        label=_("Still picture"),
        help_text=_("Shown until the video plays. Without one there is a plain drawing."),
    )

    def clean(self, value) -> VideoValue:
        value, errors = super().clean(value), {}
        if bool(value.get("url")) == bool(value.get("document")):
            errors["url"] = _("Give a link or choose a file: one of the two.")
        elif value.get("url") and not value["url"].lower().startswith("https://"):
            errors["url"] = _("The link must begin with https://.")
        if value.get("document") and _ending(value["document"]) != VIDEO:
            errors["document"] = _("Choose a video of the type MP4.")
        if value.get("captions") and _ending(value["captions"]) != CAPTIONS:
            errors["captions"] = _("Choose captions of the type VTT.")
        elif value.get("captions") and not value.get("document"):
            errors["captions"] = _("Captions go with a file; a linked video has its own.")
        if errors:
            raise StructBlockValidationError(
                {name: ValidationError(text) for name, text in errors.items()}
            )
        return value

    def get_searchable_content(self, value) -> list[str]:
        return value.lines

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video.html"
        value_class = VideoValue
        description = _("A video from a file or a link, with a still picture until it plays")
