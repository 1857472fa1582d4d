"""The checks in the editor: while one types, of what is saved, and what somebody says of them."""

import re

import pytest
from django.test.utils import override_settings
from django.urls import reverse
from django.utils.translation import override

from cms.translation.models import DismissedCheck
from cms.translation.quality import findings
from cms.translation.quality.dismissing import Shown
from tests.factories import SuperuserFactory
from tests.translation.editing import own_url, row_html, say, segment_of
from tests.translation.rights import translator

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

WRONG = 'اقرأ <a id="a1">المزيد</a> و<b>تعال</b> ٢٠٢١–٢٠٢٨.'
RIGHT = 'اقرأ <a id="a1">المزيد</a> و<b>تعال</b> ٢٠٢١–٢٠٢٧.'


@pytest.fixture
def segment(translation):
    return segment_of(translation, "text")


def url(name: str, translation, segment) -> str:
    return reverse(f"translation:{name}", args=[translation.pk, segment.pk])


def key_of(segment, text: str) -> str:
    with override("en"):
        return Shown(findings(segment.string.data, text, "fi", "ar")[0]).key


def check(client, translation, segment, text: str) -> str:
    answer = client.post(url("check", translation, segment), {"value": text})
    assert answer.status_code == 200
    return answer.content.decode()


def dismiss(client, translation, segment, key: str, reason: str = "Näin on", **more):
    data = {"finding": key, f"reason-{key}": reason, **more}
    return client.post(url("dismiss", translation, segment), data)


def test_what_is_typed_is_checked_and_nothing_is_saved(boss, translation, segment):
    assert "2028" in check(boss, translation, segment, WRONG)
    assert check(boss, translation, segment, RIGHT).strip() == ""
    assert check(boss, translation, segment, " ").strip() == ""
    assert not translation.source.stringsegment_set.filter(string__translations__isnull=False)


@pytest.mark.parametrize("text", ["<b", "\0", "x" * 50_000, "<a id='a9'>", "%("])
def test_any_text_gets_an_answer(boss, translation, segment, text):
    assert "translation-finding" in check(boss, translation, segment, text) or not text.strip("\0")


def test_a_lost_link_is_told_while_typing(boss, translation, segment):
    assert "translation-finding--blocks" in check(boss, translation, segment, "اقرأ <b>تعال</b>")


def test_a_saved_string_shows_its_warnings_and_is_counted(boss, translation, segment):
    say(translation, "text", WRONG)
    text = boss.get(own_url(translation)).content.decode()
    row = row_html(text, segment)
    assert "data-warned" in row
    assert "2028" in row
    assert re.search(r'data-count="warned">1<', text)
    shown = boss.get(own_url(translation) + "?show=warned").content.decode()
    assert shown.count('class="translation-row"') == 1


def test_a_dismissal_says_who_and_why_and_holds_for_this_alone(boss, translation, segment):
    say(translation, "text", WRONG)
    for finding in findings(segment.string.data, WRONG, "fi", "ar"):
        answer = dismiss(boss, translation, segment, Shown(finding).key)
        assert answer.status_code == 302
    row = row_html(boss.get(own_url(translation)).content.decode(), segment)
    assert "data-warned" not in row
    assert "Näin on" in row
    assert check(boss, translation, segment, WRONG).strip() == ""
    assert "2029" in check(boss, translation, segment, WRONG.replace("٢٠٢٨", "٢٠٢٩"))
    work = translation.work
    review = boss.get(reverse("translation:review", args=[work.pk])).content.decode()
    assert "Näin on" in review


def test_a_dismissal_can_be_taken_back(boss, translation, segment):
    say(translation, "text", WRONG)
    key = key_of(segment, WRONG)
    dismiss(boss, translation, segment, key)
    assert DismissedCheck.objects.count() == 1
    dismiss(boss, translation, segment, key, "")
    assert not DismissedCheck.objects.exists()


@pytest.mark.parametrize("reason", ["", " ", "\u200b", "x" * 501])
def test_without_a_reason_nothing_is_dismissed_and_nothing_is_lost(
    boss, translation, segment, reason
):
    say(translation, "text", WRONG)
    answer = dismiss(boss, translation, segment, key_of(segment, WRONG), reason, value="كتبت هذا")
    assert answer.status_code == 400
    row = row_html(answer.content.decode(), segment)
    assert "كتبت هذا" in row
    assert 'role="alert"' in row
    assert not reason.strip("\u200b ") or f'value="{reason}"' in row
    assert not DismissedCheck.objects.exists()


def test_what_was_typed_beside_comes_back(boss, translation, segment):
    say(translation, "text", WRONG)
    answer = dismiss(boss, translation, segment, key_of(segment, WRONG), value="كتبت هذا")
    assert answer.status_code == 200
    assert "كتبت هذا" in row_html(answer.content.decode(), segment)
    assert DismissedCheck.objects.exists()


def test_what_blocks_can_not_be_dismissed(boss, translation):
    """Of a string that was saved before its source got the tag."""
    segment = segment_of(translation, "text")
    text = 'اقرأ <a id="a1">المزيد</a> ٢٠٢١–٢٠٢٧.'
    say(translation, "text", text)
    answer = dismiss(boss, translation, segment, key_of(segment, text))
    assert answer.status_code == 400
    assert not DismissedCheck.objects.exists()


def test_a_finding_that_is_gone_is_told(boss, translation, segment):
    say(translation, "text", RIGHT)
    assert dismiss(boss, translation, segment, "nothing").status_code == 400


def test_a_translator_of_another_language_is_refused(client, translation, segment):
    client.force_login(translator("sv"))
    for name in ("check", "dismiss"):
        # Wagtail answers whoever has no right with the way home.
        answer = client.post(url(name, translation, segment), {"value": WRONG})
        assert answer.status_code in (302, 403)
        assert "2028" not in answer.content.decode()


@override_settings(LANGUAGE_CODE="fi")
def test_the_count_of_warnings_stands_beside_the_words(client, translation):
    user = SuperuserFactory()
    client.force_login(user)
    for segment in translation.source.stringsegment_set.all():
        say(translation, segment.context.path, "٩٩ " + segment.string.data)
    text = client.get(own_url(translation)).content.decode()
    assert re.search(r"data-progress>[^<]*\d+ [^<]*\.[^<]*\d+[^<]*\.<", text)
