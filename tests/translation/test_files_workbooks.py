"""Workbooks: what spreadsheets and people do to them, harmless and harmful."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from openpyxl import load_workbook

from cms.translation.exchange import kinds
from cms.translation.exchange.planning import NEW, SKIPPED, plan
from tests.factories import ProjectFactory, SuperuserFactory
from tests.translation.editing import sent
from tests.translation.files import changed_part, of_rows, rows, workbook, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
SHEET, SHARED = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
LINK = b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
LINK += b'relationships/externalLinkPath" Target="http://127.0.0.1/x" TargetMode="External"/>'


@pytest.fixture
def translation(db):
    return sent(ProjectFactory(title="Silta", lead="Lyhyesti."))


@pytest.fixture
def boss(db):
    with override("en"):
        yield SuperuserFactory()


def made(translation, title="جسر") -> bytes:
    """As it was downloaded, with the title translated."""

    def say(page) -> None:
        page["C2"] = title

    return workbook(kinds.write("xlsx", [translation])[0], say)


def planned(boss, translation, content: bytes):
    return plan(boss, kinds.read(content), translation)


def told(made) -> dict[str, str]:
    return {line.entry.where: line.reason for line in made.lines if line.kind == SKIPPED}


def part(name: str, change):
    return lambda content: changed_part(content, name, change)


def head(column: int, text: str | None):
    def change(content: bytes) -> bytes:
        table = rows(content)
        table[0][column] = text
        return of_rows(table)

    return change


def without_keys(content: bytes) -> bytes:
    return of_rows([row[:4] for row in rows(content)])


HARMFUL = {
    "encrypted or old": (lambda content: OLE, "password"),
    "ods": (lambda content: zipped({"mimetype": "x", "content.xml": "<a/>"}), "xlsx"),
    "docx": (lambda content: zipped({"[Content_Types].xml": "", "word/document.xml": ""}), "docx"),
    "csv": (lambda content: b"a,b,c\n1,2,3\n", "no PO, XLIFF or XLSX"),
    "pdf": (lambda content: b"%PDF-1.7\n", "pdf"),
    "half a file": (lambda content: content[: len(content) // 2], "damaged"),
    "a head of zip": (lambda content: b"PK\x03\x04" + b"\0" * 100, "damaged"),
    "bomb": (part("xl/media/a.xml", lambda old: b"\0" * 60_000_000), "unpack"),
    "huge shared strings": (part(SHARED, lambda old: b" " * 16_000_000), "unpack"),
    "a million rows": (
        part(SHEET, lambda old: old.replace(b"</sheetData>", b"<row/>" * 1_000_000)),
        "unpack",
    ),
    "macros": (part("xl/vbaProject.bin", lambda old: b"x"), "macros"),
    "macro sheet": (part("xl/macrosheets/sheet1.xml", lambda old: b"<a/>"), "macros"),
    "entity bomb": (
        part(SHEET, lambda old: b'<!DOCTYPE a [<!ENTITY b "c">]>' + old.partition(b"?>")[2]),
        "",
    ),
    "external link": (
        part(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            lambda old: (
                b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                + LINK
                + b"</Relationships>"
            ),
        ),
        "elsewhere",
    ),
    "damaged sheet": (part(SHEET, lambda old: old[: len(old) // 2]), ""),
    "program inside": (part("xl/a.exe", lambda old: b"MZ"), "program"),
    "climbing out": (part("../../a.xml", lambda old: b"<a/>"), "damaged"),
    "no key column": (without_keys, "“katto”"),
    "source renamed": (head(1, "Lähde"), "“[…]”"),
    "translation renamed": (head(2, "Käännös"), "“[→ …]”"),
    "two translations": (head(1, "x [→ ar]"), "two columns"),
    "no head": (lambda content: of_rows(rows(content)[1:]), "first row"),
    "empty": (lambda content: of_rows([]), "first row"),
    "another language": (head(2, "svenska [→ sv]"), "sv"),
    "another source": (head(1, "English [en]"), "en"),
    "another page": (
        lambda content: of_rows(
            [[*row[:4], str(row[4]).replace("-", "-0", 1)] for row in rows(content)]
        ),
        "another translation",
    ),
    "many rows": (
        lambda content: of_rows([*rows(content), *[["a", "b", "c", "d", "e"]] * 10_001]),
        "10000",
    ),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_workbook_that_is_refused_whole(boss, translation, name):
    change, said = HARMFUL[name]
    content = change(made(translation))
    with pytest.raises(ValidationError) as caught:
        planned(boss, translation, content)
    assert said in " ".join(caught.value.messages)


def moved(content: bytes) -> bytes:
    return of_rows([row[::-1] for row in rows(content)])


def sorted_rows(content: bytes) -> bytes:
    first, *others = rows(content)
    return of_rows([first, *others[::-1]])


def with_more(content: bytes) -> bytes:
    """A second sheet, and a column of one's own."""

    def change(page) -> None:
        page["F1"], page["F2"] = "Huomautus", "=1+1"
        page.parent.create_sheet("Omat")["A1"] = "Muistiinpanot"

    return workbook(content, change)


def a_million_rows(content: bytes) -> bytes:
    def change(page) -> None:
        page["A1048576"] = " "

    return workbook(content, change)


@pytest.mark.parametrize("change", [moved, sorted_rows, with_more, a_million_rows])
def test_what_people_do_to_a_workbook_does_no_harm(boss, translation, change):
    found = planned(boss, translation, change(made(translation)))
    assert [line.after for line in found.news] == ["جسر"]
    assert found.may_be_taken


@pytest.mark.parametrize("value", ["=1+1", date(2026, 1, 2), 1.5, True])
def test_a_cell_without_text_is_left_out_and_told(boss, translation, value):
    found = planned(boss, translation, made(translation, value))
    assert "The cell has" in told(found)["Row 2"]
    assert found.news == []


@pytest.mark.parametrize("text", ["=1+1", "+358", "-1", "@SUM(1)", "_x0041_", "2026", " =1"])
def test_a_text_that_looks_like_a_formula_survives_as_text(boss, text):
    translation = sent(ProjectFactory(title=text, lead="Lyhyesti."))
    content, _name = kinds.write("xlsx", [translation])
    page = load_workbook(BytesIO(content)).worksheets[0]
    assert page["B2"].data_type == "s"
    (line, *_others) = planned(boss, translation, workbook(content, copy_source)).news
    assert line.segment.string.data == text
    assert line.after == text.strip()


def copy_source(page) -> None:
    page["C2"].value, page["C2"].data_type = page["B2"].value, "s"


def test_a_year_written_as_a_number_is_taken(boss, translation):
    found = planned(boss, translation, made(translation, 2026))
    assert [(line.kind, line.after) for line in found.news] == [(NEW, "2026")]


def test_arabic_stands_from_the_right(translation):
    content, _name = kinds.write("xlsx", [translation])
    page = load_workbook(BytesIO(content)).worksheets[0]
    assert page["C2"].alignment.readingOrder == 2
    assert page["B2"].alignment.readingOrder == 1
