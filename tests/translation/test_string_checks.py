"""What a translation may hold, whichever way it comes in."""

import polib
import pytest
from django.core.exceptions import ValidationError
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation

from cms.translation.models import Work
from cms.translation.strings.checks import clean_override, clean_translation, is_blank
from tests.factories import SuperuserFactory
from tests.security.test_hygiene_translations import put
from tests.security.unseen import upload
from tests.translation.editing import say, segment_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LINK = '<a id="a1">المزيد</a>'
GOOD = [
    f"اقرأ {LINK} و<b>تعال</b>",
    f"اقرأ {LINK} و<i>تعال</i><br/>",
    f"<b>{LINK}</b>",
    f"5 < 6 & 7 {LINK} <strong>تعال</strong>",
]
BAD = [
    "",
    " ",
    "\u00a0",
    "<b> </b>",
    "&nbsp;",
    "\0",
    "\u200f",
    "اقرأ المزيد",
    '<a id="a1"> </a>',
    f'{LINK} <a id="a2">x</a>',
    "<a>المزيد</a>",
    f"{LINK} <u>x</u>",
    f"{LINK} <script>x</script>",
    f"{LINK} <b>x",
    f"{LINK} x</b>",
    '<a id="a1"><b>x</a></b>',
    '<a id="a1" href="https://evil.example/">x</a>',
    f"{LINK} <!-- x -->",
    f"{LINK} <![CDATA[x",
    f"{LINK} <b",
    f"{LINK} تعال",
    f"{LINK} " + "x" * 30_000,
]


@pytest.fixture
def passage(translation):
    return segment_of(translation, "text")


@pytest.mark.parametrize("text", GOOD)
def test_whole_translations_are_taken_as_they_are(passage, text):
    assert clean_translation(passage, text) == text.strip()


@pytest.mark.parametrize("text", BAD)
def test_what_is_not_whole_is_refused_with_a_sentence(passage, text):
    with pytest.raises(ValidationError) as refused:
        clean_translation(passage, text)
    assert all(message.endswith(".") for message in refused.value.messages)


def test_signs_that_nobody_sees_are_taken_out(passage, translation):
    assert clean_translation(passage, f"a\0b\x1b <b>{LINK}</b>\x0b") == f"ab <b>{LINK}</b>"
    title = segment_of(translation, "title")
    assert clean_translation(title, "a\nb\x0bc") == "a b c"
    assert clean_translation(title, "a&#10;b&#x0D;c&NewLine;d&#100;") == "a b c d&#100;"


@pytest.mark.parametrize("text", ["<b>جسر</b>", "جسر<br>", "x" * 256])
def test_a_title_is_one_line_without_tags_and_fits(translation, text):
    with pytest.raises(ValidationError):
        clean_translation(segment_of(translation, "title"), text)


@pytest.mark.parametrize(
    "text",
    [
        "\u2066\u2069",
        "\u061c",
        "\u180e",
        "\u2800",
        "\u3164",
        "\ufe0f",
        "\U000e0020",
        "&#8203;",
        "&#x200b;",
        "&zwnj;",
        "&ensp;",
        "&shy;",
        "&#xa0;",
        "&nbsp",
        "<b>&#8203;</b>",
    ],
)
def test_what_shows_nothing_is_blank_however_it_is_written(boss, translation, text):
    assert is_blank(text)
    assert put(boss, translation, "title", text).status_code == 400
    assert not StringTranslation.objects.exists()


@pytest.mark.parametrize("text", ["&lt;b&gt;", "&amp;nbsp;", "&amp;", "–", "\u2067سلام\u2069"])
def test_signs_are_words(text):
    assert not is_blank(text)


def test_blanks_are_told_in_little_time():
    assert not is_blank("\u00a0" * 100_000 + "x")


@pytest.mark.parametrize("text", BAD)
def test_put_answers_400_and_keeps_nothing(boss, translation, text):
    answer = put(boss, translation, segment_of(translation, "text").context.path, text)
    assert answer.status_code == 400
    assert answer.json()["detail"].endswith(".")
    assert not StringTranslation.objects.exists()


def po_of(translation, **texts) -> str:
    po = translation.export_po()
    for entry in po:
        entry.msgstr = texts.get(entry.msgctxt.rpartition(".")[2], "")
    return str(po)


@pytest.mark.parametrize("text", [text for text in BAD if not is_blank(text.replace("\0", ""))])
def test_a_po_file_with_a_fault_is_refused_whole_and_in_words(boss, translation, text):
    answer = upload(boss, translation, po_of(translation, title="جسر", text=text))
    page = answer.content.decode()
    assert "Lue &lt;a id" in page
    assert not StringTranslation.objects.exists()


