"""Files of translations in: an upload shows what it would do, and does it only then."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail_localize.models import Translation

from cms.core.hygiene import one_line
from cms.core.languages import language_label

from .. import policy
from ..models import Upload
from . import kinds, shown
from .downloads import pairs, require_work
from .entries import MOST_BYTES
from .planning import OutOfDate, Plan, Taken, plan, take

PURPOSE = "translations"
KEPT = timedelta(days=1)


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("PO, XLIFF or XLSX file"),
        widget=forms.FileInput(attrs={"accept": kinds.ACCEPTED}),
        help_text=gettext_lazy("Nothing is changed yet: next you see what the file would do."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the translations"),
        required=False,
        help_text=gettext_lazy("Only for files that do not say it themselves."),
    )

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        codes = sorted({target for _source, target in pairs(user)})
        named = [(code, language_label(code)) for code in codes]
        self.fields["language"].choices = [("", _("As the file says")), *named]

    def clean(self) -> dict[str, Any]:
        """Read whole: what can't be looked at is refused at once."""
        given = super().clean()
        if file := given.get("file"):
            try:
                self.content = content_of(file)
                plan(self.user, kinds.read(self.content), language=given.get("language", ""))
            except ValidationError as error:
                self.add_error("file", error)
        return given


def content_of(file) -> bytes:
    if file.size > MOST_BYTES:
        raise kinds.too_large()
    return file.read()


def keep(user, file, content: bytes, **options) -> Upload:
    name = one_line(file.name or "")[-255:]
    return Upload.objects.create(
        user=user, purpose=PURPOSE, name=name, content=content, options=options
    )


def throw_away() -> None:
    """A job of the schedule: files that nobody has taken for a day, of whatever purpose."""
    Upload.objects.filter(made_at__lt=timezone.now() - KEPT).delete()


def files(request: HttpRequest) -> HttpResponse:
    require_work(request.user)
    is_sent = request.method == "POST"
    given = (request.POST, request.FILES) if is_sent else ()
    form = FileForm(*given, user=request.user)
    if is_sent and form.is_valid():
        given = form.cleaned_data
        made = keep(request.user, given["file"], form.content, language=given["language"])
        return redirect("translation:file", made.pk)
    offered = [
        (f"{source} {target}", f"{language_label(source)} → {language_label(target)}")
        for source, target in pairs(request.user)
    ]
    context = {"form": form, "pairs": offered, "kinds": kinds.NAMES, **_head(_("Work outside"))}
    return render(request, "translation/admin/files.html", context, status=422 if is_sent else 200)


def _head(title: str, translation: Translation | None = None) -> dict[str, Any]:
    above = {"url": reverse("translation:work"), "label": _("My work")}
    if translation:
        url = reverse("translation:edit", args=[translation.pk])
        above = {"url": url, "label": translation.source.object_repr}
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": "upload",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            above,
            {"url": "", "label": title},
        ],
    }


def _scope(upload: Upload, user) -> Translation | None:
    pk = upload.options.get("translation")
    if pk is None:
        return None
    translation = Translation.objects.filter(pk=pk, enabled=True).first()
    if translation is None:
        raise Http404
    if not policy.may_translate(user, translation):
        raise PermissionDenied
    return translation


def preview(request: HttpRequest, upload_id: int) -> HttpResponse:
    """What a file would do; taken is exactly what was shown."""
    require_work(request.user)
    upload = Upload.objects.filter(user=request.user, purpose=PURPOSE, pk=upload_id).first()
    if upload is None and request.method == "POST":
        messages.warning(request, _("This file was taken already, or thrown away."))
        return redirect("translation:work")
    if upload is None or upload.made_at < timezone.now() - KEPT:
        raise Http404
    scope = _scope(upload, request.user)
    back = redirect("translation:edit", scope.pk) if scope else redirect("translation:work")
    try:
        contents = kinds.read(bytes(upload.content))
        made = plan(request.user, contents, scope, upload.options.get("language", ""))
    except ValidationError as error:
        # The site has changed meanwhile.
        messages.error(request, " ".join(error.messages))
        return back
    if request.method == "POST":
        if request.POST.get("action") != "take":
            upload.delete()
            messages.success(request, _("Nothing was taken from the file."))
            return back
        if _take(request, upload, made):
            return back
        made = plan(request.user, contents, scope, upload.options.get("language", ""))
    context = {
        "upload": upload,
        "plan": made,
        "seen": made.seen,
        "counts": shown.counts(made),
        "parts": shown.parts(made),
        **_head(_("What the file would do"), scope),
    }
    return render(request, "translation/admin/files_preview.html", context)


def _take(request: HttpRequest, upload: Upload, made: Plan) -> bool:
    """Whether all is done; else the preview is shown again."""
    if request.POST.get("seen") != made.seen:
        messages.warning(request, _("Something has changed since you looked: look again."))
        return False
    if not made.may_be_taken:
        messages.error(request, _("Nothing was taken from this file."))
        return False
    try:
        count = take(request.user, upload, made)
    except Taken:
        messages.warning(request, _("This file was taken already, or thrown away."))
        return True
    except OutOfDate:
        messages.warning(request, _("Somebody was quicker: nothing was taken. Look again."))
        return False
    text = ngettext("%(count)s string was taken.", "%(count)s strings were taken.", count)
    messages.success(request, text % {"count": count})
    return True


urlpatterns = [
    path("files/", files, name="files"),
    path("files/<int:upload_id>/", preview, name="file"),
]
