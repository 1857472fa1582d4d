"""Lines of a file that are left out, each with its reason; whatever else it has is taken."""

import pytest
from django.utils import timezone
from django.utils.translation import override

from cms.translation.exchange import kinds
from cms.translation.exchange.planning import EMPTY, FAULTY, SKIPPED, plan
from tests.factories import ProjectFactory, SuperuserFactory
from tests.translation.editing import RICH, say, section, sent

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TITLE = 'msgctxt "title"\nmsgid "Silta"\nmsgstr ""'
LEAD = '\nmsgctxt "lead"\nmsgid "Lyhyesti."\nmsgstr ""'
SAID = '\nmsgctxt "title"\nmsgid "Silta"\nmsgstr "جسر"\n'


@pytest.fixture
def translation(db):
    return sent(ProjectFactory(title="Silta", lead="Lyhyesti.", body=[section(RICH)]))


@pytest.fixture
def boss(db):
    with override("en"):
        yield SuperuserFactory()


def planned(boss, translation, content):
    content = content.encode() if isinstance(content, str) else content
    return plan(boss, kinds.read(content), translation)


def po(translation, title: str = TITLE.replace('msgstr ""', 'msgstr "جسر"')) -> str:
    content, _name = kinds.write("po", [translation])
    text = content.decode()
    assert TITLE in text
    text = text.replace(LEAD, LEAD.replace('msgstr ""', 'msgstr "باختصار"'))
    return text.replace(TITLE, title)


HARMLESS = {
    "as it is": lambda text: text.encode(),
    "mark of the encoding": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "no header of ours": lambda text: text.replace("X-Wagtail", "X-Other").encode(),
    "long lines broken": lambda text: text.replace('"جسر"', '""\n"ج"\n"سر"').encode(),
    "no end of line": lambda text: text.strip().encode(),
    "utf8 in capitals": lambda text: text.replace("utf-8", "UTF-8").encode(),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_other_programs_do_to_a_po_file_does_no_harm(boss, translation, name):
    found = planned(boss, translation, HARMLESS[name](po(translation)))
    assert [line.after for line in found.news] == ["جسر", "باختصار"]
    assert found.may_be_taken


LEFT_OUT = {
    "fuzzy": ("#, fuzzy" + SAID, "fuzzy"),
    "obsolete": (SAID.replace("\nmsg", "\n#~ msg"), "obsolete"),
    "plural": (
        'msgid "Silta"\nmsgid_plural "Sillat"\nmsgstr[0] "جسر"\nmsgstr[1] "جسور"\n',
        "plural",
    ),
    "another's context": (SAID.replace("title", "lead"), "Not in the source"),
    "unknown context": (SAID.replace("title", "tittel"), "Not in the source"),
    "no context": (SAID.replace('msgctxt "title"\n', ""), "Not in the source"),
    "unknown text": (SAID.replace("Silta", "Sulta"), "Not in the source"),
    "twice": (SAID + SAID.replace("جسر", "قنطرة"), "different translations"),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_left_out_of_a_po_file_is_told_with_its_line(boss, translation, name):
    entry, reason = LEFT_OUT[name]
    found = planned(boss, translation, po(translation, entry))
    assert [line.after for line in found.news] == ["باختصار"]
    left = found.of(SKIPPED)
    assert left
    assert all(reason in line.reason and line.entry.where[5:].isdigit() for line in left)


@pytest.mark.parametrize("text", ["", " ", "&nbsp;", "\u200b"])
def test_an_empty_translation_is_none(boss, translation, text):
    found = planned(boss, translation, po(translation, SAID.replace("جسر", text)))
    assert len(found.of(EMPTY)) == 2
    assert [line.after for line in found.news] == ["باختصار"]


FAULTS = {
    "too long": ("x" * 5000, "255"),
    "script": ("<script>x</script>", "<script>"),
    "a tag that may not be": ("<b>x</b>", "<b>"),
    "unclosed": ("<i>x", "<i>"),
    "a link that is not there": ('<a id=\\"a9\\">x</a>', "<a>"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_no_translator_could_save_keeps_a_file_out(boss, translation, name):
    text, reason = FAULTS[name]
    found = planned(boss, translation, po(translation, SAID.replace("جسر", text)))
    (line,) = found.of(FAULTY)
    assert reason in line.reason
    assert not found.may_be_taken


@pytest.mark.parametrize("text", ["ج\u202eسر", "ج\u0007سر", "ج\u202dسر"])
def test_signs_that_nobody_sees_are_left_out_and_told(boss, translation, text):
    found = planned(boss, translation, po(translation, SAID.replace("جسر", text)))
    line = found.news[0]
    assert line.after == "جسر"
    assert "Signs that nobody sees are left out." in line.warnings


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_what_others_saved_since_stays(boss, translation, kind):
    made = say(translation, "title", "جسر", last_translated_by=boss)
    content, _name = kinds.write(kind, [translation])
    made.data, made.last_translated_by = "قنطرة", SuperuserFactory()
    made.save()
    (line,) = planned(boss, translation, content).of(SKIPPED)
    assert "Saved by somebody" in line.reason
    made.last_translated_by, made.updated_at = boss, timezone.now()
    made.save()
    assert [line.after for line in planned(boss, translation, content).news] == ["جسر"]


def xliff(translation, change) -> bytes:
    say(translation, "text", 'اقرأ <a id="a1">المزيد</a> و<b>تعال</b>')
    content, _name = kinds.write("xliff", [translation])
    return change(content.decode()).encode()


UNITS = {
    "initial": (lambda text: text.replace("translated", "initial"), SKIPPED, "initial"),
    "no such state": (lambda text: text.replace("translated", "finished"), SKIPPED, "finished"),
    "unknown code": (lambda text: text.replace("<target>", '<target><ph id="9"/>'), FAULTY, "ph"),
    "a code lost": (
        lambda text: text.replace("المزيد</pc>", "</pc>المزيد"),
        FAULTY,
        "missing",
    ),
    "split code": (lambda text: text.replace("<target>", '<target><sc id="1"/>'), FAULTY, "sc"),
    "sign in figures": (
        lambda text: text.replace("<target>", '<target><cp hex="1"/>'),
        FAULTY,
        "cp",
    ),
    "foreign element": (
        lambda text: text.replace("<target>", '<target><x xmlns="y"/>'),
        FAULTY,
        "x",
    ),
}


@pytest.mark.parametrize("name", UNITS)
def test_units_of_xliff(boss, translation, name):
    change, kind, reason = UNITS[name]
    content = xliff(translation, change)
    found = planned(boss, translation, content)
    assert any(reason in line.reason for line in found.of(kind))


def test_a_comment_and_a_mark_in_xliff_are_no_words(boss, translation):
    def change(text: str) -> str:
        return text.replace("<target>", '<target><mrk id="m1" type="term">').replace(
            "</target>", "</mrk><!-- x --></target>"
        )

    found = planned(boss, translation, xliff(translation, change))
    assert [line.kind for line in found.lines].count("unchanged") == 1


def test_xliff_that_lost_what_it_is_of_is_known_by_place_and_source(boss, translation):
    def change(text: str) -> str:
        text = text.replace(f'original="{translation.uuid}"', 'original="sivu.xlf"')
        return text.replace("تعال", "اذهب")

    (line,) = planned(boss, translation, xliff(translation, change)).news
    assert "اذهب" in line.after
