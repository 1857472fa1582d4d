import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    PublicationFactory,
    SuperuserFactory,
    ThemeFactory,
    project_index,
    publication_index,
    translate,
)

pytestmark = pytest.mark.django_db

PROJECTS = "/admin/projects/"
QUERIES = {PROJECTS: 24, "/admin/publications/": 20}


def titles(response) -> list[str]:
    return [page.title for page in response.context["object_list"]]


def fill_projects(number: int):
    funder = OrganisationFactory(name="Fund")
    lead = OrganisationFactory()
    person = PersonFactory()
    owner = SuperuserFactory()
    return [
        ProjectFactory(
            title=f"Project {n}",
            owner=owner,
            programme=ProgrammeFactory(),
            funding=[(funder, "main", 100), (lead, "own_share", None)],
            organisations=[(lead, "lead")],
            municipalities=["205"],
            contacts=[person],
        )
        for n in range(number)
    ]


def fill_publications(number: int):
    for n in range(number):
        PublicationFactory(
            title=f"Guide {n}",
            files=[{"language": code, "url": "https://example.org/guide"} for code in ("fi", "ar")],
            projects=[ProjectFactory()],
        )


@pytest.mark.parametrize("number", [5, 50])
@pytest.mark.parametrize(
    ("url", "fill"), [(PROJECTS, fill_projects), ("/admin/publications/", fill_publications)]
)
def test_page_listing_asks_as_much_for_fifty_as_for_five(
    admin_client, django_assert_num_queries, number, url, fill
):
    project_index(), publication_index()
    fill(number)
    admin_client.get(url)
    with django_assert_num_queries(QUERIES[url]):
        response = admin_client.get(url)
    assert len(response.context["object_list"]) == number


RECORDS = {
    "organisation": OrganisationFactory,
    "person": lambda: PersonFactory(organisation=OrganisationFactory()),
    "programme": ProgrammeFactory,
    "theme": ThemeFactory,
}


@pytest.mark.parametrize("model", RECORDS)
def test_register_asks_as_much_for_fifty_as_for_five(
    admin_client, swedish, django_assert_num_queries, model
):
    url = f"/admin/snippets/projects/{model}/"
    for _ in range(5):
        RECORDS[model]()
    admin_client.get(url)
    with django_assert_num_queries(16):
        admin_client.get(url)
    for _ in range(45):
        RECORDS[model]()
    admin_client.get(url)
    with django_assert_num_queries(16):
        response = admin_client.get(url)
    assert len(response.context["object_list"]) == 50


def test_listing_shows_one_language_at_a_time(admin_client, swedish):
    project = ProjectFactory(title="Hanke")
    translate(project, "sv", title="Projekt")
    assert titles(admin_client.get(PROJECTS)) == ["Hanke"]
    assert titles(admin_client.get(PROJECTS, {"locale": "sv"})) == ["Projekt"]
    assert set(titles(admin_client.get(PROJECTS, {"locale": ""}))) == {"Hanke", "Projekt"}


def test_project_row_tells_status_period_funder_owner_and_missing_parts(admin_client):
    today = timezone.localdate()
    ProjectFactory(
        title="Bare",
        start_date=today - timedelta(days=1),
        funding=[(OrganisationFactory(name="Ministry"), "main", None)],
        owner=SuperuserFactory(first_name="Liisa", last_name="Malli"),
    )
    html = admin_client.get(PROJECTS).content.decode()
    for text in ("Running", "Ministry", "Liisa Malli", "No end date", "No contact"):
        assert text in html, text
    row = html[html.index("Bare") :]
    assert "No funder" not in row
    assert "No start date" not in row


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"status": "ended"}, ["Old"]),
        ({"status": "running"}, ["New"]),
        ({"status": "upcoming"}, []),
        ({"missing": "end"}, ["New"]),
        ({"missing": ["end", "funder"]}, ["New", "Old"]),
        ({"missing": "nonsense"}, ["New", "Old"]),
        ({"live": "false"}, []),
        ({"q": "s20688"}, ["Old"]),
        ({"q": "äiti"}, ["New"]),
        ({"q": "ÄITI"}, ["New"]),
        ({"q": "100%"}, []),
        ({"q": "\x00"}, ["New", "Old"]),
        ({"ordering": "nonsense"}, ["New", "Old"]),
        ({"owner": "999"}, ["New", "Old"]),
    ],
)
def test_projects_are_filtered_and_searched(admin_client, query, found):
    ProjectFactory(
        title="Old", code="S20688", start_date=date(2016, 5, 1), end_date=date(2019, 2, 28)
    )
    ProjectFactory(
        title="New",
        acronym="Äiti",
        start_date=date(2020, 1, 1),
        funding=[(OrganisationFactory(), "main", 1)],
    )
    response = admin_client.get(PROJECTS, query)
    assert response.status_code == 200
    assert sorted(titles(response)) == found


