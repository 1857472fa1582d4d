"""Read files as *Bring in* does and tell what was left out; with ``--save``, make drafts."""

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from intake.found import Document, Unreadable
from intake.kinds import read
from intake.models import Intake, IntakeProject
from intake.reading import Meanings, read_file
from intake.saving import work_on

SHOWN = 200


class Command(BaseCommand):
    help = "Read spreadsheets, lists, reports or project files, and say what was left out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", help="Files of any kind that can be brought in.")
        parser.add_argument("--save", action="store_true", help="Save the projects as drafts.")
        parser.add_argument("--user", help="Whose drafts they are: a user name.")

    def handle(self, *args: Any, **options: Any) -> None:
        user = self._user(options["user"])
        files = [Path(name) for name in options["files"]]
        for path in files:
            if not path.is_file():
                raise CommandError(f"There is no such file: {path}")
        intake = Intake.objects.create(user=user) if options["save"] else None
        for path in files:
            self._tell(path)
            if intake:
                read_file(intake, path.name, path.read_bytes())
        if intake:
            self._save(intake)

    def _user(self, name: str | None) -> Any:
        if name is None:
            return None
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no user {name}.")
        return user

    def _tell(self, path: Path) -> None:
        try:
            document = read(path.read_bytes(), path.name, Meanings())
        except Unreadable as reason:
            self.stdout.write(f"{path.name}: {reason}")
            return
        self.stdout.write(f"{path.name}: {len(document.found)} projects.")
        if document.cells:
            self._tell_cells(document)
        for line in (*document.notes, *document.refused)[:SHOWN]:
            self.stdout.write(f"  {line}")

    def _tell_cells(self, document: Document) -> None:
        lost = len(document.refused) + sum(document.unmatched.values())
        kept = 100 * (document.cells - lost) / document.cells
        self.stdout.write(f"  {document.cells} filled cells, {kept:.1f} % of them kept.")
        for heading, count in document.unmatched.items():
            self.stdout.write(f"  Column “{heading}” is left out: {count} cells.")

    def _save(self, intake: Intake) -> None:
        Intake.objects.filter(pk=intake.pk).update(state=Intake.State.SAVING)
        work_on(intake.pk)
        for project in intake.projects.exclude(state=IntakeProject.State.SAVED):
            why = project.message or "it is there already"
            self.stdout.write(f"  Not saved: {project} ({why}).")
        saved = intake.projects.filter(state=IntakeProject.State.SAVED).count()
        self.stdout.write(f"{saved} saved as drafts.")
