"""The official lists of municipalities and regions: read, checked whole, then brought in.

Statistics Finland publishes both anew each year. Municipalities merge; older projects go on naming
what they named, so nothing is ever deleted.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from projects.models import Municipality, Region

REQUIRED = {
    Region: ("code", "name_fi", "name_sv", "name_en"),
    Municipality: ("code", "name_fi", "name_sv", "region_code"),
}
CODES = {Region: re.compile(r"\d{2}"), Municipality: re.compile(r"\d{3}")}
LONGEST_NAME = 100
MOST_GONE = 20
"""Municipalities that may merge in a year; more are missing from the file, not from the country."""
GARBLED = re.compile("[\ufffd\x00-\x1f]|Ã.|Â.")


class FaultyList(Exception):
    """What is wrong with the files, a line for each fault; nothing has been changed."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


@dataclass
class Change:
    """What a list changed, a line for each place. ``unexplained``: gone without a successor."""

    lines: list[str] = field(default_factory=list)
    unexplained: list[Municipality] = field(default_factory=list)


def read_list(path: Path, model) -> list[dict[str, str]]:
    """The rows of a list of regions or municipalities. Raises :class:`FaultyList`.

    UTF-8, with commas or semicolons; lines that begin with # are remarks. Further columns are
    passed over, but a municipality may have ``in_force`` (0 or 1) and ``successor`` (a code).
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FaultyList([f"{path}: {error.strerror or error}."]) from error
    except UnicodeDecodeError as error:
        raise FaultyList(
            [f"{path}: not UTF-8 (byte {error.start + 1}). Save it as UTF-8."]
        ) from error
    lines = [line for line in io.StringIO(text, newline=None) if line[0] != "#" and line.strip()]
    delimiter = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    try:
        table = list(csv.DictReader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise FaultyList([f"{path}: {error}."]) from error
    missing = [name for name in REQUIRED[model] if not table or name not in table[0]]
    if missing:
        raise FaultyList([f"{path}: no rows, or no column {', '.join(missing)}."])
    rows = [{k: " ".join((v or "").split()) for k, v in row.items() if k} for row in table]
    if faults := list(_faults(rows, model)):
        raise FaultyList(f"{path}: {fault}" for fault in faults)
    return rows


def _faults(rows: list[dict[str, str]], model) -> Iterator[str]:
    seen: set[str] = set()
    for row in rows:
        code = row["code"]
        if not CODES[model].fullmatch(code) or not code.isascii():
            yield f"“{code}” is no code of a {model._meta.model_name}."
        if code in seen:
            yield f"the code {code} stands there twice."
        seen.add(code)
        for name in (column for column in REQUIRED[model] if column.startswith("name_")):
            if not 0 < len(row[name]) <= LONGEST_NAME:
                yield f"{code} has no {name}, or one of more than {LONGEST_NAME} characters."
            if GARBLED.search(row[name]):
                yield f"{code} has the {name} “{row[name]}”: the letters are damaged."
        if row.get("in_force", "1") not in ("0", "1", ""):
            yield f"{code}: in_force is 0 or 1."


def successors_of(towns: list[dict[str, str]], merged: Mapping[str, str]) -> dict[str, str]:
    """Code of a municipality that is gone → of the one that it is part of."""
    return {row["code"]: row["successor"] for row in towns if row.get("successor")} | dict(merged)


def check_together(
    towns: list[dict[str, str]], areas: list[dict[str, str]], merged: Mapping[str, str]
) -> None:
    """What the two lists say of each other. Raises :class:`FaultyList`."""
    regions = {row["code"] for row in areas}
    listed = {row["code"] for row in towns}
    known = listed | set(Municipality.objects.values_list("code", flat=True))
    pairs = successors_of(towns, merged)
    faults = [
        f"{row['code']} {row['name_fi']}: there is no region {row['region_code']}."
        for row in towns
        if row["region_code"] not in regions
    ]
    current = {row["code"] for row in towns if row.get("in_force") != "0"}
    for code, successor in pairs.items():
        if code in current:
            faults.append(f"{code} merged into {successor}, but the list has it as in force.")
        elif code not in known or successor not in known:
            faults.append(f"{code} merged into {successor}: one of them is not known.")
        elif code == successor or successor in pairs:
            faults.append(f"{code} merged into {successor}, which is not in force itself.")
    if faults:
        raise FaultyList(faults)


def check_plausible(gone: int, year: int, even_if_many: bool) -> None:
    """Whether the lists can be those that follow what the site has. Raises :class:`FaultyList`."""
    newest = Municipality.objects.aggregate(year=Max("year"))["year"]
    if newest and year < newest:
        raise FaultyList([f"The site has the list of {newest}, which is newer than {year}."])
    if gone > MOST_GONE and not even_if_many:
        raise FaultyList(
            [f"{gone} municipalities are not in the file. If that is so: --even-if-many."]
        )


@transaction.atomic
def load_places(
    towns: list[dict[str, str]],
    areas: list[dict[str, str]],
    year: int,
    merged: Mapping[str, str] | None = None,
    *,
    even_if_many: bool = False,
) -> Change:
    """Bring in the lists of a year; only what differs is saved, so that what refers to it follows.

    ``merged``: code of a municipality that is gone → code of the one that it is part of.
    """
    merged = merged or {}
    check_together(towns, areas, merged)
    current = {row["code"] for row in towns if row.get("in_force") != "0"}
    gone = Municipality.objects.filter(in_force=True).exclude(code__in=current)
    check_plausible(gone.count(), year, even_if_many)
    change = Change()
    for row in areas:
        names = {name: row[name] for name in REQUIRED[Region] if name != "code"}
        _save(Region(code=row["code"]), names, year, change)
    regions = {region.code: region for region in Region.objects.all()}
    for row in towns:
        in_force = row["code"] in current
        facts = {"name_fi": row["name_fi"], "name_sv": row["name_sv"], "in_force": in_force}
        facts |= {
            "region": regions[row["region_code"]],
            **({"successor": None} if in_force else {}),
        }
        _save(Municipality(code=row["code"]), facts, year if in_force else None, change)
    for town in gone:
        _save(town, {"in_force": False}, None, change)
    for code, successor in successors_of(towns, merged).items():
        target = Municipality.objects.get(code=successor)
        _save(Municipality(code=code), {"successor": target, "in_force": False}, None, change)
    change.unexplained = list(Municipality.objects.filter(in_force=False, successor=None))
    return change


def _save(place, facts: dict, year: int | None, change: Change) -> None:
    """Save what differs, and say it. A place that is not in the list keeps its last year."""
    model = type(place)
    known = model.objects.filter(code=place.code).first()
    place = known or place
    if year:
        facts = {**facts, "year": year}
    before = {name: getattr(place, name, None) if known else None for name in facts}
    differs = {name: value for name, value in facts.items() if before[name] != value}
    if not differs:
        return
    for name, value in differs.items():
        setattr(place, name, value)
    place.save()
    told = {name: value for name, value in differs.items() if name != "year"}
    if not known:
        change.lines.append(f"+ {place.code} {place.name_fi}")
    elif told:
        words = (f"{name}: {before[name]} → {value}" for name, value in told.items())
        change.lines.append(f"{place.code} {place.name_fi}: {', '.join(words)}")


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

    def handle(self, *, municipalities, regions, year, merged, even_if_many, **options) -> None:
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