def test_funder_filter_holds_in_every_language(admin_client, swedish):
    funder = OrganisationFactory(name="Rahoittaja")
    project = ProjectFactory(title="Hanke", funding=[(funder, "main", 1)])
    ProjectFactory(title="Muu")
    translate(project, "sv", title="Projekt")
    funder.copy_for_translation(swedish).save()
    assert titles(admin_client.get(PROJECTS, {"funder": funder.pk})) == ["Hanke"]
    assert titles(admin_client.get(PROJECTS, {"funder": funder.pk, "locale": "sv"})) == ["Projekt"]


def test_export_as_csv_and_xlsx(admin_client):
    ProjectFactory(title="=1+1", code="S1", funding=[(OrganisationFactory(name="Fund"), "main", 1)])
    response = admin_client.get(PROJECTS, {"export": "csv"})
    rows = list(csv.reader(StringIO(b"".join(response.streaming_content).decode())))
    assert rows[0][:3] == ["Title", "Acronym", "Project code"]
    assert "Fund (Main funder): 1.00 €" in rows[1]
    assert "No end date" in ", ".join(rows[1])
    book = load_workbook(
        BytesIO(b"".join(admin_client.get(PROJECTS, {"export": "xlsx"}).streaming_content))
    )
    assert book.active.max_row == 2
    assert book.active["A2"].data_type == "s"


def test_publications_are_filtered_by_language_and_by_what_they_lack(admin_client):
    project = ProjectFactory(title="Hanke")
    PublicationFactory(
        title="Opas", files=[{"language": "ar", "url": "https://example.org"}], projects=[project]
    )
    PublicationFactory(title="Raportti")
    url = "/admin/publications/"
    assert titles(admin_client.get(url, {"language": "ar"})) == ["Opas"]
    assert titles(admin_client.get(url, {"lacking": "files"})) == ["Raportti"]
    assert titles(admin_client.get(url, {"project": project.pk})) == ["Opas"]
    html = admin_client.get(url).content.decode()
    assert "Arabic" in html
    assert "Hanke" in html
    assert admin_client.get(url, {"export": "xlsx"}).status_code == 200


def test_expired_person_is_marked_and_found(admin_client):
    yesterday = timezone.localdate() - timedelta(days=1)
    PersonFactory(name="Gone", public_until=yesterday)
    PersonFactory(name="Soon", public_until=yesterday + timedelta(days=10))
    PersonFactory(name="Open")
    url = reverse("wagtailsnippets_projects_person:list")
    html = admin_client.get(url).content.decode()
    assert html.count("Hidden since") == 1
    for shown, names in (("past", ["Gone"]), ("soon", ["Soon"]), ("now", ["Open", "Soon"])):
        found = admin_client.get(url, {"shown": shown}).context["object_list"]
        assert [person.name for person in found] == names


@pytest.mark.parametrize(
    ("url", "text"),
    [("/admin/municipalities/?q=kajaani", "205"), ("/admin/regions/?q=kainuu", "Kajanaland")],
)
def test_places_can_be_looked_up_and_not_edited(admin_client, url, text):
    html = admin_client.get(url).content.decode()
    assert text in html
    assert "/add/" not in html
    assert admin_client.get(url.split("?")[0] + "add/", follow=True).status_code == 404
