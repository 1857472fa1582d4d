"""What was found in the files: ticked, saved in the background, undone."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.admin_url_finder import AdminURLFinder

from projects.models import ProjectPage

from .. import saving
from ..models import Intake, IntakeProject
from .frame import frame
from .rights import intake_of

ON_PAGE = 100
State = Intake.State


def review(request: HttpRequest, intake_id: int) -> HttpResponse:
    intake = intake_of(request.user, intake_id)
    if request.method == "POST":
        return _act(request, intake)
    projects = intake.projects.select_related("file").defer("file__content", "file__text")
    page = Paginator(projects, ON_PAGE).get_page(request.GET.get("p"))
    _lead_to_drafts(page.object_list, request.user)
    states = Counter(intake.projects.values_list("state", flat=True))
    kept = IntakeProject.State
    context = {
        "files": intake.files.defer("content", "text"),
        "projects": page,
        "total": sum(states.values()),
        "ticked": intake.projects.filter(is_taken=True).count(),
        "saved": states[kept.SAVED] + states[kept.KEPT],
        "failed": states[kept.FAILED],
        "undone": states[kept.UNDONE],
        "kept": states[kept.KEPT],
        "is_working": intake.state in (State.SAVING, State.UNDOING),
        "may_save": intake.state == State.REVIEW or states[kept.FAILED],
        "may_undo": intake.state == State.DONE and states[kept.SAVED],
        **frame(str(intake), intake),
    }
    return render(request, "intake/admin/review.html", context)


def _lead_to_drafts(rows: list[IntakeProject], user) -> None:
    keys = [row.page_key for row in rows if row.page_key]
    pages = {
        page.translation_key: page
        for page in ProjectPage.objects.filter(translation_key__in=keys, carries_facts=True)
    }
    finder = AdminURLFinder(user)
    for row in rows:
        page = pages.get(row.page_key)
        row.draft_url = finder.get_edit_url(page) if page else ""


def _act(request: HttpRequest, intake: Intake) -> HttpResponse:
    action = request.POST.get("action")
    if action == "drop" and intake.state == State.REVIEW:
        intake.delete()
        messages.success(request, _("Nothing was taken."))
        return redirect("intake:index")
    if action == "undo" and intake.state == State.DONE:
        saving.undo(intake)
    elif action == "again":
        saving.go_on.enqueue(intake.pk)
    elif action in ("save", "tick") and intake.state in (State.REVIEW, State.DONE):
        _tick(request, intake)
        if action == "save":
            _save(request, intake)
    back = f"?p={request.POST['p']}" if request.POST.get("p", "").isdecimal() else ""
    response = redirect("intake:review", intake.pk)
    response["Location"] += back if action == "tick" else ""
    return response


def _tick(request: HttpRequest, intake: Intake) -> None:
    """Of the rows that were shown, those that are ticked now."""
    shown = [int(pk) for pk in request.POST.getlist("shown") if pk.isdecimal()]
    ticked = [int(pk) for pk in request.POST.getlist("take") if pk.isdecimal()]
    rows = intake.projects.filter(pk__in=shown).exclude(state=IntakeProject.State.SAVED)
    rows.update(is_taken=False)
    rows.filter(pk__in=ticked).update(is_taken=True)


def _save(request: HttpRequest, intake: Intake) -> None:
    states = IntakeProject.State
    taken = intake.projects.filter(is_taken=True)
    taken.filter(state=states.FAILED).update(state=states.WAITING, message="")
    count = taken.filter(state=states.WAITING).count()
    if not count:
        messages.error(request, _("Tick the projects that are to be saved."))
        return
    saving.save(intake)
    told = ngettext(
        "%(count)s project is saved as a draft in the background.",
        "%(count)s projects are saved as drafts in the background.",
        count,
    )
    messages.success(request, told % {"count": count})
