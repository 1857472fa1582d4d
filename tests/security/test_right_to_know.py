"""A person learns what the site holds of her, and is forgotten when she asks for it."""

import json
import zipfile
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.core.management import CommandError, call_command
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Locale, ModelLogEntry, Revision
from wagtail_localize.models import String, Translation, TranslationSource
from wagtail_localize.strings import StringValue

from projects.models import ImportRecord, Person, ProjectContact
from search.models import MissedSearch
from tests.assets.files import picture, upload
from tests.factories import (
    ContactsPageFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NAME, EMAIL, PHONE = "Äinö Esimerkki", "aino.esimerkki@example.org", "040 000 0000"


@pytest.fixture
def person(django_capture_on_commit_callbacks):
    photo = get_image_model().objects.create(title="Kuva", file=upload("a.png", picture()))
    photo.get_rendition("width-10|format-png")
    with django_capture_on_commit_callbacks(execute=True):
        ContactsPageFactory(title="Yhteystiedot")
        person = PersonFactory(
            name=NAME,
            email=EMAIL,
            phone=PHONE,
            photo=photo,
            title="Projektipäällikkö",
            organisation=OrganisationFactory(name="Säätiö"),
        )
        source, _ = TranslationSource.update_or_create_from_instance(person)
        english, _ = Locale.objects.get_or_create(language_code="en")
        Translation.objects.create(source=source, target_locale=english).save_target()
        log(person, "wagtail.edit")
        project = ProjectFactory(title="Hanke", lead=f"Kysy: {NAME}, {EMAIL}")
        project.save_revision()
        ProjectContact.objects.create(page=project, person=person)
        project.lead = "Kysy meiltä"
        project.save_revision().publish()
        ProjectFactory(title="Toinen", lead=f"Soita {PHONE} ja {'x' * 900}")
    ImportRecord.objects.create(
        kind="person", identifier="aino", translation_key=person.translation_key, language="fi"
    )
    MissedSearch.objects.note("fi", "äinö esimerkki")
    String.from_value(person.locale, StringValue.from_plaintext(f"Kysy: {NAME}"))
    String.from_value(person.locale, StringValue.from_plaintext(NAME))
    return person


def export(who, out) -> dict:
    call_command("export_person", who, "--out", out, stdout=StringIO())
    return json.loads((out / "person.json").read_text(encoding="utf-8"))


def forget(*arguments) -> str:
    out = StringIO()
    call_command("forget_person", *arguments, stdout=out)
    return out.getvalue()


def test_everything_that_is_held_is_told(person, tmp_path):
    told = export(EMAIL, tmp_path / "new" / "folder")
    assert {row["language"] for row in told["person"]} == {"fi", "en"}
    record = told["person"][0]
    assert (record["name"], record["phone"], record["organisation"]) == (NAME, PHONE, "Säätiö")
    assert [row["project"] for row in told["project_contacts"]] == ["Hanke"]
    assert [row["page"] for row in told["texts"]] == ["Toinen"]
    assert len(told["texts"][0]["passages"][0]["text"]) < 500
    assert any(NAME in json.dumps(row, ensure_ascii=False) for row in told["revisions"])
    assert told["translations"]["sources"]
    assert {"data": NAME} in told["translations"]["strings"]
    assert any(entry["action"] == "wagtail.edit" for entry in told["log"])
    assert told["imports"][0]["identifier"] == "aino"
    assert {row["language"] for row in told["search"]["documents"]} >= {"fi", "en"}
    assert any(told["search"]["indexes"].values())
    assert told["search"]["searches_without_an_answer"][0]["words"] == "äinö esimerkki"
    assert told["accounts"] == []
    for name in record["photo"]["files"]:
        assert (tmp_path / "new" / "folder" / name).stat().st_size
    assert len(record["photo"]["files"]) == 2


@pytest.mark.parametrize("who", [EMAIL.upper(), f" {NAME.upper()} ", "key"])
def test_a_person_is_found_by_e_mail_name_and_key(person, tmp_path, who):
    who = str(person.translation_key) if who == "key" else who
    assert export(who, tmp_path / "out")["person"][0]["name"] == NAME


def test_the_account_with_the_same_e_mail_without_its_secrets(person, tmp_path):
    user = UserFactory(username="aino", email=EMAIL.title())
    UserFactory(username="other")
    AccessAttempt.objects.create(username="aino", ip_address="192.0.2.1", failures_since_start=1)
    AccessAttempt.objects.create(username="other", ip_address="192.0.2.9", failures_since_start=1)
    log(ProjectFactory(title="Kolmas"), "wagtail.edit", user=user)
    (account,) = export(NAME, tmp_path / "out")["accounts"]
    assert account["account"]["username"] == "aino"
    assert [row["ip_address"] for row in account["sign_ins"]] == ["192.0.2.1"]
    assert account["actions"][0]["object"] == "Kolmas"
    assert "password" not in json.dumps(account)


def test_somebody_who_has_an_account_alone(tmp_path):
    UserFactory(username="kirjoittaja", email="kirjoittaja@example.org")
    told = export("kirjoittaja@example.org", tmp_path / "out")
    assert told["person"] == []
    assert told["accounts"][0]["account"]["username"] == "kirjoittaja"


def test_another_person_is_left_out(person, tmp_path):
    PersonFactory(name="Toinen Ihminen", email="toinen@example.org")
    assert "Toinen Ihminen" not in json.dumps(export(EMAIL, tmp_path / "out"))


def test_a_zip_file(person, tmp_path):
    out = tmp_path / "aino.zip"
    call_command("export_person", EMAIL, "--out", out, stdout=StringIO())
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
        assert json.loads(archive.read("person.json"))["person"][0]["email"] == EMAIL
    assert sum(name.startswith("files/") and name != "files/" for name in names) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["aino.zip"]


def test_a_file_that_is_gone_from_the_storage_is_named(person, tmp_path):
    person.photo.file.storage.delete(person.photo.file.name)
    errors = StringIO()
    out = tmp_path / "out"
    call_command("export_person", EMAIL, "--out", out, stdout=StringIO(), stderr=errors)
    assert "missing from the storage" in errors.getvalue()
    assert (out / "person.json").exists()


def test_nothing_that_is_there_is_overwritten(person, tmp_path):
    (tmp_path / "old.txt").write_text("x")
    for out in (tmp_path, tmp_path / "old.txt"):
        with pytest.raises(CommandError, match="is there already"):
            export(EMAIL, out)
    with pytest.raises(CommandError, match="can't be written"):
        export(EMAIL, tmp_path / "old.txt" / "below")


@pytest.mark.parametrize("command", ["export_person", "forget_person"])
def test_several_people_of_a_name_are_listed_and_nobody_is_taken(person, tmp_path, command):
    other = PersonFactory(name=NAME, email="toinen@example.org")
    options = ["--out", tmp_path / "out"] if command == "export_person" else []
    with pytest.raises(CommandError) as raised:
        call_command(command, NAME, *options)
    assert raised.value.returncode == 2
    for key in (person.translation_key, other.translation_key):
        assert str(key) in str(raised.value)
    assert Person.objects.filter(name=NAME).exists()
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["export_person", "forget_person"])
@pytest.mark.parametrize("who", ["nobody@example.org", "Esimerkki", "", "0" * 32, "%"])
def test_nobody_of_that_name_is_said(person, tmp_path, command, who):
    options = ["--out", tmp_path / "out"] if command == "export_person" else []
    with pytest.raises(CommandError, match="Nobody has") as raised:
        call_command(command, who, *options)
    assert raised.value.returncode == 1


def test_a_person_is_forgotten_on_request(person, tmp_path, django_capture_on_commit_callbacks):
    UserFactory(username="aino", email=EMAIL)
    with django_capture_on_commit_callbacks(execute=True):
        out = forget(EMAIL)
    assert "Forgot" in out
    assert "has the account aino" in out
    assert "still named in the text of: Toinen" in out or "Toinen" not in out
    assert not Person.objects.exists()
    assert not ImportRecord.objects.filter(kind="person").exists()
    assert not MissedSearch.objects.exists()
    assert not any(NAME in str(revision.content) for revision in Revision.objects.all())
    assert not ModelLogEntry.objects.filter(label__contains="Esimerkki").exists()
    told = export(EMAIL, tmp_path / "out")
    left = {name for name, held in told.items() if held and name not in ("asked", "written")}
    assert left <= {"accounts", "translations", "search"}
    assert NAME not in json.dumps({**told, "accounts": []}, ensure_ascii=False)
    assert not String.objects.filter(data__contains="Esimerkki").exists()


def test_a_dry_run_changes_nothing(person):
    assert "Would forget" in forget(EMAIL, "--dry-run")
    assert Person.objects.filter(name=NAME).exists()
    assert MissedSearch.objects.exists()
