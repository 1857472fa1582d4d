"""Project files into the site; and what all that handles such files says while it works.

That is a bar on long work, faults one to a line, and what has changed.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from projects.importing import Busy, FaultyFiles, NoHome, import_projects, only_import

LONG = 20
MANY = 40


class Command(BaseCommand):
    help = "Load project files (docs/project-files.md). Checks all of them before it loads any."
    requires_migrations_checks = True

    def add_arguments(self, parser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="project files or folders")
        parser.add_argument(
            "--overwrite", action="store_true", help="let the files win over editors' changes"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )

    def handle(self, *args, **options) -> None:
        with plain_words(self), only_import():
            outcome = import_projects(
                options["paths"],
                overwrite=options["overwrite"],
                dry_run=options["dry_run"],
                progress=progress(self.stderr, options["verbosity"]),
            )
        if options["dry_run"]:
            self.stdout.write(_("Dry run: nothing has been changed."))
        tell(self, outcome, options["verbosity"])


def progress(stream, verbosity: int) -> Callable[[Sized, str], Iterable]:
    """A bar when somebody watches, or when there is much to do."""

    def wrap(items: Sized, label: str) -> Iterable:
        watched = getattr(stream, "isatty", lambda: False)()
        if verbosity == 0 or not (watched or len(items) > LONG):
            return items
        every = 0.1 if watched else 5
        # A command's stderr ends every write with a new line, which a bar in a terminal must not.
        file = sys.stderr if watched else stream
        return tqdm(items, desc=label, file=file, mininterval=every, unit="", leave=True)

    return wrap


@contextmanager
def plain_words(command: BaseCommand) -> Iterator[None]:
    """Faults, another import, no home page, Ctrl+C: each ends in a sentence, not in a traceback."""
    try:
        yield
    except FaultyFiles as error:
        fail(command, error)
    except (Busy, NoHome) as error:
        raise CommandError(str(error)) from error
    except KeyboardInterrupt:
        message = _("Stopped. Each project is as it was or whole; run the same command to go on.")
        raise CommandError(message, returncode=130) from None


def fail(command, error: FaultyFiles) -> None:
    for fault in error.faults:
        command.stderr.write(str(fault))
    count = len(error.faults)
    message = ngettext(
        "%(count)s fault. Nothing was loaded from these files.",
        "%(count)s faults. Nothing was loaded from these files.",
        count,
    )
    if error.loaded:
        message = ngettext(
            "The loading stopped here. %(loaded)s file before it was loaded.",
            "The loading stopped here. %(loaded)s files before it were loaded.",
            error.loaded,
        )
    raise CommandError(message % {"count": count, "loaded": error.loaded})


def tell(command, outcome, verbosity: int) -> None:
    for note in outcome.notes:
        command.stdout.write(_("Note: %(note)s") % {"note": note})
    _list(command, _("Changed: %(what)s"), outcome.changed, verbosity)
    _list(command, _("Kept, because an editor changed it: %(what)s"), outcome.kept, verbosity)
    if outcome.kept:
        command.stdout.write(_("(--overwrite lets the files win.)"))
    projects = ngettext("%(count)s file", "%(count)s files", outcome.files) % {
        "count": outcome.files
    }
    if outcome.changed:
        names = Counter(label.partition(": ")[0] for label in outcome.changed)
        command.stdout.write(
            _("%(files)s loaded; %(count)s objects changed.")
            % {"files": projects, "count": len(names)}
        )
    else:
        command.stdout.write(_("%(files)s: nothing changed.") % {"files": projects})


def _list(command, sentence: str, what: list[str], verbosity: int) -> None:
    if verbosity == 0:
        return
    shown = what if verbosity > 1 else what[:MANY]
    for label in shown:
        text = label.removesuffix(": *")
        command.stdout.write(sentence % {"what": text})
    if len(what) > len(shown):
        command.stdout.write(
            _("… and %(count)s more (--verbosity 2 lists them all).")
            % {"count": len(what) - len(shown)}
        )
