from django.core.management.base import BaseCommand

from cms.translation.catalogues import compile_all


class Command(BaseCommand):
    help = "Compile the interface catalogues that have changed. Needs no gettext tools."
    requires_system_checks = []

    def handle(self, **options):
        written = compile_all()
        if options["verbosity"] and written:
            self.stdout.write(f"Compiled {len(written)} catalogues.")
