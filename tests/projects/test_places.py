"""Municipalities and regions: as in force in 2026, and as newer lists bring them."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import projects
from projects.models import Municipality, Region
from search.question import SearchParameters
from search.service import ask
from search.vocabulary import starting_places
from tests.factories import ProjectFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

DATA = Path(projects.__file__).parent / "data"
MOVED = {"090": "12", "142": "07", "152": "14", "171": "11", "291": "06"}


def data(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


class Lists:
    """Copies of the site's lists to be changed, without the municipalities that merged."""

    def __init__(self, folder: Path) -> None:
        self.towns = [row for row in data("municipalities") if row["in_force"] == "1"]
        for row in self.towns:
            del row["in_force"], row["successor"]
        self.regions = data("regions")
        self.paths = [folder / "towns.csv", folder / "regions.csv"]

    def town(self, code: str) -> dict[str, str]:
        return next(row for row in self.towns if row["code"] == code)

    def write(self, encoding="utf-8", delimiter=",") -> None:
        for path, rows in zip(self.paths, (self.towns, self.regions), strict=True):
            with path.open("w", encoding=encoding, newline="") as file:
                writer = csv.DictWriter(file, rows[0], delimiter=delimiter)
                writer.writeheader()
                writer.writerows(rows)

    def load(self, *options, year=2026, write=True) -> str:
        if write:
            self.write()
        out = StringIO()
        call_command("load_places", *self.paths, "--year", year, *options, stdout=out)
        return out.getvalue()


@pytest.fixture
def lists(tmp_path):
    return Lists(tmp_path)


def state() -> set[tuple]:
    names = ("code", "name_fi", "name_sv", "region__code", "in_force", "successor__code", "year")
    return set(Municipality.objects.values_list(*names)) | set(Region.objects.values_list("code"))


@pytest.mark.parametrize(("code", "region"), MOVED.items())
def test_municipalities_are_in_the_regions_of_2026(code, region):
    assert Municipality.objects.get(code=code).region.code == region


def test_every_place_says_its_year_and_merged_ones_what_they_are_part_of():
    assert Municipality.objects.filter(in_force=True, year=2026).count() == 308
    assert set(Region.objects.values_list("year", flat=True)) == {2026}
    merged = Municipality.objects.filter(in_force=False)
    assert set(merged.values_list("code", "successor__code", "year")) == {
        ("099", "214", 2020),
        ("588", "507", 2025),
    }


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_same_list_changes_nothing(lists, encoding, delimiter):
    before = state()
    lists.write(encoding, delimiter)
    assert "0 places changed" in lists.load(write=False)
    assert state() == before


def test_a_newer_list_is_brought_in_and_told(lists, commit):
    commit(ProjectFactory, title="Vorokkilan hanke", municipalities=["016"])
    lists.town("005")["name_fi"] = "Alajärvinen"
    lists.town("009")["region_code"] = "18"
    lists.towns = [row for row in lists.towns if row["code"] != "016"]
    lists.towns.append(
        {"code": "999", "name_fi": "Uusikunta", "name_sv": "Nykommun", "region_code": "07"}
    )
    out = commit(lists.load, "--merged", "016=999", year=2027)
    assert "005 Alajärvi" in out
    assert "+ 999 Uusikunta" in out
    assert "016 Asikkala" in out
    assert Municipality.objects.get(code="009").region.code == "18"
    asikkala = Municipality.objects.get(code="016")
    assert (asikkala.in_force, asikkala.successor.code, asikkala.year) == (False, "999", 2026)
    assert Municipality.objects.get(code="999").year == 2027
    found = ask(SearchParameters(query="Asikkala"), "fi").result.hits
    assert sorted(hit.title for hit in found) == ["Asikkala", "Vorokkilan hanke"]
    assert "0 places changed" in lists.load("--merged", "016=999", year=2027)


def test_the_search_follows_a_municipality_to_its_new_region(lists, commit):
    commit(ProjectFactory, title="Vorokkilan hanke", municipalities=["009"])
    lists.town("009")["region_code"] = "18"
    commit(lists.load)
    found = ask(SearchParameters(facets={"region": ("18",)}), "fi").result.hits
    assert [hit.title for hit in found] == ["Vorokkilan hanke"]
    assert any(line.startswith("Kainuu >") for line in starting_places("fi"))


def test_who_is_gone_without_a_word_is_asked_for(lists):
    lists.towns = [row for row in lists.towns if row["code"] != "016"]
    assert "016 Asikkala is not in force: say with --merged" in lists.load()
    assert not Municipality.objects.get(code="016").in_force


def double(lists):
    lists.towns.append(lists.town("005"))


def unknown_region(lists):
    lists.town("005")["region_code"] = "99"


def no_column(lists):
    for row in lists.towns:
        del row["name_sv"]


def no_rows(lists):
    lists.towns = [dict.fromkeys(lists.towns[0], "")]


def damaged(lists):
    lists.town("005")["name_fi"] = "AlajÃ¤rvi"


def no_name(lists):
    lists.town("005")["name_sv"] = ""


def odd_code(lists):
    lists.town("005")["code"] = "5"


def half(lists):
    lists.towns = lists.towns[:150]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (double, "005 stands there twice"),
        (unknown_region, "005 Alajärvi: there is no region 99"),
        (no_column, "no column name_sv"),
        (no_rows, "is no code"),
        (damaged, "the letters are damaged"),
        (no_name, "005 has no name_sv"),
        (odd_code, "“5” is no code of a municipality"),
        (half, "158 municipalities are not in the file"),
    ],
)
def test_a_faulty_list_changes_nothing(lists, spoil, message):
    before = state()
    lists.town("009")["name_fi"] = "Toinen"
    spoil(lists)
    with pytest.raises(CommandError, match=message) as raised:
        lists.load()
    assert "Nothing has been changed." in str(raised.value)
    assert state() == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--merged", "016"], "016 merged into"),
        (["--merged", "005=009"], "the list has it as in force"),
        (["--merged", "588=588"], "not in force itself"),
        (["--merged", "588=998"], "not known"),
    ],
)
def test_a_faulty_merger_changes_nothing(lists, options, message):
    before = state()
    with pytest.raises(CommandError, match=message):
        lists.load(*options)
    assert state() == before


@pytest.mark.parametrize(("year", "message"), [(2025, "newer than 2025"), (1, "no year")])
def test_an_older_list_is_refused(lists, year, message):
    with pytest.raises(CommandError, match=message):
        lists.load(year=year)


def test_another_encoding_or_no_file_is_said(lists):
    lists.write("latin-1")
    with pytest.raises(CommandError, match="not UTF-8"):
        lists.load(write=False)
    lists.paths[0].unlink()
    with pytest.raises(CommandError, match="No such file"):
        lists.load(write=False)
    lists.paths[0].write_bytes(b"")
    with pytest.raises(CommandError, match="no rows"):
        lists.load(write=False)
    lists.paths[0].write_bytes(b'code,name_fi,name_sv,region_code\n"005,\x00')
    with pytest.raises(CommandError, match="Nothing has been changed"):
        lists.load(write=False)
