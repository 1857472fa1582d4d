"""The reviewer's screen: source and translation beside each other, preview, decision."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationLog

from cms.core.languages import language_direction, language_label, language_of

from .. import policy, review
from ..mails import full_name
from ..models import Work
from ..overview.cells import ICONS
from ..overview.work import to_review
from ..quality.dismissing import Shown
from ..review.turns import name_of, work_or_404
from ..strings.matching import RATHER_ALIKE
from ..strings.wording import likeness, marked, plain
from ..templatetags.translation_tags import isolated
from .rows import Row
from .sheet import Sheet


@dataclass
class Said:
    group: str
    """A string and its translation; of what is new to the public, the new words are marked."""

    label: str
    source: SafeString
    target: SafeString
    is_changed: bool
    is_missing: bool
    is_same: bool
    """As the source: right for a name, and else forgotten."""
    findings: list[Shown]
    text: str
    """The source, without marks."""


def strings_of(work: Work, target: Model) -> list[Said]:
    sheet, since = Sheet(work.translation), _public_since(work.translation, target)
    rows = sheet.rows
    groups = {row: group.heading for group in sheet.grouped(rows) for row in group.rows}
    left, found = _left(work.translation, rows), []
    code = work.translation.target_locale.language_code
    write = partial(isolated, direction=language_direction(code))
    for row in rows:
        source, said = row.segment.string.data, row.stored.data if row.stored else ""
        is_changed = bool(row.stored and since and row.stored.updated_at > since)
        old = _earlier(row, left) if is_changed else None
        found.append(
            Said(
                group="" if groups[row] == row.label else groups[row],
                label=row.label,
                source=marked(old.translation_of.data if old else source, source)[1],
                target=marked(old.data if old else said, said, write)[1],
                is_changed=is_changed,
                is_missing=row.is_open,
                is_same=said == source,
                findings=row.findings,
                text=source,
            )
        )
    return found


def _public_since(translation: Translation, target: Model) -> datetime | None:
    """When this language was last made public, if it ever was."""
    if isinstance(target, Page):
        return target.last_published_at if target.live else None
    if getattr(target, "is_draft", False):
        return None
    logs = TranslationLog.objects.filter(
        source=translation.source_id, locale=translation.target_locale_id
    )
    return logs.order_by("-created_at").values_list("created_at", flat=True).first()


def _left(translation: Translation, rows: list[Row]) -> dict[int, list[StringTranslation]]:
    """Translations of earlier wordings, by their place."""
    now = {(row.segment.string_id, row.segment.context_id) for row in rows}
    found = defaultdict(list)
    stored = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id
    )
    for row in stored.select_related("translation_of").order_by("pk"):
        if (row.translation_of_id, row.context_id) not in now:
            found[row.context_id].append(row)
    return found


def _earlier(row: Row, left: dict[int, list[StringTranslation]]) -> StringTranslation | None:
    text = plain(row.segment.string.data)
    ranked = [
        (likeness(plain(old.translation_of.data), text), old.pk, old)
        for old in left[row.segment.context_id]
    ]
    score, _pk, old = max(ranked, default=(0, 0, None))
    return old if score >= RATHER_ALIKE else None


def is_hidden(translation: Translation, locale: int) -> bool:
    """Whether the page is not public in this language now."""
    found = Page.objects.filter(translation_key=translation.source.object_id, locale=locale)
    return not found.filter(live=True).exists()


class Review(WagtailAdminTemplateMixin, TemplateView):
    """Source and translation side by side; whoever may see it, and who may review it decides."""

    template_name = "translation/admin/review.html"
    page_title = gettext_lazy("Review")
    header_icon = "view"
    _show_breadcrumbs = True

    def dispatch(self, request, work_id, *args, **kwargs) -> HttpResponse:
        self.work = work_or_404(work_id)
        try:
            self.target = review.target_of(self.work.translation)
        except ValidationError as error:
            raise Http404 from error
        self.may_decide = policy.may_review(request.user, self.work)
        if not (self.may_decide or policy.may_see(request.user, self.work.translation)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return name_of(self.work)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        work = {"url": reverse("translation:work"), "label": _("My work")}
        return [*self.breadcrumbs_items, work, {"url": "", "label": self.get_header_title()}]

    def post(self, request, *args, **kwargs) -> HttpResponse:
        if not self.may_decide:
            raise PermissionDenied
        comment = request.POST.get("comment", "")[:5000]
        try:
            if request.POST.get("decision") == "return":
                review.send_back(self.work, request.user, comment)
                done = _("%s was returned to the translator.")
            else:
                work = review.approve(self.work, request.user, comment)
                waits = work.state == Work.State.IN_REVIEW
                done = _("%s is approved; the next reviewer has been told.") if waits else None
                made, is_page = work.translation, isinstance(self.target, Page)
                if not done and is_page and is_hidden(made, made.target_locale_id):
                    done = _("%s is approved; it becomes public at the time set on the page.")
                done = done or _("%s is approved and public.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return self.render_to_response(self.get_context_data(comment=comment), status=422)
        messages.success(request, done % name_of(self.work))
        if self.next:
            return redirect("translation:review", self.next.pk)
        return redirect("translation:work")

    @cached_property
    def next(self) -> Work | None:
        """Of what waits for this user, the one after this."""
        waiting = to_review(self.request.user).exclude(pk=self.work.pk).order_by("pk")
        return waiting.filter(pk__gt=self.work.pk).first() or waiting.first()

    def get_context_data(self, comment: str = "", **kwargs) -> dict[str, Any]:
        work, translation = self.work, self.work.translation
        source, locale = language_of(translation.source.locale), translation.target_locale
        is_page = isinstance(self.target, Page)
        return {
            **super().get_context_data(**kwargs),
            "work": work,
            "strings": strings_of(work, self.target),
            "source": {"code": source, "dir": language_direction(source)},
            "target": {
                "code": locale.language_code,
                "dir": language_direction(locale.language_code),
            },
            "source_label": language_label(translation.source.locale.language_code),
            "target_label": language_label(locale.language_code),
            "icon": ICONS[work.state],
            "handed_over_by": full_name(work.handed_over_by),
            "in_review": work.state == Work.State.IN_REVIEW,
            "source_changed": review.source_has_changed(work),
            "source_hidden": is_page and is_hidden(translation, translation.source.locale_id),
            "may_decide": self.may_decide,
            "may_withdraw": policy.may_translate(self.request.user, translation),
            "may_publish": policy.may_publish(self.request.user, translation),
            "preview": reverse("translation:preview", args=[work.pk]) if is_page else "",
            "comment": comment,
            "next": self.next,
        }


@xframe_options_sameorigin
def preview(request, work_id: int) -> HttpResponse:
    """The page as it would be published: what was handed over, or what its strings say now."""
    work = work_or_404(work_id)
    translation = work.translation
    try:
        target = review.target_of(translation)
    except ValidationError as error:
        raise Http404 from error
    if not (policy.may_review(request.user, work) or policy.may_see(request.user, translation)):
        raise PermissionDenied
    if not isinstance(target, Page):
        raise Http404
    if work.revision:
        page = work.revision.as_object()
    else:
        page = translation.source.get_ephemeral_translated_instance(
            translation.target_locale, fallback=True
        )
    return page.make_preview_request(request, page.default_preview_mode)


urlpatterns = [
    path("review/<int:work_id>/", Review.as_view(), name="review"),
    path("review/<int:work_id>/preview/", preview, name="preview"),
]
