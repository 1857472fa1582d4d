"""What is taken out comes in again: the same cells, the same bytes."""

import json
from datetime import date
from decimal import Decimal
from io import BytesIO
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook

from intake.kinds import read
from intake.models import Intake
from intake.reading import read_file
from intake.saving import save
from intake.tables.headings import amount_heading, amount_of
from projects.models import AmountKind, AmountSource, ProjectPage
from tests.admin.facts import full_project
from tests.factories import EditorFactory, ProjectFactory, SuperuserFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ADDRESS = "/admin/take-out/"


@pytest.fixture
def project():
    body = [("section", {"kind": "aims", "heading": "", "text": "<p>Ihmiset; tapaavat.</p>"})]
    return full_project(
        title="=Silta",
        body=body,
        official_name='Pitkä; "nimi"',
        realised_public_funding=None,
        amounts=[
            {"source": "eu", "kind": "granted", "year": 2026, "amount": Decimal("600.50")},
            {"source": "total", "kind": "granted", "amount": Decimal("5000")},
        ],
        date_precision="day",
    )


def taken_out(client, kind: str, **query) -> bytes:
    response = client.get(f"{ADDRESS}?{urlencode({'as': kind, **query})}")
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content


@pytest.fixture
def bring_back(django_capture_on_commit_callbacks):
    """Delete the project, and bring the file in."""

    def bring(name: str, content: bytes) -> None:
        ProjectPage.objects.get(code="S22354").delete()
        intake = Intake.objects.create(user=SuperuserFactory())
        file = read_file(intake, name, content)
        assert not file.fault
        with django_capture_on_commit_callbacks(execute=True):
            save(intake)
        assert not intake.projects.exclude(state="saved").exists()

    return bring


def cells(content: bytes) -> list[tuple]:
    return list(load_workbook(BytesIO(content)).active.values)


def test_csv_is_the_same_byte_for_byte(admin_client, project, bring_back):
    first = taken_out(admin_client, "csv")
    assert b"'=Silta" in first
    bring_back("hankkeet.csv", first)
    second = taken_out(admin_client, "csv")
    assert second == first


def test_a_workbook_is_the_same_cell_for_cell(admin_client, project, bring_back):
    first = taken_out(admin_client, "xlsx")
    head, row = cells(first)
    told = dict(zip(head, row, strict=True))
    assert told["Alkaa"] == "2.1.2026"
    assert told["Rahoittajat"] == "Rahoittaja: 5000,00"
    assert told["Yhteyshenkilöt"].startswith("Maija Malli")
    bring_back("hankkeet.xlsx", first)
    assert cells(taken_out(admin_client, "xlsx")) == cells(first)


def test_grants_are_the_same(admin_client, project, bring_back):
    first = taken_out(admin_client, "json")
    [grant] = json.loads(first)["grants"]
    assert grant["amountAwarded"] == 5000
    assert grant["awardDate"] == "2025-12-01"
    assert grant["recipientOrganization"][0]["name"] == "Yhdistys"
    bring_back("grants.json", first)
    assert taken_out(admin_client, "json") == first


def test_project_files_are_packed(admin_client, project):
    content = taken_out(admin_client, "zip")
    [found] = read(content, "hankkeet.zip").found
    assert found.data["title"] == "=Silta"
    assert found.data["logo"]["file"].startswith("files/")


def test_the_same_filters_and_ticks_as_in_the_listing(admin_client, project):
    other = ProjectFactory(title="Polku", start_date=date(2001, 1, 1), end_date=date(2002, 1, 1))
    ended = read(taken_out(admin_client, "csv", status="ended"), "a.csv")
    assert [found.data["title"] for found in ended.found] == ["Polku"]
    ticked = read(taken_out(admin_client, "csv", id=other.pk), "a.csv")
    assert [found.data["title"] for found in ticked.found] == ["Polku"]
    listing = admin_client.get("/admin/projects/?status=ended").content.decode()
    assert f"{ADDRESS}?status=ended" in listing


def test_nobody_takes_out_what_she_may_not_see(client, project):
    client.force_login(UserFactory())
    assert client.get(f"{ADDRESS}?as=csv").status_code == 302
    client.force_login(EditorFactory(join="Toimittajat"))
    assert client.get(f"{ADDRESS}?as=csv").status_code == 200


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_heading_of_a_sum_is_read_again(language):
    for kind in AmountKind.values:
        for source in AmountSource.values:
            for year in (None, 2021):
                found = amount_of(amount_heading(kind, source, year, language))
                assert (found.kind, found.source, found.year) == (kind, source, year)
