"""The front page's one list: what projects lack and whose details leave, for whom, at what cost."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.users.roles import EDITORS
from projects.admin.missing import FIELDS, place_of
from projects.models import ProjectContact
from tests.admin.test_to_do import panel, titles
from tests.factories import PersonFactory, ProjectFactory, translate

pytestmark = pytest.mark.django_db

PEOPLE = "Contact persons whose last public day has come or is near"
LEAVING = "Projects from which a contact's details leave within 30 days"
MISSING = "Published projects with missing parts"
RESULTS = "Ending or ended projects without results"


def section(kind: str, text: str) -> dict:
    return {"type": "section", "value": {"kind": kind, "heading": "", "text": text}}


def test_tells_whose_time_runs_out(admin_client):
    today = timezone.localdate()
    gone = PersonFactory(name="Gone Person", public_until=today - timedelta(days=1))
    soon = PersonFactory(name="Soon Person", public_until=today + timedelta(days=30))
    later = PersonFactory(name="Later Person", public_until=today + timedelta(days=31))
    role = PersonFactory(name="Role Person")
    PersonFactory(name="Unused Person", public_until=today, show_on_contacts_page=False)
    project = ProjectFactory(title="Silta", contacts=[gone, soon, later, role])
    ProjectFactory(title="Muu", contacts=[gone])
    ProjectContact.objects.filter(person=role).update(public_until=today)
    project.save()
    lines = panel(admin_client)
    count, url = lines[PEOPLE]
    shown = titles(admin_client, url)
    assert count == 2
    assert "Gone Person" in shown
    assert "Soon Person" in shown
    assert not any(name in shown for name in ("Later Person", "Unused Person", "Role Person"))
    count, url = lines[LEAVING]
    found = admin_client.get(url).context["object_list"]
    assert (count, [page.title for page in found]) == (1, ["Silta"])


def test_says_that_nothing_needs_doing(admin_client):
    assert panel(admin_client) == {}
    assert "Nothing waits for you." in admin_client.get("/admin/").content.decode()


def test_contacts_are_personal_data_of_those_who_may_edit_people(client, member, db):
    person = PersonFactory(name="Gone Person", public_until=timezone.localdate())
    ProjectFactory(contacts=[person])
    label = "Yhteyshenkilöt"
    member(EDITORS.name)
    assert any(PEOPLE in name or label in name for name in panel(client))
    group = Group.objects.get(name=EDITORS.name)
    group.permissions.filter(codename="change_person").first().group_set.remove(group)
    member(EDITORS.name)
    assert not any(PEOPLE in name or label in name for name in panel(client))


def test_counts_missing_parts_of_published_projects(admin_client, swedish):
    whole = ProjectFactory(code="S1")
    translate(whole, "sv")
    ProjectFactory(live=False)
    for _ in range(2):
        ProjectFactory(code="S2")
    count, url = panel(admin_client)[MISSING]
    assert count == 3
    assert len(admin_client.get(url).context["object_list"]) == 3
    response = admin_client.get("/admin/")
    todo = next(each for each in response.context["panels"] if each.name == "to_do")
    [line] = [x for x in todo.get_context_data({})["waiting"] if x.label == MISSING]
    parts = {part.url.split("missing=")[1].split("&")[0]: part.count for part in line.waiting_parts}
    assert parts["swedish"] == 2
    assert parts["end"] == 3
    assert parts["twin_code"] == 2
    assert "code" not in parts
    assert "3 of 3" in response.content.decode()


def test_results_are_missed_at_the_end_and_until_they_are_told(admin_client):
    today = timezone.localdate()
    blank = [section("results", "<p></p>"), section("aims", "<p>Yhdessä.</p>")]
    ended = ProjectFactory(title="Päättynyt", end_date=today - timedelta(days=1), body=blank)
    ProjectFactory(title="Pian", end_date=today + timedelta(days=30))
    ProjectFactory(title="Jatkuva", end_date=today + timedelta(days=31))
    ProjectFactory(title="Kertonut", end_date=today, body=[section("results", "<p>Opittiin.</p>")])
    count, url = panel(admin_client)[RESULTS]
    found = admin_client.get(url).context["object_list"]
    assert (count, {page.title for page in found}) == (2, {"Päättynyt", "Pian"})
    html = admin_client.get(url).content.decode()
    assert f"/admin/pages/{ended.pk}/edit/#panel-child-content-body-section" in html
    ended.body = [section("results", "<p>Opittiin.</p>")]
    ended.save_revision().publish()
    assert panel(admin_client)[RESULTS][0] == 1


def test_the_listing_tells_how_much_is_there(admin_client):
    ProjectFactory(title="Silta", code="S1")
    html = admin_client.get("/admin/projects/").content.decode()
    assert "of 14 parts" in html
    assert "#panel-child-facts-period-section" in html
    assert admin_client.get("/admin/projects/?whole=yes").context["object_list"] == []


def test_every_part_leads_to_a_place_of_the_form_in_any_language(client, member):
    """The form's names of its parts are the same for who reads it in Finnish."""
    page = ProjectFactory()
    member(EDITORS.name)
    html = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "Ingressi" in html
    for part in FIELDS:
        anchor = place_of(part, page).partition("#")[2]
        assert f'id="{anchor}"' in html, part


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
