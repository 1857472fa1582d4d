"""The address that says, while a name is typed, which known things it is likely to be."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from cms.core.hygiene import one_line
from cms.core.permissions import may_look

from ..models import ProjectPage, ProjectPageForm
from ..twins import KINDS
from ..twins.forms import TwinsForm, keys_of, likely, told
from .join import MODELS

LONGEST = 500


class ProjectForm(TwinsForm, ProjectPageForm):
    """Asks about projects that are likely the same."""


def key_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_GET
def twins_view(request: HttpRequest, model_name: str) -> HttpResponse:
    """A list in HTML, or nothing where there is no twin that the user may see."""
    model = MODELS.get(model_name)
    if model is None:
        raise Http404
    if model is not ProjectPage and not may_look(request.user, model):
        raise PermissionDenied
    kind = KINDS[model]
    name = one_line(request.GET.get("name", ""))[:LONGEST]
    marks = {str(one): one_line(request.GET.get(one, ""))[:LONGEST] for one in kind.marks}
    found = likely(kind(request.user), name, key_of(request.GET.get("but", "")), marks)
    context = {"twins": told(found, request.user), "seen": " ".join(sorted(keys_of(found)))}
    return render(request, "projects/admin/twins.html", context)


def scripts() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("admin/twins.js"))


def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("admin/twins.css"))


urlpatterns = [path("twins/<slug:model_name>/", twins_view, name="twins")]
HOOKS = [
    ("register_admin_urls", lambda: urlpatterns),
    ("insert_global_admin_js", scripts),
    ("insert_global_admin_css", styles),
]


def connect() -> None:
    """The form of a project is said below, where nobody knows of twins."""
    ProjectPage.edit_handler.base_form_class = ProjectForm
