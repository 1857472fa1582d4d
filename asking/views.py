"""The form to ask about a project. No cookie, no script, and no address of the reader kept."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import qrcode
from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from qrcode.image.svg import SvgPathImage

from cms.core.content_epoch import held
from cms.core.hygiene import clean
from cms.core.presenters import ViewPage
from cms.core.routing import reads, same_origin, site_of
from cms.users.sign_in import refuse_often
from projects.models import ProjectPage

from .keeping import KEPT
from .letters import tell_owner
from .models import LONGEST_MESSAGE, Question

FIELDS = ("message", "name", "email", "website")


class QuestionForm(forms.Form):
    message = forms.CharField(
        label=gettext_lazy("Your question or correction"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"class": "field", "rows": 7, "dir": "auto"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name (not needed)"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"class": "field", "autocomplete": "name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail, if you want an answer"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"class": "field", "autocomplete": "email", "dir": "ltr"}),
    )
    website = forms.CharField(required=False)
    """Nobody sees it; whoever fills it in is no reader."""


def project_of(key: UUID) -> ProjectPage:
    """The page that a reader of this language is shown; 404 for what is not public."""
    found = ProjectPage.objects.best_for(translation.get_language())
    page = found.filter(translation_key=key).first()
    if page is None:
        raise Http404
    return page


def project_section(page, request) -> dict[str, str] | None:
    if not page.live:
        return None
    url = page.get_url(request) or ""
    own = url if url.startswith("http") else settings.BASE_URL + url
    asking = reverse("asking:ask", args=[page.translation_key])
    return {"asking_url": asking, "own_url": own, "own_path": urlsplit(own).path, "qr": qr_of(own)}


@held
def qr_of(url: str) -> str:
    """The address as an SVG for paper."""
    drawn = qrcode.make(url, image_factory=SvgPathImage, border=0)
    return mark_safe(drawn.to_string(encoding="unicode"))  # noqa: S308


def _context(request, project: ProjectPage, title: str) -> dict[str, Any]:
    url = project.get_url(request) or ""
    view = ViewPage(title, above=((project.title, url),))
    return {"page": view, "project": project, "project_url": url, "days": KEPT.days}


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, key: UUID) -> HttpResponse:
    site = site_of(request)
    if request.method == "POST" and not same_origin(request):
        return HttpResponseForbidden()
    project, form, often = project_of(key), QuestionForm(), False
    if request.method == "POST":
        typed = {name: clean(request.POST.get(name, "")) for name in FIELDS}
        form = QuestionForm(typed)
        often = refuse_often(request, form, "ask")
        if form.is_valid():
            if not form.cleaned_data.pop("website"):
                _keep(request, project, site, form.cleaned_data)
            return redirect("asking:thanks", key)
    context = {"form": form, **_context(request, project, _("Report a mistake or ask"))}
    status = 429 if often else 400 if form.errors else 200
    return render(request, "asking/ask.html", context, status=status)


def _keep(request, project: ProjectPage, site, said: dict[str, str]) -> None:
    language = translation.get_language()
    key = project.translation_key
    question = Question.objects.create(project=key, language=language, **said)
    url = request.build_absolute_uri(project.get_url(request))
    tell_owner(question, project.title, url, site)


def thanks(request, key: UUID) -> HttpResponse:
    site_of(request)
    context = _context(request, project_of(key), _("Thank you"))
    return render(request, "asking/thanks.html", context)


app_name = "asking"
urlpatterns = [
    path(
        "<uuid:key>/",
        never_cache(csrf_exempt(ask)),
        name="ask",
    ),
    path("<uuid:key>/kiitos/", never_cache(reads(thanks)), name="thanks"),
]
