"""Lists of a member's people: their own, with as many questions for fifty rows as for five."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    project_index,
    publication_index,
)
from tests.members.people import member_with_editor

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def a(client):
    organisation, editor = member_with_editor("Yhdistys A")
    project_index()
    client.force_login(editor)
    return organisation


def fill(organisation, number: int) -> None:
    for n in range(number):
        person = PersonFactory(organisation=organisation)
        rows = {"organisations": [(organisation, "lead")], "contacts": [person]}
        ProjectFactory(title=f"Oma {organisation.pk} {n}", **rows)


def rows_of(client, url: str) -> list:
    return list(client.get(url).context["object_list"])


@pytest.mark.parametrize(
    "name", ["project_listing:index", "wagtailsnippets_projects_person:list", "wagtailadmin_home"]
)
def test_as_many_questions_for_fifty_as_for_five(client, a, name):
    url, counts = reverse(name), []
    for number in (5, 45):
        fill(a, number)
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_own_projects_and_people_are_listed_and_exported(client, a):
    fill(a, 2)
    stranger = OrganisationFactory()
    fill(stranger, 3)
    projects = reverse("project_listing:index")
    assert len(rows_of(client, projects)) == 2
    people = reverse("wagtailsnippets_projects_person:list")
    assert {person.organisation for person in rows_of(client, people)} == {a}
    organisations = reverse("wagtailsnippets_projects_organisation:list")
    assert [(one, one.run) for one in rows_of(client, organisations)] == [(a, 2)]
    export = client.get(projects, {"export": "csv"})
    rows = list(csv.reader(StringIO(b"".join(export.streaming_content).decode())))
    assert len(rows) == 3


def test_the_menu_has_what_there_is_to_do(client, a):
    publication_index()
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("project_listing:index") in html
    assert f'"url": "{reverse("publication_listing:index")}"' not in html


def test_the_organisation_of_others_is_chosen_by_name_and_no_more(client, a):
    other = OrganisationFactory(name="Kumppani", email="salaisuus@example.org", phone="123456")
    chooser = client.get(reverse("wagtailsnippetchoosers_projects_organisation:choose"))
    html = chooser.json()["html"]
    assert "Kumppani" in html
    assert "salaisuus" not in html
    for name in ("edit", "history", "usage"):
        url = reverse(f"wagtailsnippets_projects_organisation:{name}", args=[other.pk])
        assert client.get(url).status_code == 302


def test_choosers_of_pages_offer_own_and_public_ones(client, a):
    fill(a, 1)
    ProjectFactory(title="Julkinen")
    ProjectFactory(title="Luonnos", live=False)
    renamed = ProjectFactory(title="Vanha nimi")
    renamed.title = "Salattu nimi"
    renamed.save_revision()
    url = reverse("wagtailadmin_choose_page_child", args=[project_index().pk])
    html = client.get(url).json()["html"]
    assert f"Oma {a.pk} 0" in html
    assert "Julkinen" in html
    assert "Luonnos" not in html
    assert "Salattu nimi" not in html
