"""The translation editor: source and target side by side, each string a form of its own.

It works without script; with it, a save stays where it is (:mod:`.saving`). What a reviewer reads
is :mod:`.reviewing`.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, RelatedObjectSegment, Translation

from cms.core.languages import language_direction, language_label

from .. import policy, review
from ..models import Work
from ..strings import why_closed
from ..strings.progress import refresh
from .buttons import staff_tools, tools, turns
from .overrides import (
    OverrideForm,
    overrides_of,
    related_of,
    remove_override,
    require_word,
    save_override,
)
from .rows import ALL, FILTERS, Row
from .sheet import Sheet

REMOVE = "remove"


def open_translations() -> QuerySet[Translation]:
    related = RelatedObjectSegment.objects.filter(source=OuterRef("source"))
    return (
        Translation.objects.filter(enabled=True)
        .select_related("source__locale", "source__specific_content_type", "target_locale", "work")
        .annotate(has_related=Exists(related))
    )


def translation_of(instance: Model) -> Translation | None:
    """The one whose target this page or record is."""
    found = open_translations().filter(
        source__object_id=instance.translation_key, target_locale=instance.locale_id
    )
    return found.order_by("source_id").first()


def target_of(translation: Translation, target: Model | None = None) -> Model:
    """The page or record, fetched once however often the policy asks for it."""
    try:
        target = target or translation.get_target_instance()
    except ObjectDoesNotExist as gone:
        raise Http404 from gone
    translation.get_target_instance = lambda: target
    return target


def open_instead(request: HttpRequest, instance: Model) -> HttpResponse | None:
    """In the place of Wagtail's form, for hooks; ``None`` where nothing is translated by string."""
    translation = translation_of(instance)
    becomes_alias = isinstance(instance, Page) and "localize-convert-to-alias" in request.POST
    if translation is None or becomes_alias:
        return None
    instance = target_of(translation, instance)
    if request.method == "POST":
        if request.POST.get("action") == "publish":
            publish(request, translation)
        return redirect(request.path)
    if not policy.may_see(request.user, translation):
        raise PermissionDenied
    return show(request, translation, instance, Sheet(translation, has_offers=True))


def publish(request: HttpRequest, translation: Translation) -> None:
    if not policy.may_publish(request.user, translation):
        raise PermissionDenied
    refresh(Translation.objects.filter(pk=translation.pk))
    try:
        review.publish(Work.objects.get(translation=translation), request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Published."))


def edit(request: HttpRequest, translation_id: int) -> HttpResponse:
    translation = get_object_or_404(open_translations(), pk=translation_id)
    instance = target_of(translation)
    if not policy.may_see(request.user, translation):
        raise PermissionDenied
    return show(request, translation, instance, Sheet(translation, has_offers=True))


def show(
    request: HttpRequest, translation: Translation, instance: Model, sheet: Sheet, status: int = 200
) -> HttpResponse:
    user = request.user
    closed = why_closed(user, translation, instance)
    if not closed and not policy.may_translate(user, translation):
        closed = _("You may read this, not change it.")
    asked = request.POST.get("show") or request.GET.get("show")
    chosen = asked if asked in FILTERS else ALL
    first = next((row for row in sheet.rows if row.is_open), None)
    context = {
        **common(translation, instance, sheet, closed, chosen),
        "groups": sheet.grouped(sheet.shown(chosen)),
        "filters": sheet.filters(chosen),
        "first_open": first and address(translation, ALL, first),
        **next_turns(user, translation, instance, closed),
        "tools": list(tools(user, translation, instance, closed)),
        "staff_tools": list(staff_tools(user, translation, instance)),
        "overrides": overrides_of(translation),
        "related": related_of(translation, user) if translation.has_related else [],
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": str(instance)},
        ],
        "header_title": f"{instance} · {language_label(translation.target_locale.language_code)}",
        "header_icon": "doc-empty-inverse" if isinstance(instance, Page) else "snippet",
    }
    return render(request, "translation/editor/editor.html", context, status=status)


def common(
    translation: Translation, instance: Model, sheet: Sheet, closed: str, chosen: str
) -> dict[str, Any]:
    """What the rows need too, which are drawn alone after a save."""
    source, target = (
        {"code": code, "dir": language_direction(code), "name": language_label(code)}
        for code in (
            translation.source.locale.language_code,
            translation.target_locale.language_code,
        )
    )
    return {
        "translation": translation,
        "instance": instance,
        "sheet": sheet,
        "work": getattr(translation, "work", None),
        "source": source,
        "target": target,
        "closed": closed,
        "show": chosen,
        "progress": progress_of(sheet),
    }


def next_turns(user, translation: Translation, instance: Model, closed: str) -> dict[str, Any]:
    """For ``turns.html``: buttons, or why there is none yet."""
    work = getattr(translation, "work", None)
    return {
        "turns": list(turns(user, translation, instance, closed)),
        "is_unfinished": not closed and bool(work and work.is_unfinished),
    }


def progress_of(sheet: Sheet) -> str:
    left, words = sheet.words_left, sheet.words
    if left:
        text = ngettext(
            "%(left)s of %(words)s word left", "%(left)s of %(words)s words left", words
        )
        return text % {"left": left, "words": words}
    text = _("All %(words)s words are translated.") % {"words": words}
    if unread := sheet.unread:
        said = ngettext(
            "%(count)s machine translation to read.",
            "%(count)s machine translations to read.",
            unread,
        )
        text = f"{text} {said % {'count': unread}}"
    if warned := sheet.warned:
        said = ngettext("Warnings in %(count)s string.", "Warnings in %(count)s strings.", warned)
        text = f"{text} {said % {'count': warned}}"
    return text


def address(translation: Translation, chosen: str = ALL, row: Row | None = None) -> str:
    url = reverse("translation:edit", args=[translation.pk])
    url += f"?show={chosen}" if chosen != ALL else ""
    return url + (f"#string-{row.segment.pk}" if row else "")


def override(
    request: HttpRequest, translation_id: int, overridable_segment_id: int
) -> HttpResponse:
    """A page for one link, picture or value of which this language has its own."""
    translation = get_object_or_404(open_translations(), pk=translation_id)
    segment = get_object_or_404(
        OverridableSegment.objects.select_related("context", "source__specific_content_type"),
        pk=overridable_segment_id,
        source=translation.source_id,
    )
    instance = target_of(translation)
    if not policy.may_translate(request.user, translation):
        raise PermissionDenied
    if closed := why_closed(request.user, translation, instance):
        messages.error(request, closed)
        return redirect(address(translation))
    require_word(translation.source, segment.context.path)
    form = OverrideForm(request.POST or None, segment=segment)
    if request.method == "POST" and request.POST.get("action") == REMOVE:
        remove_override(translation, segment)
        return redirect(address(translation))
    if form.is_valid():
        save_override(request.user, translation, segment, form.cleaned_data["value"])
        messages.success(request, _("Saved."))
        return redirect(address(translation))
    found = next(one for one in overrides_of(translation) if one.segment.pk == segment.pk)
    context = {
        "form": form,
        "media": form.media,
        "one": found,
        "translation": translation,
        "header_title": found.label,
        "page_title": found.label,
        "page_subtitle": str(instance),
        "header_icon": "link",
    }
    return render(request, "translation/editor/override.html", context)


urlpatterns = [
    path("edit/<int:translation_id>/", edit, name="edit"),
    path("edit/<int:translation_id>/own/<int:overridable_segment_id>/", override, name="override"),
]
