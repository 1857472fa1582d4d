"""Help with one string, fetched when somebody begins to write: earlier translations of like texts.

A fragment for script; a page of its own without.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail_localize.models import StringSegment

from cms.core.languages import language_direction

from .. import memory, policy
from ..strings.checks import place_at
from ..strings.wording import marked
from . import address, open_translations, target_of, why_closed
from .rows import Row


class Suggestion:
    """A match as the panel shows it: what differs in its source is marked."""

    def __init__(self, match: memory.Match, row: Row, number: int) -> None:
        self.match, self.number = match, number
        self.text = row.readable(match.text)
        self.source: SafeString | str = ""
        if match.likeness < 100:
            self.source = marked(match.source, row.segment.string.data)[0]


@never_cache
def string_help(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponse:
    translation = get_object_or_404(open_translations(), pk=translation_id)
    instance = target_of(translation)
    if not policy.may_see(request.user, translation):
        raise PermissionDenied(_("You may not translate into this language."))
    strings = StringSegment.objects.select_related("string", "context", "source__locale")
    segment = get_object_or_404(strings, pk=string_segment_id, source=translation.source_id)
    row = Row(segment, place_at(segment.context, segment.source))
    row.label = " · ".join(row.place.names) or segment.context.path
    codes = translation.source.locale.language_code, translation.target_locale.language_code
    source, target = ({"code": code, "dir": language_direction(code)} for code in codes)
    found = memory.matches(request.user, translation, segment)
    context = {
        "suggestions": [Suggestion(one, row, number) for number, one in enumerate(found, start=1)],
        "row": row,
        "source": source,
        "target": target,
        "closed": why_closed(request.user, translation, instance),
        "translation": translation,
    }
    if request.headers.get("Accept") == "text/fragment":
        return render(request, "translation/editor/help.html", context)
    context |= {
        "header_title": _("Earlier translations"),
        "page_subtitle": str(instance),
        "back": address(translation, row=row),
    }
    return render(request, "translation/editor/help_page.html", context)


urlpatterns = [
    path(
        "edit/<int:translation_id>/strings/<int:string_segment_id>/help/",
        string_help,
        name="help",
    ),
]
