"""The glossary as a file, out and in: an upload says first what it would do."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from operator import itemgetter
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from cms.core.languages import language_direction

from ..models import Term, Upload
from ..terms import table, taking, tmx

PURPOSE = "terms"
KEPT = timedelta(days=1)
SHOWN = 200
"""Terms of each kind that a preview lists."""
READERS = {".csv": table.read, ".txt": table.read, ".tmx": tmx.read}


def _require(user, *actions: str) -> None:
    policy = policy_registry.get_by_type(Term)
    if not all(policy.user_has_permission(user, action) for action in actions):
        raise PermissionDenied


def _download(name: str, kind: str, write: Callable) -> Callable[[HttpRequest], HttpResponse]:
    @require_safe
    def download(request: HttpRequest) -> HttpResponse:
        _require(request.user, "view")
        terms = Term.objects.prefetch_related("words__locale").order_by("pk")
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(write(terms), content_type=kind, headers=headers)

    return download


as_csv = _download("terms.csv", "text/csv; charset=utf-8", table.as_csv)
as_tmx = _download("terms.tmx", "application/xml", tmx.as_tmx)


def _read(name: str, content: bytes) -> list[taking.BroughtTerm]:
    ending = f".{name.lower().rpartition('.')[2]}"
    if ending not in READERS:
        raise ValidationError(_("Choose a CSV or TMX file."))
    return READERS[ending](content)


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV or TMX file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tmx"}),
        help_text=gettext_lazy("Nothing is changed yet: next you see what the file would do."),
    )

    def clean_file(self) -> Any:
        """Read whole: what is no glossary is refused at once."""
        file = self.cleaned_data["file"]
        if file.size > table.MOST_BYTES:
            raise ValidationError(_("The file is too large."))
        self.content = file.read()
        _read(file.name, self.content)
        return file


def upload(request: HttpRequest) -> HttpResponse:
    _require(request.user, "add", "change")
    is_sent = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if is_sent else FileForm()
    if is_sent and form.is_valid():
        Upload.objects.filter(made_at__lt=timezone.now() - KEPT, purpose=PURPOSE).delete()
        made = Upload.objects.create(
            user=request.user,
            purpose=PURPOSE,
            name=form.cleaned_data["file"].name[-255:],
            content=form.content,
        )
        return redirect("translation:terms_preview", made.pk)
    status = 422 if is_sent else 200
    context = {"form": form, **_head(_("Terms from a file"))}
    return render(request, "translation/admin/terms_upload.html", context, status=status)


def _head(title: str) -> dict[str, Any]:
    terms = {"url": reverse("terms:index"), "label": _("Terms")}
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": "openquote",
        "breadcrumbs_items": [home, terms, {"url": "", "label": title}],
    }


def preview(request: HttpRequest, upload_id: int) -> HttpResponse:
    """What a file would do; taken is exactly what was shown."""
    _require(request.user, "add", "change")
    mine = Upload.objects.filter(user=request.user, purpose=PURPOSE)
    made = get_object_or_404(mine, pk=upload_id)
    try:
        plan = taking.plan(_read(made.name, bytes(made.content)))
    except ValidationError as error:
        # A language that the site has no more.
        messages.error(request, " ".join(error.messages))
        return redirect("translation:terms_upload")
    seen = _fingerprint(plan)
    if request.method == "POST":
        if request.POST.get("action") != "take":
            made.delete()
            messages.success(request, _("Nothing was taken from the file."))
            return redirect("terms:index")
        if request.POST.get("seen") != seen:
            messages.warning(request, _("The terms have changed since you looked: look again."))
        elif _take(request, plan):
            made.delete()
            return redirect("terms:index")
    context = {
        "upload": made,
        "plan": plan,
        "seen": seen,
        "has_news": bool(plan.new or plan.changed),
        "parts": _parts(plan),
        "skipped": plan.skipped[:SHOWN],
        "skipped_more": max(0, len(plan.skipped) - SHOWN),
        **_head(_("What the file would do")),
    }
    return render(request, "translation/admin/terms_preview.html", context)


def _take(request: HttpRequest, plan: taking.Plan) -> bool:
    try:
        taking.take(plan)
    except (IntegrityError, ValidationError, Term.DoesNotExist):
        messages.error(request, _("Somebody was quicker: nothing was taken. Look again."))
        return False
    count = len(plan.new) + len(plan.changed)
    text = ngettext("%(count)s term was taken.", "%(count)s terms were taken.", count)
    messages.success(request, text % {"count": count})
    return True


def _fingerprint(plan: taking.Plan) -> str:
    changed = [(term.pk, term.updated_at, one) for term, one in plan.changed]
    return sha256(repr((plan.new, changed, plan.skipped)).encode()).hexdigest()[:16]


def _parts(plan: taking.Plan) -> list[dict[str, Any]]:
    """Lists of terms under a heading each; of changed ones what is there now, too."""
    parts = [
        (_("New"), [(one, None) for one in plan.new]),
        (_("Changed"), [(one, term) for term, one in plan.changed]),
    ]
    return [
        {
            "heading": heading,
            "count": len(pairs),
            "more": max(0, len(pairs) - SHOWN),
            "rows": [
                {"line": one.line, "name": one.name, "words": _words(one, term), "note": one.note}
                for one, term in pairs[:SHOWN]
            ],
        }
        for heading, pairs in parts
    ]


def _words(one: taking.BroughtTerm, term: Term | None) -> list[dict[str, Any]]:
    """What the term would be called; of one that is there, which words are new and which go."""
    there = taking.said(term) if term else {}
    brought = taking.brought(one)
    words = [
        _shown(code, *word, is_new=bool(term) and word not in there.get(code, ()))
        for code, said in brought.items()
        for word in sorted(said, key=itemgetter(1, 0))
    ]
    gone = [
        _shown(code, *word, is_gone=True)
        for code, said in there.items()
        for word in sorted(said - brought.get(code, said))
    ]
    return [*words, *gone]


def _shown(
    code: str, text: str, kind: str, note: str, is_new: bool = False, is_gone: bool = False
) -> dict[str, Any]:
    return {
        "code": code,
        "direction": language_direction(code),
        "text": text,
        "use": dict(taking.TermWord.Kind.choices)[kind],
        "is_agreed": kind == taking.AGREED,
        "note": note,
        "is_new": is_new,
        "is_gone": is_gone,
    }


urlpatterns = [
    path("terms/terms.csv", as_csv, name="terms_csv"),
    path("terms/terms.tmx", as_tmx, name="terms_tmx"),
    path("terms/upload/", upload, name="terms_upload"),
    path("terms/upload/<int:upload_id>/", preview, name="terms_preview"),
]
