"""Uploading, the review, progress and undoing."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..kinds import MOST_BYTES
from ..models import Intake
from ..reading import read_file
from . import columns, project, review, things
from .frame import frame
from .rights import require

MOST_FILES = 50
MOST_TOGETHER = 60 * 1024 * 1024
SHOWN = 50
ENDINGS = ".xlsx,.ods,.csv,.tsv,.txt,.docx,.odt,.pdf,.html,.htm,.json,.yaml,.yml,.zip"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    widget = FilesInput

    def clean(self, data, initial=None) -> list:
        """Each of the files; one alone comes without a list."""
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files or [None]]


class UploadForm(forms.Form):
    files = FilesField(
        label=gettext_lazy("Files"),
        allow_empty_file=True,
        widget=FilesInput(attrs={"accept": ENDINGS, "multiple": True}),
        help_text=gettext_lazy(
            "Spreadsheets (XLSX, ODS, CSV), reports (Word, OpenDocument, PDF with text, web page, "
            "text), published lists, 360Giving or project files. Nothing is saved yet: next you "
            "see what was found."
        ),
    )

    def clean_files(self) -> list:
        files = self.cleaned_data["files"]
        if len(files) > MOST_FILES:
            message = _("At most %(most)s files at once.")
            raise ValidationError(message % {"most": MOST_FILES})
        if sum(file.size for file in files) > MOST_TOGETHER:
            message = _("At most %(most)s MB at once.")
            raise ValidationError(message % {"most": MOST_TOGETHER // 1024 // 1024})
        for file in files:
            if file.size > MOST_BYTES:
                message = _("%(name)s is larger than %(most)s MB: split it.")
                told = {"name": file.name, "most": MOST_BYTES // 1024 // 1024}
                raise ValidationError(message % told)
        return files


def index(request: HttpRequest) -> HttpResponse:
    require(request.user)
    is_sent = request.method == "POST"
    form = UploadForm(*((request.POST, request.FILES) if is_sent else ()))
    if is_sent and form.is_valid():
        intake = Intake.objects.create(user=request.user)
        for file in form.cleaned_data["files"]:
            read_file(intake, file.name, file.read())
        return redirect("intake:review", intake.pk)
    own = Intake.objects.prefetch_related("files")
    if not request.user.is_superuser:
        own = own.filter(user=request.user)
    context = {"form": form, "imports": own[:SHOWN], **frame(_("Bring in projects"))}
    return render(request, "intake/admin/index.html", context, status=422 if is_sent else 200)


urlpatterns = [
    path("", index, name="index"),
    path("<int:intake_id>/", review.review, name="review"),
    path("<int:intake_id>/things/", things.things, name="things"),
    path("<int:intake_id>/files/<int:file_id>/", columns.columns, name="columns"),
    path("<int:intake_id>/projects/<int:project_id>/", project.project, name="project"),
]


def index_url() -> str:
    return reverse("intake:index")
