"""Saving in the translation editor: what is typed is saved, or comes back with a sentence."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override
from wagtail_localize.models import StringTranslation

from cms.translation.models import CarriedTranslation, Work
from cms.translation.strings import store
from tests.factories import SuperuserFactory
from tests.translation.editing import own_url, row_html, save_url, say, segment_of
from tests.translation.workplace import translator

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def title(translation):
    return segment_of(translation, "title")


def opened(client, translation, segment) -> str:
    """The version that the form of a string was opened on."""
    row = row_html(client.get(own_url(translation)).content.decode(), segment)
    return row.partition('name="version" value="')[2].partition('"')[0]


def data() -> list[str]:
    return list(StringTranslation.objects.order_by("pk").values_list("data", flat=True))


def test_a_plain_form_saves_and_goes_back_to_its_row(boss, translation, title):
    fields = {"value": "جسر", "version": opened(boss, translation, title)}
    answer = boss.post(save_url(translation, title), fields)
    assert answer.status_code == 302
    assert answer.url == f"{own_url(translation)}#string-{title.pk}"
    assert data() == ["جسر"]
    assert "9 of 10 words left" in boss.get(answer.url).content.decode()


def test_save_and_next_goes_to_the_next_untranslated(boss, translation, title):
    say(translation, "lead", "باختصار")
    fields = {"value": "جسر", "version": "none", "action": "next"}
    answer = boss.post(save_url(translation, title), fields)
    following = segment_of(translation, "text")
    assert answer.url == f"{own_url(translation)}#string-{following.pk}"


def test_the_same_by_script(boss, translation, title):
    fields = {"value": "جسر", "version": "none", "action": "next"}
    answer = boss.post(save_url(translation, title), fields, **JSON)
    assert answer.status_code == 200
    found = answer.json()
    assert found["next"] == segment_of(translation, "lead").pk
    assert found["progress"] == "9 of 10 words left"
    assert "جسر" in found["row"]


def test_text_that_is_not_running_text_is_typed_as_it_is_read(boss, translation):
    lead = segment_of(translation, "lead")
    boss.post(save_url(translation, lead), {"value": "a & b <c>\r\nd", "version": "none"})
    assert data() == ["a &amp; b &lt;c&gt;<br/>d"]
    assert "a &amp; b &lt;c&gt;\nd</textarea>" in boss.get(own_url(translation)).content.decode()
    translation.save_target(publish=False)
    assert translation.get_target_instance().lead == "a & b <c>\nd"


@pytest.mark.parametrize("script", [{}, JSON])
def test_a_fault_comes_back_with_what_was_typed(boss, translation, script):
    text = segment_of(translation, "text")
    typed = {"value": "اقرأ المزيد", "version": "none"}
    answer = boss.post(save_url(translation, text), typed, **script)
    assert answer.status_code == 400
    html = answer.json()["row"] if script else answer.content.decode()
    row = row_html(html, text)
    assert "اقرأ المزيد</textarea>" in row
    assert "is missing" in row
    assert 'aria-invalid="true"' in row
    assert data() == []


@pytest.mark.parametrize("script", [{}, JSON])
def test_the_second_of_two_meets_what_the_first_saved(boss, translation, title, script):
    version = opened(boss, translation, title)
    other = Client()
    other.force_login(SuperuserFactory(first_name="Anna", last_name="Ahkera"))
    other.post(save_url(translation, title), {"value": "أول", "version": version})
    typed = {"value": "ثان", "version": version}
    answer = boss.post(save_url(translation, title), typed, **script)
    assert answer.status_code == 409
    row = row_html(answer.json()["row"] if script else answer.content.decode(), title)
    assert "أول" in row
    assert "ثان</textarea>" in row
    assert "Anna Ahkera" in row
    assert data() == ["أول"]
    seen = row.partition('name="version" value="')[2].partition('"')[0]
    boss.post(save_url(translation, title), {"value": "ثان", "version": seen})
    assert data() == ["ثان"]


def test_who_saves_the_same_words_meets_no_conflict(boss, translation, title):
    say(translation, "title", "جسر")
    answer = boss.post(save_url(translation, title), {"value": "جسر", "version": "none"})
    assert answer.status_code == 302


def test_a_string_that_was_removed_meanwhile_is_a_conflict(boss, translation, title):
    row = say(translation, "title", "جسر")
    version = opened(boss, translation, title)
    row.delete()
    answer = boss.post(save_url(translation, title), {"value": "قنطرة", "version": version})
    assert answer.status_code == 409
    assert "has been removed" in answer.content.decode()
    assert data() == []


def test_removing_asks_for_the_version_too(boss, translation, title):
    say(translation, "title", "جسر")
    typed = {"value": "", "version": "none", "action": "remove"}
    assert boss.post(save_url(translation, title), typed).status_code == 409
    typed["version"] = opened(boss, translation, title)
    assert boss.post(save_url(translation, title), typed).status_code == 302
    assert data() == []


def test_after_the_session_has_ended_what_was_typed_comes_back(boss, translation, title):
    boss.logout()
    boss.cookies.load({"django_language": "en"})
    typed = {"value": "جسر", "version": "none"}
    answer = boss.post(save_url(translation, title), typed)
    assert answer.status_code == 401
    text = answer.content.decode()
    assert "جسر</textarea>" in text
    assert "sign in again" in text.lower()
    assert 'target="_blank"' in text
    found = boss.post(save_url(translation, title), typed, **JSON)
    assert found.status_code == 401
    assert found.json()["sign_in"] == "/admin/login/"
    assert data() == []


def test_a_form_from_before_signing_in_comes_back_too(translation, title):
    client = Client(enforce_csrf_checks=True)
    client.force_login(SuperuserFactory())
    answer = client.post(save_url(translation, title), {"value": "جسر", "version": "none"})
    assert answer.status_code == 403
    assert "جسر</textarea>" in answer.content.decode()
    assert data() == []


def test_what_was_typed_comes_back_if_the_string_has_gone_meanwhile(boss, translation, title):
    url = save_url(translation, title)
    title.delete()  # As after a change of the source.
    typed = {"value": "جسر", "version": "none"}
    answer = boss.post(url, typed)
    assert answer.status_code == 409
    assert "جسر</textarea>" in answer.content.decode()
    assert own_url(translation) in answer.content.decode()
    assert "source has changed" in boss.post(url, typed, **JSON).json()["detail"]
    assert data() == []


def test_what_was_typed_comes_back_if_the_right_has_gone_meanwhile(client, translation, title):
    client.force_login(translator("sv"))
    answer = client.post(save_url(translation, title), {"value": "جسر", "version": "none"})
    assert answer.status_code == 403
    assert "جسر</textarea>" in answer.content.decode()
    assert data() == []


def test_in_review_it_is_read_only(boss, translation, title):
    say(translation, "lead", "باختصار")
    Work.objects.filter(translation=translation).update(
        in_review_since="2026-11-01T00:00Z", state=Work.State.IN_REVIEW
    )
    text = boss.get(own_url(translation)).content.decode()
    assert "<textarea" not in text
    assert "in review" in text
    assert "باختصار" in text
    answer = boss.post(save_url(translation, title), {"value": "جسر", "version": "none"})
    assert answer.status_code == 403
    assert "جسر</textarea>" in answer.content.decode()
    assert data() == ["باختصار"]


@pytest.mark.parametrize("action", ["confirm", "save"])
def test_a_carried_translation_is_confirmed(boss, translation, title, action):
    row = say(translation, "title", "جسر")
    CarriedTranslation.objects.create(translation=row, earlier_source="Vanha silta")
    text = boss.get(own_url(translation), {"show": "check"}).content.decode()
    assert "Vanha silta" in row_html(text, title)
    assert "It is right" in row_html(text, title)
    fields = {"value": "جسر", "version": opened(boss, translation, title), "action": action}
    boss.post(save_url(translation, title), fields)
    assert not CarriedTranslation.objects.exists()
    assert Work.objects.get(translation=translation).to_check == 0
    assert data() == ["جسر"]


def test_a_string_of_another_page_is_not_found(boss, translation, title):
    title.source.translations.all().delete()
    assert boss.post(f"/admin/translation/edit/999/strings/{title.pk}/").status_code == 404
    assert boss.get(save_url(translation, title)).status_code == 302


def test_nobody_else_saves(client, translation, title):
    client.force_login(SuperuserFactory(is_superuser=False))
    answer = client.post(save_url(translation, title), {"value": "x", "version": "none"})
    assert answer.status_code in (302, 403)
    assert data() == []


def test_a_title_is_one_line_however_it_is_typed(boss, translation, title):
    boss.post(save_url(translation, title), {"value": "جسر\r\nقديم", "version": "none"})
    assert data() == ["جسر قديم"]


def test_what_is_handed_over_in_the_meantime_is_not_changed(translation, title):
    Work.objects.filter(translation=translation).update(in_review_since="2026-11-01T00:00Z")
    with override("en"), pytest.raises(ValidationError, match="review"):
        store(SuperuserFactory(), translation, title, "جسر")
    assert data() == []
