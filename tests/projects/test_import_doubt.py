"""What looks right and is not: keys and rows given twice, blanks, faults found while loading."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Site

from projects import importing
from projects.importing import FaultyFiles
from projects.models import Organisation, Programme, ProjectPage
from tests.factories import png

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
KEY = "11111111-1111-4111-8111-111111111111"


def finnish() -> ProjectPage:
    return ProjectPage.objects.get(locale__language_code="fi", slug="silta")


def faults_of(folder, data=None) -> dict[str, str]:
    with pytest.raises(FaultyFiles) as caught:
        folder.load(data)
    assert caught.value.loaded == 0
    assert not ProjectPage.objects.exists()
    return {fault.field: fault.message for fault in caught.value.faults}


@pytest.mark.parametrize("field", ["id", "slug", "key"])
def test_a_line_break_at_the_end_is_not_overlooked(folder, field):
    data = folder.project()
    data[field] = {"id": "silta\n", "slug": "silta\n", "key": KEY + "\n"}[field]
    assert field in faults_of(folder, data)


def test_a_blank_title_or_name_is_told(folder):
    data = folder.project() | {"title": "  ", "translations": {}}
    data["records"]["organisations"]["kyt"]["name"] = "\u00a0"
    assert set(faults_of(folder, data)) == {"title", "records.organisations.kyt.name"}


@pytest.mark.parametrize(
    ("field", "rows", "named"),
    [
        ("municipalities", ["205", {"code": 205}], "municipalities[2]"),
        ("regions", ["18", {"code": "18", "name": "Kainuu"}], "regions[2]"),
        ("contacts", [{"person": "maija"}, {"person": "maija"}], "contacts[2]"),
    ],
)
def test_the_same_row_twice_is_told(folder, field, rows, named):
    assert named in faults_of(folder, folder.project() | {field: rows})


def test_two_grants_of_one_funder_are_two_rows(folder):
    grant = {"organisation": "kyt", "role": "main"}
    rows = [{**grant, "amount": "1.00"}, {**grant, "amount": "2.00"}]
    folder.load(folder.project() | {"funding": rows})
    assert finnish().funding.count() == 2


@pytest.mark.parametrize("amounts", [("1.00", "1"), ("1.00", None)])
def test_the_same_funder_twice_is_told_by_name(folder, amounts):
    grant = {"organisation": "kyt", "role": "main"}
    rows = [{**grant, "amount": amount} if amount else grant for amount in amounts]
    assert "kyt" in faults_of(folder, folder.project() | {"funding": rows})["funding[2]"]


def test_two_publications_of_one_id_on_one_line_are_told(folder):
    data = folder.project()
    data["publications"] = [{"id": "a", "title": "A"}, {"id": "a", "title": "B"}]
    folder.write(json.dumps(data))
    assert "publications[2].id" in faults_of(folder)


def test_a_key_belongs_to_one_object(folder):
    data = folder.project() | {"key": KEY}
    data["publications"][0]["key"] = KEY
    assert "silta" in faults_of(folder, data)["publications[1].id"]
    home = Site.objects.get(is_default_site=True).root_page
    data = folder.project() | {"key": str(home.translation_key)}
    assert home.title in faults_of(folder, data)["id"]


def test_an_exported_file_copied_for_a_new_project_does_not_take_the_old_one(folder):
    folder.load(folder.project() | {"key": KEY})
    copied = folder.project() | {"key": KEY, "id": "uusi", "title": "Uusi", "publications": []}
    with pytest.raises(FaultyFiles, match="1 fault") as caught:
        folder.load(copied)
    assert "silta" in caught.value.faults[0].message
    assert finnish().title == "Silta"


def test_a_focal_point_has_four_numbers_that_the_database_holds(folder):
    (folder.path / "kuva.png").write_bytes(png())
    for box, field in (([1, 2, 3], "logo.focal_point"), ([1, 2, 3, 10**9], "logo.focal_point[4]")):
        logo = {"file": "kuva.png", "focal_point": box}
        assert field in faults_of(folder, folder.project() | {"logo": logo})


def test_a_language_has_no_address_of_its_own(folder):
    data = folder.project()
    words = data["records"]["organisations"]["kyt"]["translations"]["en"]
    words["website"] = "https://example.org/en"
    assert "website" in str(faults_of(folder, data))


def test_a_code_that_another_project_has_is_a_note(folder):
    folder.load(folder.project())
    second = folder.project() | {"id": "toinen", "slug": "toinen", "publications": []}
    outcome = folder.load(second)
    assert ["silta" in note.message for note in outcome.notes] == [True]
    third = second | {"id": "kolmas", "slug": "kolmas", "programme": None}
    folder.write(third, "kolmas.yaml")
    assert {note.file[-11:] for note in folder.load().notes} >= {"kolmas.yaml"}


def test_a_link_to_nowhere_in_the_folder_is_told(folder):
    folder.write(folder.project())
    (folder.path / "kadonnut.yaml").symlink_to("nowhere.yaml")
    (folder.path / "kiertää.yaml").symlink_to("kiertää.yaml")
    with pytest.raises(FaultyFiles) as caught:
        folder.load()
    assert [fault.file[-13:] for fault in caught.value.faults] == ["kadonnut.yaml", "/kiertää.yaml"]


def test_dates_that_no_longer_agree_with_an_editor_s_are_kept(folder):
    folder.load(folder.project())
    page = finnish()
    page.end_date = page.start_date.replace(month=4)
    page.save_revision().publish()
    data = folder.project() | {"lead": "Uusi.", "period": {"start": "2022-01", "end": "2023-05"}}
    outcome = folder.load(data)
    assert (str(finnish().start_date), finnish().lead) == ("2021-03-01", "Uusi.")
    assert {label.rpartition(" ")[2] for label in outcome.kept} == {"start", "end"}
    folder.load(overwrite=True)
    assert (str(finnish().start_date), str(finnish().end_date)) == ("2022-01-01", "2023-05-31")


def test_a_programme_s_rule_that_no_longer_agrees_is_kept(folder):
    folder.load(folder.project())
    Programme.objects.update(period_start=2021, publicity="eu-2021-funded")
    data = folder.project()
    data["records"]["programmes"]["esr"]["period_end"] = 2020
    outcome = folder.load(data)
    assert Programme.objects.get(locale__language_code="fi").period_end is None
    assert any("period_end" in label for label in outcome.kept)


def test_an_unfinished_draft_does_not_stop_the_import(folder):
    folder.load(folder.project())
    page = finnish()
    page.title, page.end_date = "", page.start_date.replace(year=2000)
    page.save_revision(clean=False)
    folder.load(folder.project() | {"code": "S9"})
    assert finnish().code == "S9"
    assert finnish().get_latest_revision_as_object().title == ""


@pytest.fixture
def two_files(folder):
    folder.write(folder.project(), "1.yaml")
    other = {"id": "toinen", "slug": "toinen", "code": "S2", "publications": []}
    other["logo"] = "toinen.png"
    (folder.path / "toinen.png").write_bytes(png())
    folder.write(folder.project() | other, "2.yaml")
    return folder


@pytest.mark.parametrize("error", [OperationalError("database is locked"), KeyboardInterrupt()])
def test_what_stops_the_second_file_leaves_the_first_whole(two_files, monkeypatch, capsys, error):
    load = importing.load_page

    def fail(entry, run):
        load(entry, run)
        if entry.identifier == "toinen":
            raise error

    monkeypatch.setattr(importing, "load_page", fail)
    with pytest.raises(CommandError) as caught:
        call_command("import_projects", str(two_files.path))
    assert finnish().live
    assert ProjectPage.objects.filter(locale__language_code="fi").count() == 1
    stored = {asset.file.path for asset in get_image_model().objects.all()}
    stored |= {asset.file.path for asset in get_document_model().objects.all()}
    media = two_files.path.parent / "media"
    assert {str(file) for file in media.rglob("*.*")} == stored
    assert "1" in str(caught.value) or caught.value.returncode == 130
    assert Organisation.objects.filter(locale__language_code="fi").count() == 1
    monkeypatch.undo()
    two_files.load()
    assert ProjectPage.objects.filter(locale__language_code="fi").count() == 2
