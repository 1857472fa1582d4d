"""Damaged and hostile files of every kind: a message, nothing saved, no fault of the server."""

import json
import time
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from intake.models import Intake, IntakeProject
from projects.models import Organisation, Person, ProjectPage
from tests.assets.files import add_launch, archive, odt, office, pdf
from tests.factories import project_index

from .tables import OWN, text_of, workbook_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
CONTENT = "[Content_Types].xml"
MOST_SECONDS = 20
"""What no machine needs; the aim is five."""


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b" " * 300_000_000)
        made.writestr(CONTENT, b"<Types/>")
    return out.getvalue()


def workbook(change) -> bytes:
    book = Workbook()
    change(book.active)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def formula(sheet) -> None:
    sheet.append(["Hanke", "Koodi"])
    sheet.append(["Silta", '=WEBSERVICE("https://example.org")'])


def far_away(sheet) -> None:
    sheet["A1"], sheet["XFD1048576"] = "Hanke", "x"


def headings_alone(sheet) -> None:
    sheet.append(["Hanke", "Koodi"])


def with_part(name: str, content: str) -> bytes:
    return archive({**_parts(workbook_of(OWN)), name: content})


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def aliases() -> bytes:
    lines = ["format: 1", "id: a", "title: Silta", "a: &a [x, x, x, x, x, x, x, x, x]"]
    for one, two in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{two}: &{two} [{', '.join([f'*{one}'] * 9)}]")
    return "\n".join(lines).encode()


FILES = {
    "empty.xlsx": b"",
    "spaces.csv": b"   \n \n",
    "cut.xlsx": workbook_of(OWN)[:900],
    "bomb.xlsx": bomb(),
    "far.xlsx": workbook(far_away),
    "headings.xlsx": workbook(headings_alone),
    "nothing.xlsx": workbook(lambda sheet: None),
    "web.xlsx": workbook(formula),
    "macro.xlsx": with_part("xl/vbaProject.bin", "x"),
    "entity.xlsx": with_part("xl/workbook.xml", f"<?xml version='1.0'?>{XXE}<x>&a;</x>"),
    "laughs.xlsx": with_part("xl/sharedStrings.xml", f"<?xml version='1.0'?>{LAUGHS}<x>&b;</x>"),
    "outside.xlsx": with_part(
        "xl/_rels/workbook.xml.rels",
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/externalLink" Target="http://example.org/x" TargetMode="External"/>'
        "</Relationships>",
    ),
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "up.zip": archive({"../../a.yaml": "format: 1\nid: a\ntitle: x"}),
    "program.zip": archive({"a.yaml": "format: 1\nid: a\ntitle: x", "b.exe": "MZ"}),
    "empty.zip": archive({"a.txt": "x"}),
    "broken.yaml": b"format: 1\ntitle: [",
    "aliases.yaml": aliases(),
    "python.yaml": b"format: 1\nid: a\ntitle: !!python/object/apply:os.system ['true']",
    "list.yaml": b"format: 1\n- a\n- b",
    "deep.json": b"[" * 100_000,
    "broken.json": b'{"grants": [',
    "other.json": b'{"a": 1}',
    "words.json": json.dumps({"grants": ["a", 1]}).encode(),
    "none.json": b'{"grants": []}',
    "nul.csv": b"Hanke;Koodi\nSil\0ta;S1\n",
    "open.csv": b'Hanke;Koodi\n"Silta;S1\n' + b"x" * 200_000,
    "wide.csv": b";" * 200_000 + b"\n" + b";" * 200_000,
    "unnamed.csv": b"A;B\n1;2\n3;4\n",
    "binary.csv": bytes(range(256)) * 40,
    "half.csv": text_of(OWN, encoding="utf-16")[2:501],
    "launch.pdf": pdf(change=add_launch),
    "scan.pdf": pdf(),
    "cut.pdf": pdf()[:300],
    "cut.docx": office("docx")[:400],
    "macro.docx": office("docx", {"word/vbaProject.bin": "x"}),
    "entity.odt": odt({"content.xml": f"<?xml version='1.0'?>{XXE}<x>&a;</x>"}),
    "picture.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
    "program.exe": b"MZ" + b"\0" * 4000,
    "script.html": b"<html><script>location='https://example.org'</script></html>",
}


def test_there_are_forty_of_them():
    assert len(FILES) == 40


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_gets_a_message_and_saves_nothing(admin_client, name):
    project_index()
    sent = [SimpleUploadedFile(name, FILES[name])]
    begun = time.monotonic()
    response = admin_client.post(reverse("intake:index"), {"files": sent}, follow=True)
    assert time.monotonic() - begun < MOST_SECONDS
    assert response.status_code in (200, 422)
    intake = Intake.objects.first()
    if intake:
        file = intake.files.get()
        assert file.fault or not intake.projects.exists() or name == "web.xlsx", file.kind
        assert "root:" not in str(list(intake.projects.values_list("data", flat=True)))
        assert len(file.fault) > 10 or file.notes or intake.projects.exists()
    assert not ProjectPage.objects.exists()
    assert not Organisation.objects.exists()
    assert not Person.objects.exists()
    assert not IntakeProject.objects.filter(state="saved").exists()
