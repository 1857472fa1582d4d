"""Broken files of many kinds: each is told by file, line and field, and nothing is loaded."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.images import get_image_model

from projects.importing import FaultyFiles, import_projects
from projects.models import Organisation, ProjectPage

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def change(path: str, value):
    """A change of the whole project: ``funding.0.amount`` is a path."""

    def apply(data):
        *parents, last = [int(p) if p.isdigit() else p for p in path.split(".")]
        for part in parents:
            data = data[part]
        data[last] = value

    return apply


WRONG_FIELDS = [
    ("format", 2, "format"),
    ("id", "Silta!", "id"),
    ("title", "", "title"),
    ("title", 12, "title"),
    ("title", "x" * 256, "title"),
    ("titel", "Silta", "titel"),
    ("state", "published", "state"),
    ("slug", "å ä", "slug"),
    ("website", "javascript:alert(1)", "website"),
    ("website", "ftp://example.org", "website"),
    ("website", "https://", "website"),
    ("period.start", "2023-02-31", "period.start"),
    ("period.start", "2023-13", "period.start"),
    ("period.start", "0000", "period.start"),
    ("period.start", "31.12.2023", "period.start"),
    ("period.end", "2020-01", "period.end"),
    ("period.extension_end", "2022-01", "period.extension_end"),
    ("realised_public_funding", -1, "realised_public_funding"),
    ("realised_public_funding", ".nan", "realised_public_funding"),
    ("realised_public_funding", float("inf"), "realised_public_funding"),
    ("realised_public_funding", "290 780 €", "realised_public_funding"),
    ("realised_public_funding", 1.234, "realised_public_funding"),
    ("realised_public_funding", 10**12, "realised_public_funding"),
    ("funding.0.amount", "-5", "funding[1].amount"),
    ("funding.0.role", "payer", "funding[1].role"),
    ("organisations.0.organisation", "kyyt", "organisations[1].organisation"),
    ("organisations.0.role", ["lead"], "organisations[1].role"),
    ("organisations", "kyt", "organisations"),
    ("municipalities.0", {"code": "205", "name": "Kemi"}, "municipalities[1]"),
    ("municipalities.0", "999", "municipalities[1]"),
    ("municipalities.0", "abc", "municipalities[1]"),
    ("regions.0", "99", "regions[1]"),
    ("themes.0", "tyoo", "themes[1]"),
    ("themes", ["tyo", "tyo"], "themes"),
    ("contacts.0.person", "matti", "contacts[1].person"),
    ("contacts.0.public_until", "2027-02-30", "contacts[1].public_until"),
    ("programme", "amif", "programme"),
    ("logo", "../../etc/passwd", "logo"),
    ("logo", "/etc/passwd", "logo"),
    ("logo", "loogo.svg", "logo"),
    ("logo", "bad.svg", "logo"),
    ("logo", "opas.txt", "logo"),
    ("body.0.kind", "aim", "body[1].kind"),
    ("body.0.text", "<p>Hei <script>alert(1)</script></p>", "body[1].text"),
    ("body.0.text", '<p><a href="javascript:alert(1)">x</a></p>', "body[1].text"),
    ("body.0.text", '<p onclick="x()">Hei</p>', "body[1].text"),
    ("body.0.text", "<p>Hei", "body[1].text"),
    ("body.0.text", '<p><a href="project:ei-ole">x</a></p>', "body[1].text"),
    ("body.2.id", "toimet", "body[3].id"),
    ("translations.xx", {"title": "X"}, "translations.xx"),
    ("translations.en.body.amis", {"text": "x"}, "translations.en.body.amis"),
    ("translations.en.body.aims.text", "One paragraph.", "translations.en.body.aims.text"),
    ("translations.en.seo_title", "No Finnish", "translations.en.seo_title"),
    ("translations.fi-simple.body.0.kind", "helppo", "translations.fi-simple.body[1].kind"),
    ("translations.fi-simple.body", {"aims": {"text": "x"}}, "translations.fi-simple.body"),
    ("publications.0.files.0.language", "xx", "publications[1].files[1].language"),
    ("publications.0.files.0.document.file", "no.pdf", "publications[1].files[1].document.file"),
    ("publications.0.files.0", {"language": "fi"}, "publications[1].files[1]"),
    ("publications.0.date", "2023-5-1", "publications[1].date"),
    ("publications.0.projects", ["toinen"], "publications[1].projects[1]"),
    ("records.organisations.kyt.email", "kyt@", "records.organisations.kyt.email"),
    ("records.organisations.kyt.business_id", "1234567-8", "records.organisations.kyt.business_id"),
    ("records.programmes.esr.fund", "", "records.programmes.esr.fund"),
    ("records.people.maija.organisation", "ei", "records.people.maija.organisation"),
    ("records.organisations.KYT", {"name": "x"}, "records.organisations.KYT"),
]


@pytest.mark.parametrize(("path", "value", "field"), WRONG_FIELDS)
def test_wrong_field_is_named_with_its_line(folder, path, value, field):
    (folder.path / "bad.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>x()</script></svg>'
    )
    data = folder.project()
    change(path, value)(data)
    with pytest.raises(FaultyFiles) as caught:
        folder.load(data)
    named = [fault.field for fault in caught.value.faults]
    assert any(name.startswith(field) for name in named), caught.value.faults
    assert all(fault.line > 0 and fault.message for fault in caught.value.faults)
    assert "silta.yaml" in str(caught.value.faults[0])
    assert not ProjectPage.objects.exists()
    assert not Organisation.objects.exists()
    assert not get_image_model().objects.exists()


WRONG_BYTES = {
    "empty": b"",
    "blank": b"  \n\n",
    "binary": b"\x89PNG\r\n\x1a\n\x00\x00",
    "latin-1": "title: Tyttö\n".encode("latin-1"),
    "utf-16": "format: 1\n".encode("utf-16"),
    "not yaml": b"format: 1\ntitle: [unclosed\n",
    "tab": b"format: 1\nperiod:\n\tstart: 2021\n",
    "twice": b"format: 1\nid: a\ntitle: A\ntitle: B\n",
    "bomb": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "tag": b"a: !!python/object/apply:os.system ['true']\n",
    "deep": b"[" * 5000,
    "list": b"- a\n- b\n",
    "scalar": b"hello\n",
    "two documents": b"format: 1\n---\nformat: 1\n",
    "nul": b'format: 1\nid: a\ntitle: "a\\0b"\n',
    "mapping as key": b"{a: b}: c\n",
    "huge": b"# " + b"x" * (2 * 1024 * 1024),
}


@pytest.mark.parametrize("name", WRONG_BYTES)
def test_what_is_not_a_project_file_is_refused(folder, name):
    with pytest.raises(FaultyFiles) as caught:
        folder.load(WRONG_BYTES[name])
    assert caught.value.faults[0].file.endswith("silta.yaml")
    assert caught.value.faults[0].message


def test_every_fault_of_every_file_is_told_at_once(folder):
    first, second = folder.project(), folder.project()
    first["state"], first["code"] = "x", ["y"]
    second["title"] = ""
    folder.write(first, "a.yaml")
    folder.write(second, "b.yaml")
    with pytest.raises(FaultyFiles) as caught:
        folder.load()
    assert {(f.file[-6:], f.field) for f in caught.value.faults} >= {
        ("a.yaml", "state"),
        ("a.yaml", "code"),
        ("b.yaml", "title"),
    }


def test_same_id_in_two_files_names_both(folder):
    folder.write(folder.project(), "a.yaml")
    folder.write(folder.project(), "b.yaml")
    with pytest.raises(FaultyFiles) as caught:
        folder.load()
    assert any("a.yaml" in f.message and f.file.endswith("b.yaml") for f in caught.value.faults)


def test_record_defined_differently_names_both_files(folder):
    other = folder.project() | {"id": "toinen", "publications": []}
    other["records"]["organisations"]["kyt"]["name"] = "Toinen nimi"
    folder.write(folder.project(), "a.yaml")
    folder.write(other, "b.yaml")
    with pytest.raises(FaultyFiles) as caught:
        folder.load()
    (fault,) = caught.value.faults
    assert "a.yaml" in fault.message
    assert fault.field == "records.organisations.kyt"


def test_a_near_name_is_suggested(folder):
    data = folder.project()
    data["organisations"][0]["organisation"] = "kytt"
    with pytest.raises(FaultyFiles) as caught:
        folder.load(data)
    assert "“kyt”" in caught.value.faults[0].message


def test_missing_paths_and_empty_folders(tmp_path):
    with pytest.raises(FaultyFiles) as caught:
        import_projects([tmp_path, tmp_path / "nowhere.yaml"])
    assert len(caught.value.faults) == 2


def test_command_ends_with_a_sentence_and_no_traceback(folder, capsys):
    folder.write(folder.project() | {"state": "x"})
    with pytest.raises(CommandError):
        call_command("import_projects", str(folder.path))
    assert "silta.yaml" in capsys.readouterr().err


def test_a_merged_municipality_is_a_note(folder):
    data = folder.project()
    data["municipalities"] = [{"code": "099", "name": "Honkajoki"}]
    outcome = folder.load(data)
    assert "Kankaanpää" in str(outcome.notes[0])
    assert ProjectPage.objects.get(locale__language_code="fi").municipalities.count() == 1
