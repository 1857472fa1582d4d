from django.core.management.base import BaseCommand, CommandError

from ...catalogues import COMPLETE, check_all, gaps


class Command(BaseCommand):
    help = (
        "Check the interface catalogues: every string in Finnish, every public string in every "
        "language, placeholders and tags kept. And list what the installed packages say in the "
        "admin and nobody has translated: translations of ours for them belong into "
        "locale/upstream."
    )
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("--language", action="append", help="Only this language code.")

    def handle(self, **options) -> None:
        faults, totals = check_all()
        chosen = options["language"] or list(totals)
        for code in chosen:
            if code not in totals:
                raise CommandError(f"{code} is not a language of this site: {', '.join(totals)}.")
            translated, wanted = totals[code]
            if wanted:
                self.stdout.write(f"{code}: {translated} of {wanted} strings")
        faults = [fault for fault in faults if fault.language in chosen]
        untranslated = gaps(COMPLETE) if COMPLETE in chosen else []
        for line in (*faults, *untranslated):
            self.stderr.write(str(line))
        found = [f"{len(faults)} faults in the catalogues."] if faults else []
        if untranslated:
            found.append(f"{COMPLETE} lacks {len(untranslated)} strings of installed packages.")
        if found:
            raise CommandError(" ".join(found))
        if COMPLETE in chosen:
            self.stdout.write(f"{COMPLETE}: every string of the installed packages.")
