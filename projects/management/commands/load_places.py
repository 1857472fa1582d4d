from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from projects.models import Municipality, Region
from projects.places import FaultyList, load_places, read_list


class Command(BaseCommand):
    help = (
        "Bring in a newer official list of municipalities and regions (docs/places.md). Checks "
        "both files before it changes anything, says what changed, and deletes nothing."
    )
    requires_migrations_checks = True

    def add_arguments(self, parser) -> None:
        parser.add_argument("municipalities", type=Path, metavar="MUNICIPALITIES.csv")
        parser.add_argument("regions", type=Path, metavar="REGIONS.csv")
        parser.add_argument(
            "--year", type=int, required=True, help="the year in which the lists are in force"
        )
        parser.add_argument(
            "--merged",
            nargs="+",
            default=[],
            metavar="OLD=NEW",
            help="codes of municipalities that merged, and of those that they are part of now",
        )
        parser.add_argument(
            "--even-if-many", action="store_true", help="even if many municipalities are gone"
        )

    def handle(self, *, municipalities, regions, year, merged, even_if_many, **options):
        if not 1990 <= year <= timezone.localdate().year + 1:
            raise CommandError(f"{year} is no year of a list that is or was in force.")
        pairs = dict(pair.partition("=")[::2] for pair in merged)
        try:
            towns = read_list(municipalities, Municipality)
            areas = read_list(regions, Region)
            change = load_places(towns, areas, year, pairs, even_if_many=even_if_many)
        except FaultyList as error:
            raise CommandError(f"{error}\nNothing has been changed.") from error
        for line in change.lines:
            self.stdout.write(line)
        self.stdout.write(f"{len(change.lines)} places changed: the lists of {year} are in.")
        for town in change.unexplained:
            self.stdout.write(
                f"{town.code} {town.name_fi} is not in force: say with --merged "
                f"{town.code}=CODE what it is part of now."
            )
