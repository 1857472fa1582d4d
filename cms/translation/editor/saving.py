"""Saving what was typed, one string at a time; a file is looked at first.

Whatever goes wrong, what was typed comes back with a sentence. That holds after the session has
ended too, so the address of a save asks by itself who is there.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.defaults import page_not_found
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail_localize.models import OverridableSegment, StringSegment, Translation
from wagtail_localize.views.edit_translation import (
    SegmentOverrideSerializer,
    StringTranslationSerializer,
)

from .. import policy, strings
from ..exchange import kinds, planning
from ..exchange import pages as files
from ..models import Work
from ..strings.checks import place_at
from . import (
    REMOVE,
    address,
    common,
    next_turns,
    open_translations,
    progress_of,
    show,
    target_of,
    why_closed,
)
from .overrides import remove_override, require_word, save_override
from .rows import ALL, FILTERS, Row
from .sheet import Sheet

CONFIRM, NEXT = "confirm", "next"
"""What a form of a string may ask for beside saving and removing."""


def is_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


class Token(CsrfViewMiddleware):
    """Says what is wrong with a form's token instead of answering by itself."""

    def _reject(self, request, reason) -> str:
        return reason


@never_cache
@csrf_exempt
def save(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponse:
    """One string's form. Signing in anew changes the token, so that the form is old by then."""
    if request.method != "POST":
        return redirect("translation:edit", translation_id)
    if not request.user.is_authenticated:
        return keep(request, 401, _("Your session has ended: sign in again, then save once more."))
    token = Token(lambda request: None)
    token.process_request(request)
    if token.process_view(request, None, (), {}):
        return keep(request, 403, _("You have signed in since this form was opened: save again."))
    try:
        return save_signed_in(request, translation_id, string_segment_id)
    except Http404 as missing:
        # As Wagtail answers at its own addresses, among which this one is not.
        return page_not_found(request, missing, template_name="wagtailadmin/404.html")


def keep(request: HttpRequest, status: int, sentence: str, editor: str = "") -> HttpResponse:
    """What was typed, on a page of its own that sends it again; with ``editor``, leads there."""
    sign_in = reverse("wagtailadmin_login") if status == 401 else ""
    if is_script(request):
        return JsonResponse({"detail": sentence, "sign_in": sign_in}, status=status)
    context = {"sentence": sentence, "sign_in": sign_in, "editor": editor, "typed": request.POST}
    return render(request, "translation/editor/keep.html", context, status=status)


@require_admin_access
def save_signed_in(
    request: HttpRequest, translation_id: int, string_segment_id: int
) -> HttpResponse:
    translation = get_object_or_404(open_translations(), pk=translation_id)
    instance = target_of(translation)
    if not policy.may_translate(request.user, translation):
        return keep(request, 403, _("You may not translate into this language."))
    strings_now = StringSegment.objects.select_related("string", "context", "source")
    segment = strings_now.filter(pk=string_segment_id, source=translation.source_id).first()
    if segment is None:
        sentence = _("The source has changed: this string is not there. Copy what you typed first.")
        return keep(request, 409, sentence, address(translation))
    closed = why_closed(request.user, translation, instance)
    status, fault = (403, closed) if closed else act(request, translation, segment)
    removes = request.POST.get("action") == REMOVE
    sheet = Sheet(translation, has_offers=removes or status != 200)
    row = sheet.row(segment)
    if status != 200:
        row.typed, row.fault = request.POST.get("value", ""), fault
        row.is_stale = status == 409
    return answer(request, translation, instance, sheet, row, closed, status)


def act(request: HttpRequest, translation: Translation, segment: StringSegment) -> tuple[int, str]:
    """Do what the form asks for: an HTTP status, and what was wrong."""
    row = Row(segment, place_at(segment.context, segment.source))
    seen, action = request.POST.get("version"), request.POST.get("action")
    try:
        if action == REMOVE:
            strings.remove(translation, segment, seen)
        elif action == CONFIRM:
            strings.confirm(translation, segment, seen, request.user)
        else:
            text = row.storable(request.POST.get("value", ""))
            strings.store(request.user, translation, segment, text, seen)
    except strings.Stale:
        return 409, _("Somebody has saved this string meanwhile. Nothing is lost: choose.")
    except ValidationError as error:
        return 400, " ".join(error.messages)
    return 200, ""


def answer(
    request: HttpRequest, translation, instance, sheet: Sheet, row: Row, closed: str, status: int
) -> HttpResponse:
    chosen = request.POST.get("show")
    chosen = chosen if chosen in FILTERS else ALL
    goes_on = status == 200 and request.POST.get("action") == NEXT
    target = sheet.next_after(row) if goes_on else row
    if not is_script(request):
        if status != 200:
            return show(request, translation, instance, sheet, status)
        messages.success(request, _("Saved."))
        chosen = chosen if target in sheet.shown(chosen) else ALL
        return redirect(address(translation, chosen, target))
    context = {**common(translation, instance, sheet, closed, chosen), "row": row}
    # The save may have opened what was up to date: now it can be handed over.
    if work := Work.objects.filter(translation=translation).first():
        translation.work = work
    turns = next_turns(request.user, translation, instance, closed)
    data = {
        "row": render_to_string("translation/editor/row.html", context, request),
        "turns": render_to_string("translation/editor/turns.html", turns, request),
        "state": work.get_state_display() if work else "",
        "progress": progress_of(sheet),
        "said": row.fault or _("Saved."),
        "next": target.segment.pk if target else None,
        "next_url": address(translation, ALL, target),
    }
    return JsonResponse(data, status=status)


def writable(user, translation_id: int) -> Translation:
    """For views that answer 403 in words."""
    translation = get_object_or_404(Translation.objects.select_related("work"), pk=translation_id)
    target = target_of(translation)
    if not policy.may_translate(user, translation):
        raise PermissionDenied(_("You may not translate into this language."))
    if closed := why_closed(user, translation, target):
        raise PermissionDenied(closed)
    return translation


@api_view(["PUT", "DELETE"])
@permission_classes([IsAuthenticated])
@authentication_classes([SessionAuthentication])
def put_string(request, translation_id: int, string_segment_id: int) -> Response:
    """wagtail-localize's address for programs; ``version`` may be sent along."""
    translation = writable(request.user, translation_id)
    segment = get_object_or_404(
        StringSegment.objects.select_related("string", "context", "source"),
        pk=string_segment_id,
        source=translation.source_id,
    )
    seen = request.POST.get("version")
    stored = strings.stored_of(translation, segment)
    try:
        if request.method == "DELETE":
            strings.remove(translation, segment, seen)
            status = 200 if stored else 404
        else:
            value = request.POST["value"]
            row = strings.store(request.user, translation, segment, value, seen)
            stored, status = row, 200 if stored else 201
    except strings.Stale as stale:
        detail = _("Somebody has saved this string meanwhile.")
        now = stale.stored and stale.stored.data
        return Response({"detail": detail, "stored": now}, status=409)
    context = {"translation_source": translation.source}
    data = StringTranslationSerializer(stored, context=context).data if stored else None
    return Response(data, status=status)


@api_view(["PUT", "DELETE"])
@permission_classes([IsAuthenticated])
@authentication_classes([SessionAuthentication])
def put_override(request, translation_id: int, overridable_segment_id: int) -> Response:
    """Taking an override back is always right; a new one is for words alone."""
    translation = writable(request.user, translation_id)
    segment = get_object_or_404(
        OverridableSegment, pk=overridable_segment_id, source=translation.source_id
    )
    context = {"translation_source": translation.source}
    if request.method == "DELETE":
        gone = remove_override(translation, segment)
        data = SegmentOverrideSerializer(gone, context=context).data if gone else None
        return Response(data, status=200 if gone else 404)
    require_word(translation.source, segment.context.path)
    row, is_new = save_override(request.user, translation, segment, request.POST["value"])
    data = SegmentOverrideSerializer(row, context=context).data
    return Response(data, status=201 if is_new else 200)


@require_POST
def upload_po(request: HttpRequest, translation_id: int) -> HttpResponse:
    """A file of any kind, at upstream's address: next is seen what it would do."""
    translation = writable(request.user, translation_id)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise ValidationError(_("Choose a PO, XLIFF or XLSX file."))
        content = files.content_of(file)
        planning.plan(request.user, kinds.read(content), translation)
    except ValidationError as error:
        for fault in error.messages:
            messages.error(request, fault)
        messages.error(request, _("Nothing was taken from this file."))
        return redirect(get_valid_next_url_from_request(request) or address(translation))
    made = files.keep(request.user, file, content, translation=translation.pk)
    return redirect("translation:file", made.pk)
