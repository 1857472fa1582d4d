"""The listing of projects in every language: facts are those of the page that carries them."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.admin.missing import MissingPart, facts_missing
from projects.models import ProjectPage
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    translate,
)

from .facts import full_project

pytestmark = pytest.mark.django_db

PROJECTS = "/admin/projects/"


@pytest.fixture
def pair(swedish):
    """A whole project and a bare one, each in two languages."""
    whole = full_project(title="Hanke", body=[("section", {"kind": "aims", "text": "<p>A</p>"})])
    bare = ProjectFactory(title="Muu")
    return (
        whole,
        translate(whole, "sv", title="Projekt"),
        bare,
        translate(bare, "sv", title="Annat"),
    )


def titles(response) -> list[str]:
    return [page.title for page in response.context["object_list"]]


@pytest.mark.parametrize("part", [part for part in MissingPart if part in {"start", "end", "code"}])
@pytest.mark.parametrize(("language", "title"), [("fi", "Muu"), ("sv", "Annat")])
def test_missing_fact_is_that_of_the_thing(admin_client, pair, part, language, title):
    found = admin_client.get(PROJECTS, {"missing": part.value, "locale": language})
    assert titles(found) == [title]


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("start", {"start_date": None}),
        ("end", {"end_date": None, "extension_end_date": None}),
        ("code", {"code": ""}),
        ("programme", {"programme": None}),
        ("leader", {"organisations": []}),
        ("funder", {"funding": []}),
        ("contact", {"contacts": []}),
        ("place", {"municipalities": [], "regions": []}),
        ("lead", {"lead": ""}),
        ("body", {"body": []}),
    ],
)
def test_each_missing_part_is_found_and_told_in_its_row(admin_client, part, fields):
    body = [("section", {"kind": "aims", "text": "<p>A</p>"})]
    full_project(title="Kokonainen", slug="a", code="S1", body=body, lead="L")
    full_project(
        **{"title": "Vajaa", "slug": "b", "code": "S2", "body": body, "lead": "L"} | fields
    )
    response = admin_client.get(PROJECTS, {"missing": part})
    assert titles(response) == ["Vajaa"]
    assert str(MissingPart(part).label) in response.context["object_list"][0].lacks
    others = admin_client.get(PROJECTS, {"q": "Kokonainen"}).context["object_list"][0]
    assert str(MissingPart(part).label) not in others.lacks


def test_person_who_is_shown_no_more_is_no_contact(admin_client):
    full_project(contacts=[PersonFactory(public_until=date(2020, 1, 1))])
    assert titles(admin_client.get(PROJECTS, {"missing": "contact"})) == ["Hanke"]


def test_code_is_used_twice_by_two_things_and_not_by_two_languages(admin_client, pair):
    assert titles(admin_client.get(PROJECTS, {"missing": "twin_code", "locale": ""})) == []
    ProjectFactory(title="Kolmas", code="s22354")
    found = admin_client.get(PROJECTS, {"missing": "twin_code", "locale": ""})
    assert set(titles(found)) == {"Hanke", "Projekt", "Kolmas"}


@pytest.mark.parametrize(
    "query",
    [
        {"status": "ended"},
        {"q": "S22354"},
        {"q": "aito"},
        {"q": "s223"},
    ],
)
def test_translation_is_found_by_its_facts(admin_client, swedish, query):
    whole = full_project(start_date=date(2015, 1, 1), end_date=date(2016, 1, 1), **OLD)
    translate(whole, "sv", title="Projekt")
    translate(ProjectFactory(title="Muu"), "sv", title="Annat")
    assert titles(admin_client.get(PROJECTS, {**query, "locale": "sv"})) == ["Projekt"]


OLD = {"extension_end_date": None}


def test_row_of_a_translation_shows_the_facts(admin_client, pair):
    html = admin_client.get(PROJECTS, {"locale": "sv", "q": "Projekt"}).content.decode()
    for text in ("AITO · S22354", "January 2026 – May 2027", "Rahoittaja"):
        assert text in html


def test_translations_stand_in_the_order_of_their_start(admin_client, swedish):
    for title, day in (("b", date(2020, 1, 1)), ("a", date(2021, 1, 1)), ("c", date(2019, 1, 1))):
        translate(ProjectFactory(title=title, start_date=day), "sv", title=title)
    query = {"locale": "sv", "ordering": "start_date"}
    assert titles(admin_client.get(PROJECTS, query)) == ["c", "b", "a"]
    query["ordering"] = "-start_date"
    assert titles(admin_client.get(PROJECTS, query)) == ["a", "b", "c"]


def exported(client, **query) -> list[dict]:
    response = client.get(PROJECTS, {"export": "csv", **query})
    return list(csv.DictReader(StringIO(b"".join(response.streaming_content).decode())))


def test_export_of_a_translation_has_the_facts(admin_client, pair):
    (row,) = exported(admin_client, locale="sv", q="Projekt")
    assert row["Title"] == "Projekt"
    assert row["Project code"] == "S22354"
    assert row["Programme"] == "Sosiaalirahasto"
    assert row["Funders"] == "Rahoittaja (Main funder): 5000.00 €"
    assert row["Organisations"] == "Yhdistys (Lead organisation)"
    assert row["Municipalities"] == "Helsinki (091)"
    assert row["Precision of the dates"] == "Month"
    assert "Maija Malli" in row["Contacts"]


def test_export_asks_as_much_for_thirty_rows_as_for_three(admin_client, swedish):
    def asked() -> int:
        exported(admin_client)
        with CaptureQueriesContext(connection) as queries:
            assert exported(admin_client)
        return len(queries)

    def fill(number: int) -> None:
        for _ in range(number):
            ProjectFactory(
                programme=ProgrammeFactory(), funding=[(OrganisationFactory(), "main", 1)]
            )

    fill(3)
    few = asked()
    fill(27)
    assert asked() == few


def test_draft_facts_are_no_facts_yet(admin_client):
    project = ProjectFactory(title="Hanke", code="")
    project.code = "S1"
    project.save_revision()
    assert titles(admin_client.get(PROJECTS, {"missing": "code"})) == ["Hanke"]
    project.get_latest_revision().publish()
    assert titles(admin_client.get(PROJECTS, {"missing": "code"})) == []
    key = ProjectPage.objects.get().translation_key
    assert key in facts_missing(date(2026, 1, 1))[MissingPart.START]
