from django.core.management.base import BaseCommand

from ...erasure import forget
from ...personal_data import one_person


class Command(BaseCommand):
    help = (
        "Delete one person on request (GDPR, Article 17), with the traces in translations, the "
        "log, old revisions and searches, as forget_expired_people does in time."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("who", help="e-mail, whole name, or key")
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *, who, dry_run, **options) -> None:
        group = one_person(who)
        done = forget(group, dry_run)
        verb = "Would forget" if dry_run else "Forgot"
        self.stdout.write(
            f"{verb} {done.key}: {done.languages} languages, {done.revisions} old revisions, "
            f"{done.strings} strings for translation."
        )
        for page in done.mentions:
            self.stdout.write(f"  still named in the text of: {page}")
        for name in done.accounts:
            self.stdout.write(f"  has the account {name}: delete it among the users.")
