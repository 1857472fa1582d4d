"""The checks beside a string: of what is being typed, and what somebody says of a finding.

Nothing of a string is saved here; what was typed and not saved yet comes back with the page.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail_localize.models import StringSegment, Translation

from .. import policy, quality
from ..quality import dismissing
from ..strings.checks import MOST_CHARACTERS, clean_translation, place_at
from . import address, common, open_translations, show, target_of, why_closed
from .rows import Row
from .sheet import Sheet


def _segment(request: HttpRequest, translation: Translation, pk: int) -> StringSegment:
    if not policy.may_translate(request.user, translation):
        raise PermissionDenied(_("You may not translate into this language."))
    rows = StringSegment.objects.select_related("string", "context", "source__locale")
    return get_object_or_404(rows, pk=pk, source=translation.source_id)


@never_cache
@require_POST
def check(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponse:
    """A fragment for script: what is wrong with a text that is not saved yet."""
    translation = get_object_or_404(open_translations(), pk=translation_id)
    target_of(translation)
    segment = _segment(request, translation, string_segment_id)
    row = Row(segment, place_at(segment.context, segment.source))
    text = row.storable(request.POST.get("value", "")[: MOST_CHARACTERS + 1])
    found = _findings(translation, segment, text) if text.strip() else []
    return render(request, "translation/editor/typed_findings.html", {"found": found})


def _findings(translation: Translation, segment: StringSegment, text: str) -> list[quality.Finding]:
    refused = []
    try:
        clean_translation(segment, text)
    except ValidationError as fault:
        refused = [quality.Finding("refused", " ".join(fault.messages), blocks=True)]
    languages = translation.source.locale.language_code, translation.target_locale.language_code
    found = quality.findings(segment.string.data, text, *languages)
    key = segment.string_id, segment.context_id
    dismissed = dismissing.dismissals(translation).get(key, [])
    shown = dismissing.beside(found, dismissed)
    return [*refused, *(s.finding for s in shown if not s.dismissal and not s.finding.blocks)]


@never_cache
@require_POST
def dismiss(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponse:
    """Say why a finding of the saved text is no fault, or take that back."""
    translation = get_object_or_404(open_translations(), pk=translation_id)
    instance = target_of(translation)
    segment = _segment(request, translation, string_segment_id)
    if closed := why_closed(request.user, translation, instance):
        raise PermissionDenied(closed)
    sheet = Sheet(translation)
    row, fault = sheet.row(segment), ""
    try:
        _decide(request, translation, segment, row)
    except ValidationError as error:
        fault = " ".join(error.messages)
    sheet = Sheet(translation, has_offers=True)
    row = sheet.row(segment)
    if fault:
        asked = request.POST.get("finding", "")
        row.fault_of_reason = fault
        row.reason_typed = asked, request.POST.get(f"reason-{asked}", "")
    status = 400 if fault else 200
    if request.headers.get("Accept") == "text/fragment":
        context = {**common(translation, instance, sheet, "", "all"), "row": row}
        return render(request, "translation/editor/findings.html", context, status=status)
    typed = request.POST.get("value")
    if fault or (typed is not None and row.storable(typed) != row.storable(row.text)):
        row.typed = typed
        return show(request, translation, instance, sheet, status)
    messages.success(request, _("Saved."))
    return redirect(address(translation, row=row))


def _decide(request: HttpRequest, translation: Translation, segment, row: Row) -> None:
    asked = request.POST.get("finding", "")
    found = next((one for one in row.findings if one.key == asked), None)
    if found is None:
        raise ValidationError(_("The checks find this no more."))
    if found.dismissal:
        found.dismissal.delete()
    else:
        reason = request.POST.get(f"reason-{asked}", "")
        dismissing.dismiss(request.user, translation, segment, found.finding, reason)


_STRING = "edit/<int:translation_id>/strings/<int:string_segment_id>"
urlpatterns = [
    path(f"{_STRING}/check/", check, name="check"),
    path(f"{_STRING}/dismiss/", dismiss, name="dismiss"),
]
