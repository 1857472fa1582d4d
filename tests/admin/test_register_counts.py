"""How many projects name a record: told in the registers' listings, and to order them by."""

import pytest

from tests.factories import OrganisationFactory, ProjectFactory, ThemeFactory, translate

pytestmark = pytest.mark.django_db


def rows(client, url: str, *names: str) -> list[tuple]:
    found = client.get(url).context["object_list"]
    return [tuple(getattr(record, name) for name in names) for record in found]


def test_organisations_are_counted_and_ordered_by_the_projects_that_name_them(
    admin_client, swedish
):
    busy, lone = OrganisationFactory(name="Busy"), OrganisationFactory(name="Alone")
    for number in range(3):
        project = ProjectFactory(organisations=[(busy, "lead"), (busy, "partner")])
        translate(project, "sv", title=f"Projekt {number}")
    ProjectFactory(live=False, organisations=[(lone, "lead")], funding=[(lone, "main", 1)])
    url = "/admin/snippets/projects/organisation/?ordering="
    shown = ("name", "run", "funded")
    assert rows(admin_client, f"{url}-run", *shown)[:2] == [("Busy", 3, 0), ("Alone", 1, 1)]
    assert rows(admin_client, f"{url}run", *shown)[-1] == ("Busy", 3, 0)
    assert rows(admin_client, f"{url}-funded", *shown)[0] == ("Alone", 1, 1)


def test_a_theme_that_no_project_has_is_counted_nought(admin_client):
    used, unused = ThemeFactory(name="Used"), ThemeFactory(name="Unused")
    ProjectFactory(themes=[used])
    url = "/admin/snippets/projects/theme/?ordering=used"
    found = rows(admin_client, url, "name", "used")
    assert found.index((unused.name, 0)) < found.index((used.name, 1))


def test_a_town_tells_how_many_projects_work_there(admin_client):
    ProjectFactory(municipalities=["205"])
    found = rows(admin_client, "/admin/municipalities/?ordering=-projects", "code", "projects")
    assert found[0] == ("205", 1)
