"""The glossary as CSV: out and in without loss, and what is no such table."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from cms.translation.models import Term
from cms.translation.terms import table, taking, terms_in
from tests.factories import LocaleFactory
from tests.translation.glossary import make_term, make_trade

SAMPLE = Path("projects/sample/terms.csv")
CODES = ("fi", "sv", "en", "ru", "ar", "so")

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def codes():
    for code in CODES:
        LocaleFactory(language_code=code)


def all_terms():
    return Term.objects.prefetch_related("words__locale").order_by("pk")


def everything() -> list:
    return sorted(
        (
            term.note,
            sorted((w.locale.language_code, w.text, w.kind, w.note) for w in term.words.all()),
        )
        for term in all_terms()
    )


@pytest.mark.parametrize("language", ["en", "fi"])
def test_out_and_in_again_loses_nothing(codes, language):
    make_trade()
    odd = make_term('Says "this";\nand, that.', fi="=1+1, +-2, +@x, +'=y", ar="خطة, -سيئ", sv="a;b")
    odd.words.filter(text="a;b").update(note="+46; 'quoted' – “x”")
    make_term(fi="yksi, +kaksi, +kolme, -neljä, -viisi", en="one, +two")
    before = everything()
    with override(language):
        file = table.as_csv(all_terms())
    cells = file.decode().replace("\r\n", ",").replace('"', "").split(",")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    plan = taking.plan(table.read(file))
    assert (len(plan.unchanged), plan.new, plan.changed, plan.skipped) == (9, [], [], [])
    Term.objects.all().delete()
    taking.take(taking.plan(table.read(file)))
    assert everything() == before


def test_what_a_file_says_of_a_language_takes_the_place_of_that_alone(codes):
    term = make_term("Old.", fi="hanke", sv="projekt, +satsning", en="project")
    file = "term,use,fi,sv,en\n1,,hanke,insats,\n1,not to be used,,projekt,\n"
    plan = taking.plan(table.read(file.encode()))
    assert [changed[0] for changed in plan.changed] == [term]
    taking.take(plan)
    words = {(w.locale.language_code, w.text, w.kind) for w in term.words.all()}
    assert words == {
        ("fi", "hanke", "agreed"),
        ("sv", "insats", "agreed"),
        ("sv", "projekt", "forbidden"),
        ("en", "project", "agreed"),
    }
    term.refresh_from_db()
    assert term.note == "Old."


SKIPPED = [
    ("fi,sv\n!!,\n", 2, "Write a word"),
    (f"fi,sv\n{'a' * 121},\n", 2, "at most 120"),
    ("term,use,fi\n1,wrong,x\n", 2, "no use"),
    ("term,use,fi\n1,,hanke\n1,,projekti\n", 2, "agreed one"),
    ("term,use,fi\n1,,hanke\n1,forbidden,Hanke\n", 2, "both right"),
    ("term,use,fi,note\n1,,,Only a note\n", 2, "no word"),
    ("fi\nhanke\nHanke\n", None, ""),
]


@pytest.mark.parametrize(("text", "line", "reason"), SKIPPED)
def test_what_is_left_out_is_told_with_line_and_reason(codes, text, line, reason):
    with override("en"):
        plan = taking.plan(table.read(text.encode()))
    if line:
        assert [one.line for one, _why in plan.skipped] == [line]
        assert reason in plan.skipped[0][1]
        assert not plan.new
    else:
        assert len(plan.new) == 2


def test_a_term_that_may_be_several_is_left_out(codes):
    make_term(fi="tuki", en="grant")
    make_term(fi="tuki", en="support")
    plan = taking.plan(table.read(b"fi,sv\ntuki,bidrag\n"))
    assert len(plan.skipped) == 1
    assert len(taking.plan(table.read(b"fi,en\ntuki,grant\n")).unchanged) == 1


def test_two_lines_about_one_term_are_told(codes):
    make_term(fi="hanke", sv="projekt")
    plan = taking.plan(table.read(b"fi,sv\nhanke,insats\nHanke,satsning\n"))
    assert len(plan.changed) == 1
    assert "2" in plan.skipped[0][1]


WRONG = {
    "empty": b"",
    "no language": b"a,b\n1,2\n",
    "latin 1": "fi\nty\xf6\n".encode("latin-1"),
    "binary": b"PK\x03\x04" + bytes(range(256)),
    "null": b"fi\nh\0a\n",
    "open quote": b'fi,sv\n"hanke,projekt\n',
    "huge": b"fi\n" + b"a" * table.MOST_BYTES,
    "long cell": b"fi\n" + b"a" * 200_000 + b"\n",
    "many lines": b"fi\n" + b"a\n" * (table.MOST_LINES + 1),
    "twice": b"fi,fi\na,b\n",
    "bad utf-16": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_table_is_a_sentence(codes, name):
    with pytest.raises(ValidationError) as fault:
        table.read(WRONG[name])
    assert " ".join(fault.value.messages).strip()


@pytest.mark.parametrize("encode", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_spreadsheets_write_in_their_own_ways(codes, encode, sign):
    text = sign.join(["FI ", "sv", "ar"]) + "\r\n" + sign.join(["työ", "arbete", "عمل"]) + "\r\n"
    (term,) = table.read(text.encode(encode))
    assert [word.text for word in term.words] == ["työ", "arbete", "عمل"]


def test_the_sample_is_taken_whole_and_finds_its_terms(codes):
    with override("en"):
        plan = taking.plan(table.read(SAMPLE.read_bytes()))
    assert (len(plan.new), plan.skipped) == (16, [])
    taking.take(plan)
    found = terms_in("Osatoteuttajien vaikuttavuutta edistävät kohderyhmät", "fi", "ru")
    assert [one.agreed[0].text for one in found] == [
        "соисполнитель",
        "результативность",
        "целевая группа",
    ]
    for term in all_terms():
        said = {word.locale.language_code for word in term.words.all() if word.kind == "agreed"}
        assert set(CODES) - said <= {"so"}
    again = taking.plan(table.read(SAMPLE.read_bytes()))
    assert len(again.unchanged) == 16
