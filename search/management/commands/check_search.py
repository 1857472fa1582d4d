from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines import EngineError, configured_engines, get_engine
from search.indexing import differences, flush, repair
from search.models import IndexState


class Command(BaseCommand):
    help = (
        "Compare the search indexes with the database and mend what differs. Ends with exit code 1 "
        "where a difference was found and --dry-run keeps it, or remains."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--engine", choices=configured_engines(), help="Only this engine.")
        parser.add_argument("--dry-run", action="store_true", help="Tell, but mend nothing.")

    def handle(self, *args, **options) -> None:
        chosen = [options["engine"]] if options["engine"] else configured_engines()
        left = 0
        for name in chosen:
            try:
                left += self.compare(name, options["dry_run"])
            except EngineError as error:
                raise CommandError(f"{name} does not answer: {error}") from error
        if left:
            raise CommandError(f"{left} differences remain.")

    def compare(self, name: str, dry_run: bool) -> int:
        """The number of differences that remain."""
        self.compare_analysers(name)
        if not dry_run:
            flush(name)
        errors = {}
        wrong, orphans = differences(name, errors)
        found = len(wrong) + len(orphans)
        for (kind, key), error in sorted(errors.items()):
            self.stderr.write(f"{name}: {kind} {key} cannot be indexed: {error}")
        if not found:
            self.stdout.write(f"{name}: no {'other ' if errors else ''}difference.")
            return len(errors)
        for kind, key in sorted(wrong):
            self.stdout.write(f"{name}: {kind} {key} differs.")
        for document in sorted(orphans):
            self.stdout.write(f"{name}: {document} is in the index only.")
        if dry_run:
            return found + len(errors)
        refused = repair(name, wrong, orphans)
        for (kind, key), error in sorted(refused.items()):
            self.stderr.write(f"{name}: {kind} {key} is not taken: {error}")
        get_engine(name).refresh()
        wrong, orphans = differences(name)
        left = len(wrong) + len(orphans)
        self.stdout.write(f"{name}: {found - left} of {found} differences mended.")
        return left + len(errors)

    def compare_analysers(self, name: str) -> None:
        state = IndexState.objects.filter(engine=name, built_at__isnull=False).first()
        if state is None:
            return
        now = get_engine(name).analysers
        changed = sorted(code for code in now if state.analysers.get(code) != now[code])
        if changed:
            self.stdout.write(
                self.style.WARNING(
                    f"{name}: words of {', '.join(changed)} are analysed differently now: "
                    "run rebuild_search."
                )
            )
