from django.core.management.base import BaseCommand

from cms.translation.catalogues import compile_all


class Command(BaseCommand):
    help = (
        "Compile the interface catalogues that have changed, as every start of the site does. "
        "Needs no gettext tools."
    )
    requires_system_checks = []

    def handle(self, **options):
        compile_all()
        if options["verbosity"]:
            self.stdout.write("The catalogues are compiled.")
