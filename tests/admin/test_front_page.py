from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.users.roles import EDITORS
from projects.models import ProjectContact
from tests.factories import PersonFactory, ProjectFactory, translate

pytestmark = pytest.mark.django_db

HEADING = "Contacts whose time runs out"


def test_tells_whose_time_runs_out(admin_client):
    today = timezone.localdate()
    gone = PersonFactory(name="Gone Person", public_until=today - timedelta(days=1))
    soon = PersonFactory(name="Soon Person", public_until=today + timedelta(days=30))
    later = PersonFactory(name="Later Person", public_until=today + timedelta(days=31))
    role = PersonFactory(name="Role Person")
    PersonFactory(name="Unused Person", public_until=today)
    project = ProjectFactory(contacts=[gone, soon, later, role])
    ProjectContact.objects.filter(person=role).update(public_until=today)
    html = admin_client.get("/admin/").content.decode()
    assert HEADING in html
    assert "Gone Person" in html
    assert html.count("No longer shown") == 1
    assert "Soon Person" in html
    assert "Role Person" in html
    assert project.title in html
    assert "Later Person" not in html


def test_says_nothing_where_nothing_needs_doing(admin_client):
    ProjectFactory(contacts=[PersonFactory()])
    assert HEADING not in admin_client.get("/admin/").content.decode()


def test_contacts_are_personal_data_of_those_who_may_edit_people(client, member, db):
    person = PersonFactory(name="Gone Person", public_until=timezone.localdate())
    ProjectFactory(contacts=[person])
    group = Group.objects.get(name=EDITORS.name)
    group.permissions.filter(codename="change_person").first().group_set.remove(group)
    member(EDITORS.name)
    assert "Gone Person" not in client.get("/admin/").content.decode()


def test_counts_missing_parts_of_published_projects(admin_client, swedish):
    whole = ProjectFactory(code="S1")
    translate(whole, "sv")
    ProjectFactory(live=False)
    for _ in range(2):
        ProjectFactory(code="S2")
    response = admin_client.get("/admin/")
    panel = next(p for p in response.context["panels"] if p.name == "incomplete_projects")
    parts = {
        line.url.split("missing=")[1].split("&")[0]: line.count
        for line in panel.get_context_data({})["waiting"]
    }
    assert parts["swedish"] == 2
    assert parts["end"] == 3
    assert parts["twin_code"] == 2
    assert "code" not in parts
    assert "3 of 3" in response.content.decode()


def test_front_page_asks_as_much_for_many_projects(admin_client):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            admin_client.get("/admin/")
        return len(asked)

    yesterday = timezone.localdate() - timedelta(days=1)
    for _ in range(5):
        ProjectFactory(contacts=[PersonFactory(public_until=yesterday)])
    count()
    few = count()
    for _ in range(20):
        ProjectFactory(contacts=[PersonFactory(public_until=yesterday)])
    count()  # what is held for an epoch is read anew
    assert count() == few
