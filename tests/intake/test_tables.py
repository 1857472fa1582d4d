"""Spreadsheets, lists of operations and text with separators, read into projects."""

import pytest

from intake.found import Unreadable
from intake.kinds import read
from intake.tables.headings import heading_of

from .tables import LIST, OWN, text_of, workbook_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def names(data: dict, group: str, kind: str = "organisations", field: str = "organisation"):
    return [data["records"][kind][row[field]]["name"] for row in data.get(group, [])]


@pytest.mark.parametrize(
    "content",
    [
        text_of(OWN),
        text_of(OWN, ",", "utf-8-sig"),
        text_of(OWN, "\t", "cp1252"),
        text_of(OWN, "|", "utf-16"),
        workbook_of(OWN),
        workbook_of(OWN, before=3),
    ],
    ids=["semicolons", "commas", "tabs in cp1252", "bars in utf-16", "workbook", "letterhead"],
)
def test_a_row_is_a_project_however_the_table_is_written(content):
    silta, polku = read(content, "hankkeet.csv").found
    data = silta.data
    assert (data["title"], data["code"]) == ("Silta", "S90001")
    assert data["period"] == {"start": "2016-05-01", "end": "2018-05"}
    assert [row["code"] for row in data["municipalities"]] == ["240", "851", "751"]
    assert names(data, "funding") == ["Rahasto"]
    assert data["funding"][0]["amount"] == "290780.50"
    assert names(data, "organisations") == ["Torin tuki ry", "Kylän kaupunki"]
    person = data["records"]["people"][data["contacts"][0]["person"]]
    assert person == {"name": "Maija Malli", "email": "maija@example.org"}
    assert data["body"] == [{"kind": "aims", "text": "Ihmiset tapaavat."}]
    assert polku.data["period"] == {"start": "2017"}


def test_what_can_not_be_read_says_where_and_how_and_stops_nothing():
    _silta, polku = read(workbook_of(OWN, before=2), "hankkeet.xlsx").found
    told = [doubt.message for doubt in polku.doubts if doubt.is_fault]
    assert len(told) == 2
    day, place = sorted(told, key=lambda message: "Atlantis" in message)
    for words in ("Hankkeet", "5", "Päättyy", "kevät 2019", "31.12.2026"):
        assert words in day
    assert "Atlantis" in place
    assert [row["code"] for row in polku.data["municipalities"]] == ["205"]


def test_a_published_list_needs_nothing_matched_by_hand():
    silta, polku = read("\n".join(LIST).encode(), "lista.csv").found
    data = silta.data
    assert data["title"] == "Silta-hanke"
    assert (data["priority_axis"], data["programme_part"]) == ("2", "Itä-Suomen suuralueosio")
    assert data["register_state"] == "Toiminta päättynyt"
    assert data["realised_public_funding"] == "133207.00"
    assert {(row["source"], row["kind"], row["amount"]) for row in data["amounts"]} == {
        ("eu_and_state", "granted", "133516.00"),
        ("eu_and_state", "realised", "98573.00"),
        ("public", "planned", "180426.00"),
    }
    assert names(data, "funding") == [
        "Euroopan sosiaalirahasto",
        "Pohjois-Savon elinkeino-, liikenne- ja ympäristökeskus",
    ]
    assert [row["role"] for row in data["funding"]] == ["main", "authority"]
    assert polku.data["realised_public_funding"] == "906068.50"
    assert not silta.doubts


def test_rows_of_one_project_are_joined():
    rows = [
        ["Hanke", "Koodi", "Kumppani"],
        ["Silta", "S1", "Torin tuki ry"],
        ["Silta", "S1", "Kylän seura"],
        ["", "", "Rannan seura"],
        ["Polku", "S2", "Torin tuki ry"],
        ["Yhteensä", "", "4"],
    ]
    document = read(text_of(rows), "hankkeet.csv")
    assert [len(found.data["organisations"]) for found in document.found] == [3, 1]
    assert "6" in document.notes[0]


def test_a_title_that_no_page_could_have_is_kept_whole():
    long = "Sanat " * 60
    [found] = read(text_of([["Hanke", "Koodi"], [long, "S1"]]), "hankkeet.csv").found
    assert found.data["official_name"] == long.strip()
    assert len(found.data["title"]) <= 255


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Hankkeen nimi *", "title"),
        ("Projektets namn", "title"),
        ("Name of beneficiary", "lead_organisation"),
        ("Total eligible cost", "amount:planned:total"),
        ("Myönnetty avustus 2021 (€)", "amount:granted:total:2021"),
        ("Beviljad EU-finansiering", "amount:granted:eu"),
        ("Union co-financing rate", "cofinancing_rate"),
        ("Toimen sijainti", "municipalities"),
        ("Kengännumero", ""),
    ],
)
def test_headings_are_known_in_three_languages(heading, meaning):
    assert str(heading_of(heading)) == meaning


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02" * 50, b"PK\x03\x04 broken", text_of([["Vain", "otsikot"]])],
)
def test_what_is_no_table_gets_a_message(content):
    with pytest.raises(Unreadable) as caught:
        read(content, "hankkeet.csv")
    assert len(str(caught.value)) > 10