def test_a_po_file_tells_all_its_faults_at_once(boss, translation):
    answer = upload(boss, translation, po_of(translation, title="x" * 300, text="اقرأ المزيد"))
    page = answer.content.decode()
    assert "300" in page
    assert "a1" in page


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "&nbsp;"])
def test_an_empty_entry_of_a_po_file_is_none(boss, translation, text):
    say(translation, "text", f"اقرأ {LINK}")
    upload(boss, translation, po_of(translation, title="جسر", text=text))
    assert set(StringTranslation.objects.values_list("data", flat=True)) == {
        "جسر",
        f"اقرأ {LINK}",
    }


def test_what_the_source_has_no_more_is_told(boss, translation):
    po = translation.export_po()
    po.append(polib.POEntry(msgid="Vanha", msgctxt="title", msgstr="قديم"))
    po.append(polib.POEntry(msgid="Silta", msgctxt="title", msgstr="جسر"))
    answer = upload(boss, translation, str(po))
    assert "Vanha" in answer.preview.content.decode()
    assert StringTranslation.objects.get().data == "جسر"


def test_what_a_file_calls_unsure_is_not_taken(boss, translation):
    """Poedit and Weblate mark their guesses so."""
    po = translation.export_po()
    for entry in po:
        entry.msgstr = "جسر" if entry.msgid == "Silta" else ""
        entry.flags = ["fuzzy"] if entry.msgstr else []
    answer = upload(boss, translation, str(po))
    assert "fuzzy" in answer.content.decode()
    assert not StringTranslation.objects.exists()


def test_a_file_does_not_go_over_what_others_saved_meanwhile(boss, translation):
    file = po_of(translation, title="قنطرة", lead="باختصار")
    say(translation, "title", "جسر", last_translated_by=SuperuserFactory())
    answer = upload(boss, translation, file)
    assert set(StringTranslation.objects.values_list("data", flat=True)) == {"جسر", "باختصار"}
    assert "Silta" in answer.content.decode()


def test_a_file_of_another_translation_is_refused(boss, translation):
    file = po_of(translation, title="جسر").replace(str(translation.uuid), "0" * 8)
    upload(boss, translation, file)
    assert not StringTranslation.objects.exists()


@pytest.mark.parametrize("text", ["", " ", "<u>x</u>", "اقرأ المزيد"])
def test_what_code_stores_is_marked_and_not_counted(translation, text):
    row = say(translation, "text", text)
    row.refresh_from_db()
    assert row.has_error
    assert row.field_error
    work = Work.objects.get(translation=translation)
    assert work.words_left == work.words == 10


@pytest.mark.parametrize("text", [" ", "\u00a0", "<b></b>", "&nbsp;"])
def test_a_blank_from_before_is_never_published(translation, text, commit):
    segment = segment_of(translation, "lead")
    blank = StringTranslation(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        data=text,
    )
    StringTranslation.objects.bulk_create([blank])
    commit(translation.save_target, publish=True)
    # The public gets the source's words, marked as such.
    assert translation.get_target_instance().lead == "Lyhyesti & selkeästi."
    assert translation.get_progress() == (3, 0)


@pytest.mark.parametrize(
    ("value", "is_right"),
    [
        ("https://example.org/ar", True),
        ("/ar/sivu/", True),
        ("mailto:a@example.org", True),
        ("javascript:alert(1)", False),
        ("//evil.example/", False),
        ("", False),
        ("x" * 3000, False),
    ],
)
def test_an_address_of_ones_own_is_an_address(translation, value, is_right):
    segment = OverridableSegment.objects.get(
        source=translation.source, context__path__contains="example"
    )
    if is_right:
        assert clean_override(segment, value) == value
    else:
        with pytest.raises(ValidationError):
            clean_override(segment, value)


def test_put_of_a_bad_address_is_refused(boss, translation):
    segment = OverridableSegment.objects.get(
        source=translation.source, context__path__contains="example"
    )
    url = f"/admin/localize/translate/{translation.pk}/overrides/{segment.pk}/edit/"
    form = "application/x-www-form-urlencoded"
    assert boss.put(url, "value=javascript:alert(1)", content_type=form).status_code == 400
    assert not SegmentOverride.objects.exists()
    assert boss.put(url, "value=https://a.example/", content_type=form).status_code == 201


def test_the_admin_names_a_draft_as_its_title_is_read(translation):
    say(translation, "title", "Vilja &amp; Voima")
    page = translation.get_target_instance()
    assert page.draft_title == "Vilja & Voima"
