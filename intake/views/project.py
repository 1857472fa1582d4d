"""One project that was found: every field beside the words it was read from, to be corrected."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.core.written import Unreadable
from projects.importing import Loader

from ..found import Path
from ..models import Intake, IntakeProject
from ..saving import NotPossible, checked, ready
from .fields import Field, groups_of, read
from .frame import frame
from .rights import intake_of
from .things import joining_of

REMOVE = "remove:"


def project(request: HttpRequest, intake_id: int, project_id: int) -> HttpResponse:
    intake = intake_of(request.user, intake_id)
    rows = intake.projects.select_related("file")
    found = get_object_or_404(rows, pk=project_id)
    may_change = intake.state in (Intake.State.REVIEW, Intake.State.DONE) and (
        found.state != IntakeProject.State.SAVED
    )
    sent: dict[str, tuple[str, str]] = {}
    gone: list[str] = []
    if request.method == "POST" and may_change:
        sent, found.is_taken = _take(request, found), "take" in request.POST
        gone = [name.removeprefix(REMOVE) for name in request.POST if name.startswith(REMOVE)]
        if not any(fault for _text, fault in sent.values()):
            _remove(found, gone)
            found.save()
            messages.success(request, _("“%(name)s” is kept as you wrote it.") % {"name": found})
            return redirect("intake:review", intake.pk)
    groups = groups_of(found, sent)
    context = {
        "project": found,
        "groups": groups,
        "gone": gone,
        "text": marked(found, groups) if found.file.text else "",
        "loose": [
            doubt.message for doubt in found.all_doubts if not _has_field(doubt.path, groups)
        ],
        "blocked": _reason(intake, found, request.user),
        "may_change": may_change,
        **frame(str(found), intake),
    }
    status = 422 if sent else 200
    return render(request, "intake/admin/project.html", context, status=status)


def _take(request: HttpRequest, found: IntakeProject) -> dict[str, tuple[str, str]]:
    """Write what was typed into the data; text and fault of every field as it was sent."""
    sent: dict[str, tuple[str, str]] = {}
    for group in groups_of(found):
        for _row, fields in group.rows:
            for field in fields:
                if not field.is_fixed and field.name in request.POST:
                    sent[field.name] = _write(found.data, field, request.POST[field.name])
    return sent


def _remove(found: IntakeProject, gone: list[str]) -> None:
    """Rows from the last on, so that those before keep their numbers."""
    for name in sorted(gone, reverse=True, key=_number):
        group, _point, number = name.partition(".")
        rows = found.data.get(group)
        if isinstance(rows, list) and number.isdecimal() and int(number) < len(rows):
            del rows[int(number)]
            found.where = _without(found.where, group, int(number))
            found.doubts = _without(found.doubts, group, int(number))


def _without(told: list[list], group: str, number: int) -> list[list]:
    """What was told of the rows that are left, whose numbers are one less behind the gap."""
    kept = []
    for path, *rest in told:
        if path[:2] != [group, number]:
            if path[:1] == [group] and len(path) > 1 and path[1] > number:
                path = [group, path[1] - 1, *path[2:]]
            kept.append([path, *rest])
    return kept


def _number(name: str) -> int:
    number = name.rpartition(".")[2]
    return int(number) if number.isdecimal() else 0


def _write(data: dict, field: Field, text: str) -> tuple[str, str]:
    if text == field.value:
        return text, ""
    try:
        value = read(field.path, text)
    except Unreadable as error:
        return text, str(error)
    place: Any = data
    for part, following in zip(field.path[:-1], field.path[1:], strict=True):
        if isinstance(place, dict) and part not in place:
            place[part] = [] if isinstance(following, int) else {}
        place = place[part]
    last = field.path[-1]
    if isinstance(place, list):
        place[last] = {"code": value} if isinstance(place[last], dict) else value
    elif value is None:
        place.pop(last, None)
    else:
        place[last] = value
    return text, ""


def _has_field(path: Path, groups: list) -> bool:
    return any(
        path in (field.path, field.path[:2])
        for group in groups
        for _row, fields in group.rows
        for field in fields
    )


def _reason(intake: Intake, found: IntakeProject, user: Any) -> str:
    """Why the project can't be saved as it is now, if it can't."""
    if found.state in (IntakeProject.State.SAVED, IntakeProject.State.UNDONE):
        return ""
    try:
        loader = Loader()
        joining = joining_of(intake, user, loader.lookup)
        data = joining.rewritten(found.data) if found.is_taken else found.data
        checked(ready(data, found.identifier or "hanke"), found.file.name, loader)
    except NotPossible as reason:
        return str(reason)
    return ""


def marked(found: IntakeProject, groups: list) -> SafeString:
    """The text of a report with what was read from it marked; each mark leads to its field."""
    fields = [field for group in groups for _row, fields in group.rows for field in fields]
    spans = sorted(
        {(f.passage.start, f.passage.end, f.name) for f in fields if f.passage and f.passage.end}
    )
    text, pieces, end = found.file.text, [], 0
    for start, last, name in spans:
        if start < end:
            continue
        until = last
        while until < len(text) and text[until].isalnum():
            until += 1  # The whole of an inflected word.
        pieces.append(escape(text[end:start]))
        words = escape(text[start:until])
        pieces.append(f'<mark id="p-{escape(name)}"><a href="#f-{escape(name)}">{words}</a></mark>')
        end = until
    pieces.append(escape(text[end:]))
    return mark_safe("".join(pieces))  # noqa: S308, every piece is escaped above
