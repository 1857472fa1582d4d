"""Videos and their captions, as a project's page plays them."""

import re

from django.utils.translation import gettext as _

from ..inspection.video_metadata import boxes
from .common import ACTIVE_MARKUP, mismatch, refuse

CUE = re.compile(r"\d{2}:\d{2}(:\d{2})?\.\d{3}[ \t]+-->[ \t]+\d{2}:\d{2}")


def check_video(data: bytes) -> None:
    """Refuse what is no MP4 (ISO 14496-12), or an MP4 without its table of contents."""
    if data[4:8] != b"ftyp":
        raise mismatch("mp4", data)
    if b"moov" not in {kind for kind, _start, _end in boxes(data, 0, len(data))}:
        raise refuse(
            "video_damaged",
            _("The video is damaged or cut off. Save it anew in the program it was made with."),
        )


def check_captions(data: bytes) -> None:
    """Refuse what is no WebVTT in UTF-8, or has markup that acts."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise mismatch("vtt", data) from error
    if not re.match(r"WEBVTT(?=[ \t\n\r]|\Z)", text) or ACTIVE_MARKUP.search(text.encode()):
        raise mismatch("vtt", data)
    if not CUE.search(text):
        raise refuse("captions_empty", _("There are no captions with times in the file."))
