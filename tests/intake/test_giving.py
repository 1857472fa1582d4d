"""Grants of 360Giving, flat and nested, with the headings and names of the standard."""

import json

import pytest

from intake.kinds import read

from .tables import text_of, workbook_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HEAD = ["Identifier", "Title", "Description", "Currency", "Amount Applied For", "Amount Awarded"]
HEAD += ["Award Date", "Planned Dates:Start Date", "Planned Dates:End Date"]
HEAD += ["Recipient Org:Identifier", "Recipient Org:Name", "Recipient Org:Web Address"]
HEAD += ["Funding Org:Identifier", "Funding Org:Name", "Grant Programme:Title"]
HEAD += ["Beneficiary Location:0:Name", "Beneficiary Location:0:Country Code"]
ROW = ["360G-example-1", "Silta", "Ihmiset tapaavat.", "EUR", "2000", "1500.50", "2020-03-02"]
ROW += ["2020-04-01", "2021-03-31T00:00:00Z", "FI-PRO-0737546-2", "Siltayhdistys ry"]
ROW += ["https://example.org", "GB-CHC-1097940", "Torin säätiö", "Kylät elävät", "Kemi", "FI"]
NESTED = {
    "id": "360G-example-1",
    "title": "Silta",
    "description": "Ihmiset tapaavat.",
    "currency": "EUR",
    "amountAppliedFor": 2000,
    "amountAwarded": 1500.50,
    "awardDate": "2020-03-02",
    "plannedDates": [{"startDate": "2020-04-01", "endDate": "2021-03-31T00:00:00Z"}],
    "recipientOrganization": [
        {"id": "FI-PRO-0737546-2", "name": "Siltayhdistys ry", "url": "https://example.org"}
    ],
    "fundingOrganization": [{"id": "GB-CHC-1097940", "name": "Torin säätiö"}],
    "grantProgramme": [{"title": "Kylät elävät"}],
    "beneficiaryLocation": [{"name": "Kemi", "countryCode": "FI"}],
}


@pytest.mark.parametrize(
    "content",
    [
        text_of([HEAD, ROW], ","),
        workbook_of([HEAD, ROW]),
        json.dumps({"grants": [NESTED]}).encode(),
    ],
    ids=["csv", "xlsx", "json"],
)
def test_a_grant_is_the_same_in_every_form(content):
    document = read(content, "grants.csv")
    assert document.kind == "360giving"
    [found] = document.found
    data = found.data
    records = data["records"]["organisations"]
    assert (data["title"], data["lead"]) == ("Silta", "Ihmiset tapaavat.")
    assert data["codes"] == [{"scheme": "360Giving", "code": "360G-example-1"}]
    assert data["period"] == {"start": "2020-04-01", "end": "2021-03-31"}
    assert data["award_date"] == "2020-03-02"
    assert {(row["kind"], row["amount"]) for row in data["amounts"]} == {
        ("applied", "2000.00"),
        ("granted", "1500.50"),
    }
    assert records["siltayhdistys-ry"]["business_id"] == "0737546-2"
    assert records["torin-saatio"]["other_ids"] == "GB-CHC-1097940"
    assert data["municipalities"] == [{"code": "240"}]
    assert not found.doubts


def test_a_bad_address_or_another_currency_stops_no_other_field():
    bad = {**NESTED, "currency": "GBP", "awardDate": "soon"}
    [found] = read(json.dumps([bad]).encode(), "grants.json").found
    assert found.data["title"] == "Silta"
    assert "amounts" not in found.data
    assert len([doubt for doubt in found.doubts if doubt.is_fault]) == 3


def test_rows_that_repeat_an_identifier_tell_of_one_grant():
    """As the standard's reference shows it: a second row for each transaction."""
    head = ["Identifier", "Title", "Amount Awarded", "Amount Disbursed"]
    rows = [["360G-saatio-123", "Silta", "5000", ""], ["360G-saatio-123", "", "", "2500"]]
    [found] = read(text_of([head, *rows], ","), "grants.csv").found
    assert found.data["title"] == "Silta"
    assert [(row["kind"], row["amount"]) for row in found.data["amounts"]] == [
        ("granted", "5000.00"),
        ("realised", "2500.00"),
    ]
    assert not found.doubts
    rows.append(["360G-saatio-123", "", "6000", ""])
    [found] = read(text_of([head, *rows], ","), "grants.csv").found
    assert len(found.data["amounts"]) == 2
    assert "6000" in found.doubts[0].message


@pytest.mark.parametrize(
    ("head", "row", "title"),
    [
        (["Identifier", "Description", "Amount Awarded", "For Regrant Type"], ["Avustus"], None),
        (["Identifier", "Title", "Related Document:0:Title"], ["Silta", "Liite"], "Silta"),
        (["Identifier", "Title", "… (other columns)"], ["Silta", "…"], "Silta"),
    ],
)
@pytest.mark.parametrize("make", [lambda rows: text_of(rows, ","), workbook_of])
def test_grants_are_known_by_their_identifiers_where_headings_are_few(head, row, title, make):
    rows = [[f"360G-saatio-{n}", *row] for n in range(3)]
    document = read(make([head, *rows]), "grants")
    assert document.kind == "360giving"
    assert [found.data.get("title") for found in document.found] == [title] * 3


def test_a_duration_in_months_ends_a_grant_that_has_a_beginning():
    days = {"startDate": "2020-01-31", "duration": 13}
    grants = [{**NESTED, "plannedDates": [days]}, {**NESTED, "id": "360G-b", "plannedDates": []}]
    grants.append({**NESTED, "id": "360G-c", "plannedDates": [{"duration": 30}]})
    first, second, third = read(json.dumps(grants).encode(), "grants.json").found
    assert first.data["period"] == {"start": "2020-01-31", "end": "2021-02-27"}
    assert "period" not in second.data
    assert "period" not in third.data


def test_a_grant_to_a_person_brings_nobody_in():
    """The standard's ``recipientIndividual``: personal data that no project needs."""
    person = {"id": "360G-i", "recipientIndividual": {"id": "X", "name": "Aino Esimerkki"}}
    [found] = read(json.dumps({"grants": [{**person, "project": [{}]}]}).encode(), "a.json").found
    assert found.data == {"codes": [{"scheme": "360Giving", "code": "360G-i"}]}
