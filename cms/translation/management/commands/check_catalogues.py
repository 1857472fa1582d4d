from django.core.management.base import BaseCommand, CommandError

from cms.translation.catalogues import check_all


class Command(BaseCommand):
    help = (
        "Check the interface catalogues: every string in Finnish, every public string in every "
        "language, placeholders and tags kept."
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
        for fault in faults:
            self.stderr.write(str(fault))
        if faults:
            raise CommandError(f"{len(faults)} faults in the catalogues.")
