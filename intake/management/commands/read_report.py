import json
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from intake.found import Document, Found, Unreadable
from intake.kinds.report import read


class Command(BaseCommand):
    help = "Show the facts of one project that a report tells, as bringing it in would find them."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--json", action="store_true", help="as JSON, in the field names of project files"
        )

    def handle(self, *args, **options) -> None:
        document = self._read(options["file"])
        for found in document.found:
            if options["json"]:
                self.stdout.write(json.dumps(found.data, ensure_ascii=False, indent=2))
            else:
                self.stdout.write("\n".join((*facts(found), *doubts(document, found))))

    def _read(self, path: Path) -> Document:
        try:
            return read(path.read_bytes(), path.name)
        except OSError as error:
            message = _("The file can't be read: %(reason)s.")
            raise CommandError(message % {"reason": error.strerror or error}) from error
        except Unreadable as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(_("The database isn’t ready. Run manage.py migrate.")) from error


def facts(found: Found) -> Iterator[str]:
    """A line for each fact: the field, its value, and what was written."""
    for path, value in leaves(found.data):
        passage = found.where.get(path)
        said = f"   [{' '.join(passage.text.split())[:60]}]" if passage else ""
        yield f"{'.'.join(map(str, path)):45} {' '.join(str(value).split())[:90]}{said}"


def leaves(value, path: tuple = ()) -> Iterator[tuple[tuple, object]]:
    """Every value that holds no others, with the way to it."""
    if isinstance(value, (dict, list)):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for step, inner in items:
            yield from leaves(inner, (*path, step))
    else:
        yield path, value


def doubts(document: Document, found: Found) -> Iterator[str]:
    for note in document.notes:
        yield f"! {note}"
    for doubt in found.doubts:
        yield f"? {'.'.join(map(str, doubt.path))}: {doubt.message}"
