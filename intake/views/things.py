"""Who is who: organisations, people and words that the files name, joined with the registers."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.importing import Lookup

from ..models import Intake
from ..saving import Joining
from ..saving.joining import NEW, Thing
from .frame import frame
from .rights import intake_of

KINDS = {
    "organisations": gettext_lazy("Organisations"),
    "people": gettext_lazy("People"),
    "programmes": gettext_lazy("Programmes"),
    "themes": gettext_lazy("Themes"),
    "target_groups": gettext_lazy("Target groups"),
}


@dataclass
class Row:
    """``options``: value, label and whether it is chosen."""

    name: str
    field: str
    projects: int
    options: list[tuple[str, str, bool]]


def things(request: HttpRequest, intake_id: int) -> HttpResponse:
    intake = intake_of(request.user, intake_id)
    joining = joining_of(intake, request.user)
    if request.method == "POST":
        if intake.state == Intake.State.REVIEW:
            intake.choices = _chosen(request, joining)
            intake.save(update_fields=["choices"])
        return redirect("intake:review", intake.pk)
    groups = []
    for kind, label in KINDS.items():
        rows = [_row(thing, joining) for thing in joining.things.values() if thing.kind == kind]
        if rows:
            groups.append((label, sorted(rows, key=lambda row: row.name.casefold())))
    context = {"groups": groups, **frame(_("Who is who"), intake)}
    return render(request, "intake/admin/things.html", context)


def joining_of(intake: Intake, user: Any, lookup: Lookup | None = None) -> Joining:
    taken = intake.projects.filter(is_taken=True).values_list("data", flat=True)
    return Joining(list(taken), intake.choices, user, lookup)


def _row(thing: Thing, joining: Joining) -> Row:
    known = {
        joining.lookup.identifier(thing.kind, twin.record): f"{twin.record} ({twin.reason.label})"
        for twin in thing.twins
    }
    other = joining.things.get((thing.kind, thing.choice))
    options = [(NEW, _("Make a new one"), thing.is_new)]
    if other and thing.choice not in known:
        label = _("The same as “%(name)s” of these files") % {"name": other.name}
        options.append((thing.choice, label, True))
    options += [(value, label, value == thing.choice) for value, label in known.items()]
    return Row(thing.name, f"{thing.kind}:{thing.identifier}", thing.projects, options)


def _chosen(request: HttpRequest, joining: Joining) -> dict[str, dict[str, str]]:
    chosen: dict[str, dict[str, str]] = {}
    for kind, identifier in joining.things:
        value = request.POST.get(f"{kind}:{identifier}")
        if value:
            chosen.setdefault(kind, {})[identifier] = value[:120]
    return chosen
