"""Uploaded files become projects to look at: read, known ones marked, nothing saved of them yet."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder

from cms.core.hygiene import clean_all, one_line
from projects.twins import Projects

from . import kinds
from .found import Document, Unreadable
from .models import ColumnMatch, Intake, IntakeFile, IntakeProject

MOST_PROJECTS = 2_000


def sign_of(shape: str) -> str:
    """How tables of one shape are known again."""
    return hashlib.sha256(shape.encode()).hexdigest()


class Meanings(dict):
    """What somebody has once chosen for tables of a shape: asked shape by shape."""

    def get(self, shape: str, default: Any = None) -> Any:
        match = ColumnMatch.objects.filter(shape=sign_of(shape)).first()
        return match.meanings if match else default


def read_file(intake: Intake, name: str, content: bytes) -> IntakeFile:
    """Keep the file with what was read of it, or with the reason why nothing was."""
    name = one_line(name)[-255:] or "–"
    file = IntakeFile(intake=intake, name=name, content=content, kind="")
    try:
        document = kinds.read(content, name, Meanings())
        if len(document.found) > MOST_PROJECTS:
            message = _("There are more than %(most)s projects in it: split it.")
            raise Unreadable(message % {"most": MOST_PROJECTS})
    except Unreadable as reason:
        kind = kinds.kind_of(content, name) if content else None
        file.fault, file.kind = str(reason), kind.NAME if kind else ""
        file.save()
    else:
        _keep(file, document)
    return file


@transaction.atomic
def read_again(file: IntakeFile) -> None:
    """With columns that were matched anew. Raises :class:`Unreadable`, and keeps what was."""
    document = kinds.read(bytes(file.content), file.name, Meanings())
    file.projects.all().delete()
    _keep(file, document)


def _keep(file: IntakeFile, document: Document) -> None:
    file.kind, file.text, file.fault = document.kind, document.text, ""
    file.notes = clean_all(document.notes)
    file.save()
    known = Projects(file.intake.user)
    finder = AdminURLFinder(file.intake.user)
    rows, taken = [], set(file.intake.projects.values_list("identifier", flat=True))
    for found in document.found:
        found.data = clean_all(found.data)
        row = IntakeProject.of(found, file.intake, file)
        row.identifier = _identifier(found.data, taken)
        taken.add(row.identifier)
        row.twins = _twins(found.data, known, finder)
        row.is_taken = not row.twins
        rows.append(row)
    IntakeProject.objects.bulk_create(rows)


def _identifier(data: dict, taken: set[str]) -> str:
    given = data.get("id")
    wanted = slugify(given or data.get("acronym") or data.get("title") or "")[:60].strip("-_")
    base = name = (wanted or "hanke").replace("_", "-")
    number = 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def _twins(data: dict, known: Projects, finder: AdminURLFinder) -> list[list[str]]:
    """Projects of the site that it surely is."""
    title, code = str(data.get("title") or ""), str(data.get("code") or "")
    found = known.twins(title, code=code)
    return [
        [str(twin.record), finder.get_edit_url(twin.record) or "", str(twin.reason.label)]
        for twin in found[:3]
        if twin.sure
    ]
