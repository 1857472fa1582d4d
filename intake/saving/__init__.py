"""Saving what was reviewed as drafts, in the background, and taking it back.

Each project is saved whole or not at all, together with the note that it is saved: who is killed
half-way goes on where the other ended.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task, task_backends
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex

from cms.core.concurrency import alone
from cms.core.languages import admin_language
from projects.importing import FaultyFiles, Loader, NoHome, forget

from ..models import Intake, IntakeProject
from .archives import Folders
from .checking import NotPossible, checked, ready
from .joining import Joining

__all__ = ["Joining", "NotPossible", "checked", "ready", "save", "undo"]

logger = logging.getLogger("katto.intake")

TURN_SECONDS = 5
PAUSE = 0.12
"""Longer than any wait between two tries of SQLite for its lock."""
State = IntakeProject.State


def save(intake: Intake) -> None:
    """Have what is ticked saved: by a worker, or here and now where tasks run at once."""
    _begin(intake, Intake.State.SAVING)


def undo(intake: Intake) -> None:
    """Take back what nobody has touched since."""
    _begin(intake, Intake.State.UNDOING)


def _begin(intake: Intake, state: Intake.State) -> None:
    Intake.objects.filter(pk=intake.pk).update(state=state)
    transaction.on_commit(lambda: go_on.enqueue(intake.pk))


@task()
def go_on(intake_id: int) -> None:
    """Work for one turn; what is left waits for the next, and others come in between."""
    seconds = TURN_SECONDS if task_backends["default"].supports_defer else None
    with alone("import") as mine:
        rest = not mine or work_on(intake_id, seconds)
    if rest and (mine or seconds):
        time.sleep(0 if mine else PAUSE * 5)
        go_on.enqueue(intake_id)


def work_on(intake_id: int, seconds: float | None = None) -> bool:
    """Whether something is left. In the language of who brought it in."""
    intake = Intake.objects.select_related("user").filter(pk=intake_id).first()
    steps = intake and STEPS.get(intake.state)
    if not steps:
        return False
    make, waiting, end_state = steps
    end = seconds and time.monotonic() + seconds
    with translation.override(admin_language(intake.user)):
        step = make(intake)
        for pk in list(intake.projects.filter(waiting).values_list("pk", flat=True)):
            if end and time.monotonic() > end:
                return True
            begun = time.monotonic()
            step(IntakeProject.objects.select_related("file").get(pk=pk))
            if end and connection.vendor == "sqlite":
                time.sleep(max(PAUSE, time.monotonic() - begun))
        step.finish()
        Intake.objects.filter(pk=intake.pk).update(state=end_state)
    return False


class Saving:
    """Some projects of an import, one after another."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        taken = intake.projects.filter(is_taken=True).exclude(state=State.UNDONE)
        data = list(taken.values_list("data", flat=True))
        self.loader = Loader()
        self.joining = Joining(data, intake.choices, lookup=self.loader.lookup)
        self.folders = Folders()

    def __call__(self, project: IntakeProject) -> None:
        try:
            self._save(project)
        except (NotPossible, FaultyFiles, NoHome) as reason:
            told = [f.message for f in getattr(reason, "faults", [])] or [str(reason)]
            _fail(project, " ".join(told))
        except Exception:
            logger.exception(
                "Project %s of import %s could not be saved.", project.pk, project.intake_id
            )
            _fail(project, _("This failed. The log of the site says why."))

    def finish(self) -> None:
        """Nothing is left to do."""

    def _save(self, project: IntakeProject) -> None:
        identifier = self.joining.lookup.free("projects", project.identifier or "hanke")
        data = ready(self.joining.rewritten(project.data), identifier)
        name = self.folders.name_of(project)
        found, dropped = checked(data, name, self.loader)
        with self.loader.loading(name):
            made = self.loader.load(found)
            pages = [page for _kind, page in made if isinstance(page, Page)]
            records = [row for row in made if not isinstance(row[1], Page)]
            project.page_key = pages[0].translation_key
            project.made = {
                "revisions": [self._sign(page) for page in pages],
                "records": list(map(self._mark, records)),
            }
            project.state, project.message = State.SAVED, ""
            project.doubts += [[list(d.path), d.message, d.is_fault] for d in dropped]
            project.save()
        self.joining.lookup.directory.learn("projects", identifier, project.page_key)

    def _sign(self, page: Page) -> tuple[str, int]:
        """Say whose draft it is; its key and revision, by which it is known to be untouched."""
        user = self.intake.user
        Page.objects.filter(pk=page.pk).update(owner=user)
        revision = page.get_latest_revision()
        type(revision).objects.filter(pk=revision.pk).update(user=user)
        log(instance=page, action="wagtail.create", user=user)
        return str(page.translation_key), revision.pk

    def _mark(self, made: tuple[str, Any]) -> list:
        kind, record = made
        state = self.loader.state_of(kind, record)
        return [kind, str(record.translation_key), state]


def _fail(project: IntakeProject, message: str) -> None:
    rows = IntakeProject.objects.filter(pk=project.pk)
    rows.update(state=State.FAILED, message=message)


class Undoing:
    """Takes back drafts that are as they were saved, and records that nothing else names."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.loader = Loader()

    def __call__(self, project: IntakeProject) -> None:
        with transaction.atomic():
            signs = dict(project.made.get("revisions", []))
            pages = list(Page.objects.filter(translation_key__in=signs).specific())
            if all(self._is_untouched(page, signs[str(page.translation_key)]) for page in pages):
                for page in pages:
                    self._delete(page)
                project.state = State.UNDONE
            else:
                project.state = State.KEPT
            project.save(update_fields=["state"])

    def finish(self) -> None:
        """Records that the import made, once no project of it needs them; people before theirs."""
        rows = self.intake.projects.values_list("made", flat=True)
        made = [record for row in rows for record in row.get("records", [])]
        for kind, key, state in sorted(made, key=lambda row: row[0] != "people"):
            with transaction.atomic():
                self._take_back(kind, key, state)

    def _is_untouched(self, page: Page, revision: int) -> bool:
        others = page.get_translations().exists()
        return not (page.live or others) and page.latest_revision_id == revision

    def _delete(self, page: Page) -> None:
        log(instance=page, action="wagtail.delete", user=self.intake.user, deleted=True)
        kind = next(k for k, s in self.loader.run.directory.shapes.items() if s.model is type(page))
        Page.objects.get(pk=page.pk).specific.delete()
        forget(kind, page.translation_key)

    def _take_back(self, kind: str, key: str, state: dict) -> None:
        model = self.loader.run.directory.shapes[kind].model
        versions = list(model.objects.filter(translation_key=key))
        if len(versions) != 1 or self.loader.state_of(kind, versions[0]) != state:
            return
        named = ReferenceIndex.get_references_to(versions[0])
        if not named.exists():
            versions[0].delete()
            forget(kind, key)


STEPS: dict[str, tuple[Callable, Q, str]] = {
    Intake.State.SAVING: (Saving, Q(state=State.WAITING, is_taken=True), Intake.State.DONE),
    Intake.State.UNDOING: (Undoing, Q(state=State.SAVED), Intake.State.UNDONE),
}
