"""Listings as spreadsheets: all facts, a button that can be seen, nothing that computes."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from cms.core.hygiene import csv_cell
from search.models import MissedSearch
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    PublicationFactory,
    SuperuserFactory,
    TargetGroupFactory,
    ThemeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PROJECTS = "/admin/projects/"
PUBLICATIONS = "/admin/publications/"
PEOPLE = "/admin/snippets/projects/person/"
ORGANISATIONS = "/admin/snippets/projects/organisation/"


def content(client, url: str, kind: str) -> bytes:
    return b"".join(client.get(url, {"export": kind}).streaming_content)


def rows(client, url: str, kind: str) -> list[dict]:
    if kind == "csv":
        return list(csv.DictReader(StringIO(content(client, url, kind).decode())))
    head, *others = load_workbook(BytesIO(content(client, url, kind))).active.values
    return [dict(zip(head, other, strict=True)) for other in others]


@pytest.fixture
def project():
    fund, town = OrganisationFactory(name="Rahasto"), OrganisationFactory(name="Kaupunki")
    gone = timezone.localdate() - timedelta(days=1)
    lead = OrganisationFactory(name="Kylien tuki ry")
    return ProjectFactory(
        title="Silta",
        acronym="SILTA",
        code="S1",
        lead="Yhdessä.",
        website="https://example.org/silta",
        programme=ProgrammeFactory(name="ESR"),
        start_date=date(2021, 3, 1),
        end_date=date(2023, 5, 31),
        realised_public_funding="290780.50",
        owner=SuperuserFactory(first_name="Eeva", last_name="Esimerkki"),
        funding=[(fund, "main", "1234.5"), (town, "co_funder", None)],
        organisations=[(lead, "lead"), (town, "partner")],
        municipalities=["205"],
        regions=["18"],
        themes=[ThemeFactory(name="Työ", slug="tyo")],
        target_groups=[TargetGroupFactory(name="Nuoret", slug="nuoret")],
        contacts=[
            PersonFactory(
                name="Maija Malli", title="vetäjä", email="maija@example.org", phone="050 000 0000"
            ),
            PersonFactory(name="Gone Person", public_until=gone),
        ],
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_project_goes_out_with_all_its_facts(admin_client, project, kind):
    [row] = rows(admin_client, PROJECTS, kind)
    text = "\n".join(str(cell) for cell in row.values())
    assert row["Funders"] == "Rahasto (Main funder): 1234.50 €; Kaupunki (Co-funder)"
    assert row["Organisations"] == "Kylien tuki ry (Lead organisation); Kaupunki (Partner)"
    assert row["Municipalities"] == "Kajaani (205)"
    assert row["Regions"] == "Kainuu"
    assert row["Contacts"] == "Maija Malli, vetäjä, maija@example.org, 050 000 0000"
    for fact in ["Silta", "SILTA", "S1", "Yhdessä.", "ESR", "Ended", "2021-03-01", "2023-05-31"]:
        assert fact in text, fact
    for fact in ["290780.5", "1234.5", "Työ", "Nuoret", "https://example.org/silta", "Eeva"]:
        assert fact in text, fact
    assert project.full_url in text


def test_amounts_are_written_as_the_editor_reads_them(client, member, project):
    client.force_login(SuperuserFactory())
    text = content(client, PROJECTS, "csv").decode()
    assert "Rahasto (Päärahoittaja): 1234,50 €; Kaupunki" in text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_contact_whose_time_has_run_out_is_left_out(admin_client, project, kind):
    assert "Gone Person" not in str(rows(admin_client, PROJECTS, kind))


def test_as_many_questions_for_many_rows(admin_client, project):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            content(admin_client, PROJECTS, "csv")
        return len(queries)

    asked()
    one = asked()
    for number in range(5):
        ProjectFactory(
            title=f"Toinen {number}",
            funding=[(OrganisationFactory(), "main", 1)],
            organisations=[(OrganisationFactory(), "lead")],
            contacts=[PersonFactory(organisation=OrganisationFactory())],
            municipalities=["205"],
        )
    asked()  # what is held for an epoch is read anew
    assert asked() == one


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_publications_people_and_organisations(admin_client, kind):
    person = PersonFactory(name="Maija Malli", organisation=OrganisationFactory(name="Tuki ry"))
    project = ProjectFactory(title="Silta", contacts=[person])
    PublicationFactory(
        title="Opas",
        files=[{"language": "ar", "title": "Arabiaksi", "url": "https://example.org/ar"}],
        projects=[project],
    )
    [publication] = rows(admin_client, PUBLICATIONS, kind)
    assert publication["Files"] == "Arabic Arabiaksi https://example.org/ar"
    assert publication["Projects"] == "Silta"
    [shown] = rows(admin_client, PEOPLE, kind)
    assert shown["Name"] == "Maija Malli"
    assert shown["Organisation"] == "Tuki ry"
    assert shown["Projects"] == "Silta"
    [organisation] = rows(admin_client, ORGANISATIONS, kind)
    assert organisation["Name"] == "Tuki ry"
    assert {"E-mail", "Telephone", "Projects", "Funded projects"} <= set(organisation)


@pytest.mark.parametrize("url", [PROJECTS, PUBLICATIONS, PEOPLE, ORGANISATIONS])
def test_the_button_can_be_seen_once(admin_client, url):
    soup = BeautifulSoup(admin_client.get(url).content, "html.parser")
    buttons = [node for node in soup.find_all("button") if node.text.strip() == "Export"]
    assert len(buttons) == 1
    links = [link["href"] for link in soup.find_all("a", href=True) if "export=" in link["href"]]
    assert sorted(link.partition("export=")[2] for link in links) == ["csv", "xlsx"]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1+1"])
def test_a_cell_is_never_a_formula(admin_client, formula):
    MissedSearch.objects.create(language="fi", words=formula, times=1)
    url = reverse("missedsearch:index")
    [row] = rows(admin_client, url, "csv")
    assert row["Search words"] == f"'{formula}"
    sheet = load_workbook(BytesIO(content(admin_client, url, "xlsx"))).active
    assert sheet["A2"].data_type == "s"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_control_characters_break_no_file(admin_client, kind):
    MissedSearch.objects.create(language="fi", words="sana\x0b\x01\uffffloppu", times=1)
    [row] = rows(admin_client, reverse("missedsearch:index"), kind)
    assert row["Search words"].split() == ["sana", "loppu"]


def test_numbers_stay_numbers():
    cell = SpreadsheetExportMixin().preprocess_field_value
    assert cell("balance", Decimal("-0.50"), "csv") == Decimal("-0.50")
    assert cell("balance", "-0.50", "csv") == "'-0.50"
    assert csv_cell("a=1") == "a=1"
    assert csv_cell(None) == ""
