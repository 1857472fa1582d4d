from functools import partial

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from search.engines import EngineError, configured_engines
from search.indexing import rebuild


class Command(BaseCommand):
    help = "Build the search indexes anew, beside the old ones; search goes on all the while."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--engine", choices=configured_engines(), help="Only this engine (default: all)."
        )

    def handle(self, *args, **options) -> None:
        chosen = [options["engine"]] if options["engine"] else configured_engines()
        quiet = options["verbosity"] == 0 or None
        for name in chosen:
            errors = {}
            try:
                count = rebuild(name, partial(tqdm, unit=" docs", disable=quiet), errors)
            except EngineError as error:
                raise CommandError(f"{name} does not answer: {error}") from error
            self.stdout.write(f"{name}: {count} documents.")
            for (kind, key), error in sorted(errors.items()):
                self.stderr.write(f"{name}: {kind} {key} cannot be indexed: {error}")
