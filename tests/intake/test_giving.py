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
