from django.core.management.base import BaseCommand, CommandError

from cms.assets.access import move_closed_pictures

from ...erasure import expired_contacts, expired_people, forget


class Command(BaseCommand):
    help = (
        "Delete people whose last public day has passed, with their traces in translations, "
        "the log and old revisions. The worker does it daily."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--days", type=int, default=30, help="days after the last public day (default 30)"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *, days: int, dry_run: bool, verbosity: int, **options) -> None:
        if days < 0:
            raise CommandError("--days must be 0 or more.")
        groups = expired_people(days)
        for group in groups:
            done = forget(group, dry_run)
            if verbosity:
                self.stdout.write(
                    f"{done.key}: {done.languages} languages, {done.revisions} old revisions, "
                    f"{done.strings} strings for translation"
                )
            for page in done.mentions:
                self.stdout.write(f"  still named in the text of: {page}")
        contacts = expired_contacts(days)
        roles = contacts.count()
        if not dry_run:
            contacts.delete()
        if not dry_run and (moved := move_closed_pictures()):
            self.stdout.write(f"Moved {moved} pictures of people in or out of what is public.")
        verb = "Would forget" if dry_run else "Forgot"
        self.stdout.write(f"{verb} {len(groups)} people and {roles} roles on projects.")
