"""From an upload to drafts and back, as staff do it in the admin."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from intake.models import Intake, IntakeProject
from projects.models import Organisation, Person, ProjectPage
from tests.factories import OrganisationFactory, ProjectFactory, project_index

from .tables import LIST, OWN, text_of, workbook_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def index(db):
    return project_index()


@pytest.fixture
def bring(admin_client, django_capture_on_commit_callbacks):
    """Upload files: the import that was made."""

    def upload(*files: tuple[str, bytes]) -> Intake:
        sent = [SimpleUploadedFile(name, content) for name, content in files]
        response = admin_client.post(reverse("intake:index"), {"files": sent})
        assert response.status_code == 302, response.content.decode()
        return Intake.objects.latest("pk")

    return upload


@pytest.fixture
def act(admin_client, django_capture_on_commit_callbacks):
    def post(intake: Intake, action: str, **more) -> str:
        projects = [str(pk) for pk in intake.projects.values_list("pk", flat=True)]
        data = {"action": action, "shown": projects, "take": projects, **more}
        with django_capture_on_commit_callbacks(execute=True):
            url = reverse("intake:review", args=[intake.pk])
            response = admin_client.post(url, data, follow=True)
        return response.content.decode()

    return post


def test_a_spreadsheet_becomes_drafts(bring, act, admin_user):
    intake = bring(("hankkeet.xlsx", workbook_of(OWN)))
    assert not ProjectPage.objects.exists()
    assert not Person.objects.exists()
    act(intake, "save")
    silta = ProjectPage.objects.get(title="Silta")
    assert not silta.live
    assert silta.owner == admin_user
    assert silta.code == "S90001"
    assert str(silta.end_date) == "2018-05-31"
    assert silta.date_precision == "month"
    assert silta.funding.get().organisation.name == "Rahasto"
    assert silta.contacts.get().person.email == "maija@example.org"
    assert ProjectPage.objects.filter(title="Polku", live=False).exists()
    intake.refresh_from_db()
    assert intake.state == "done"


def test_one_action_takes_all_of_it_back_but_what_was_touched(bring, act, admin_client):
    intake = bring(("lista.csv", "\n".join(LIST).encode()))
    act(intake, "save")
    assert Organisation.objects.filter(name__icontains="siltayhdistys").count() == 1
    polku = ProjectPage.objects.get(title="Polku")
    polku.lead = "Kirjoitettu käsin."
    polku.save_revision()
    shown = act(intake, "undo")
    assert ProjectPage.objects.get() == polku
    assert "1" in re.sub(r"<[^>]+>", " ", shown)
    assert intake.projects.get(state="kept").data["title"] == "Polku"
    # What the kept project names stays.
    assert Organisation.objects.filter(name__icontains="siltayhdistys").exists()


def test_all_of_an_untouched_import_goes_without_a_trace(bring, act):
    OrganisationFactory(name="Torin tuki")
    before = Organisation.objects.count(), Person.objects.count()
    intake = bring(("hankkeet.xlsx", workbook_of(OWN)))
    act(intake, "save")
    assert Organisation.objects.filter(name__startswith="Torin tuki").count() == 1
    act(intake, "undo")
    assert (Organisation.objects.count(), Person.objects.count()) == before
    assert not ProjectPage.objects.exists()


def test_a_project_that_is_there_is_not_taken_by_itself(bring, act, admin_client):
    ProjectFactory(title="Silta", code="S90001")
    intake = bring(("hankkeet.csv", text_of(OWN)))
    row = intake.projects.get(data__title="Silta")
    assert not row.is_taken
    shown = admin_client.get(reverse("intake:review", args=[intake.pk])).content.decode()
    assert "On jo:" in shown
    assert shown.count(" checked") == 1


def test_one_bad_file_does_not_stop_the_other(bring, admin_client):
    intake = bring(("rikki.xlsx", b"PK\x03\x04 broken"), ("hankkeet.csv", text_of(OWN)))
    assert intake.projects.count() == 2
    shown = admin_client.get(reverse("intake:review", args=[intake.pk])).content.decode()
    assert intake.files.get(name="rikki.xlsx").fault in shown.replace("&#x27;", "'")


def test_a_bad_field_is_left_out_and_the_project_saved(bring, act):
    rows = [["Hanke", "Y-tunnus", "Toteuttaja"], ["Silta", "1234567-9", "Siltayhdistys ry"]]
    intake = bring(("hankkeet.csv", text_of(rows)))
    act(intake, "save")
    saved = intake.projects.get()
    assert saved.state == IntakeProject.State.SAVED
    assert Organisation.objects.get(name="Siltayhdistys ry").business_id == ""
    assert "1234567-9" in str(saved.doubts)


def test_fields_are_corrected_before_they_are_saved(bring, act, admin_client):
    intake = bring(("hankkeet.csv", text_of(OWN)))
    polku = intake.projects.get(data__title="Polku")
    url = reverse("intake:project", args=[intake.pk, polku.pk])
    assert "kevät 2019" in admin_client.get(url).content.decode()
    wrong = admin_client.post(url, {"title": "Uusi polku", "period.end": "syksy", "take": "on"})
    assert wrong.status_code == 422
    assert 'value="syksy"' in wrong.content.decode()
    assert 'value="Uusi polku"' in wrong.content.decode()
    again = {"period.end": "syksy", "take": "on", "remove:funding.0": ""}
    assert 'name="remove:funding.0" checked' in admin_client.post(url, again).content.decode()
    right = {"title": "Uusi polku", "period.end": "31.5.2019", "take": "on", "remove:funding.0": ""}
    assert admin_client.post(url, right).status_code == 302
    act(intake, "save")
    saved = ProjectPage.objects.get(title="Uusi polku")
    assert str(saved.end_date) == "2019-05-31"
    assert not saved.funding.exists()


def test_columns_are_matched_by_hand_and_remembered(bring, admin_client):
    rows = [["Kengät", "Tunnus"], ["Silta", "S1"], ["Polku", "S2"]]
    intake = bring(("hankkeet.csv", text_of(rows)))
    file = intake.files.get()
    assert file.fault
    url = reverse("intake:columns", args=[intake.pk, file.pk])
    assert "Kengät" in admin_client.get(url).content.decode()
    admin_client.post(url, {"c0-0": "title", "c0-1": "acronym"})
    assert [row.data for row in intake.projects.all()] == [
        {"title": "Silta", "acronym": "S1"},
        {"title": "Polku", "acronym": "S2"},
    ]
    assert bring(("toinen.csv", text_of(rows))).projects.count() == 2


def test_who_is_who_is_shown_and_chosen(bring, act, admin_client):
    known = OrganisationFactory(name="Torin tuki ry")
    intake = bring(("hankkeet.csv", text_of(OWN)))
    url = reverse("intake:things", args=[intake.pk])
    shown = admin_client.get(url).content.decode()
    assert "Torin tuki ry (sama nimi)" in shown
    admin_client.post(url, {"organisations:torin-tuki-ry": "new"})
    act(intake, "save")
    assert Organisation.objects.filter(name="Torin tuki ry").exclude(pk=known.pk).count() == 1


def test_a_visitor_or_another_editor_sees_nothing_of_an_import(bring, client, admin_client):
    intake = bring(("hankkeet.csv", text_of(OWN)))
    for name in ("review", "things"):
        assert client.get(reverse(f"intake:{name}", args=[intake.pk])).status_code == 302
