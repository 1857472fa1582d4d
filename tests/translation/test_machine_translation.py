"""Machine translation over HTTP: what is sent, what is kept, and what a bad answer leads to."""

import re
from html import unescape

import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from cms.translation.editor import service as services
from cms.translation.models import Work
from tests.translation.editing import own_url, save_url, say, segment_of
from tests.translation.machines import DEEPL, LIBRE, serving

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(params=["libretranslate", "deepl"])
def service(request, settings):
    with serving(settings, request.param) as running:
        yield running


@pytest.fixture
def libre(settings):
    with serving(settings) as running:
        yield running


def press(client, translation):
    url = reverse("wagtail_localize:machine_translate", args=[translation.pk])
    return client.post(url, follow=True)


def told(answer) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def test_only_what_is_untranslated_is_sent_and_it_is_marked(boss, service, translation):
    say(translation, "title", "جسر")
    page = press(boss, translation)
    assert page.status_code == 200
    assert "Silta" not in service.texts
    assert "Lyhyesti &amp; selkeästi." in service.texts
    assert {question["to"].lower() for question in service.asked} == {"ar"}
    assert all("key" in question["key"] for question in service.asked)
    made = StringTranslation.objects.get(translation_of__data="Lyhyesti &amp; selkeästi.")
    assert (made.translation_type, made.data) == ("machine", "«Lyhyesti &amp; selkeästi.»")
    assert StringTranslation.objects.get(data="جسر").translation_type != "machine"
    assert "2 strings were translated by" in told(page)
    assert "2 machine translations to read." in page.content.decode()
    html = unescape(page.content.decode())
    assert html.count("Machine translation: read it") == 2
    assert re.search(r"Machine translations to read \(<span[^>]*>2</span>\)", html)
    work = Work.objects.get(translation=translation)
    assert (work.words_left, work.to_check) == (0, 2)
    count = len(service.asked)
    assert "Nothing is left to translate." in told(press(boss, translation))
    assert len(service.asked) == count


def test_the_filter_shows_those_alone(boss, libre, translation):
    say(translation, "title", "جسر")
    press(boss, translation)
    html = boss.get(own_url(translation) + "?show=machine").content.decode()
    assert f'id="string-{segment_of(translation, "lead").pk}"' in html
    assert f'id="string-{segment_of(translation, "title").pk}"' not in html


@pytest.mark.parametrize("action", ["confirm", "save"])
def test_it_is_read_once_somebody_has_saved_or_confirmed_it(boss, libre, translation, action):
    press(boss, translation)
    lead = segment_of(translation, "lead")
    made = StringTranslation.objects.get(translation_of=lead.string)
    html = boss.get(own_url(translation)).content.decode()
    row = html[html.index(f'id="string-{lead.pk}"') :]
    version = re.search(r'name="version" value="(\w+)"', row)[1]
    assert "It is right" in row
    data = {"action": action, "value": "«Lyhyesti & selkeästi.»", "version": version}
    assert boss.post(save_url(translation, lead), data).status_code == 302
    made.refresh_from_db()
    assert made.translation_type == "manual"
    assert made.last_translated_by.is_superuser
    assert Work.objects.get(translation=translation).to_check == 2


def test_links_and_tags_that_a_machine_spoils_are_faults(boss, libre, translation):
    libre.say = lambda text: text.replace("<b>", "").replace("</b>", "").replace('id="a1"', "")
    page = press(boss, translation)
    assert "1 of them has an error: correct it." in told(page)
    spoilt = StringTranslation.objects.get(translation_of__data__contains="<a")
    assert spoilt.has_error
    assert spoilt.field_error
    assert Work.objects.get(translation=translation).words_left > 0


TROUBLE = [
    ({"status": 403}, "refuses our key"),
    ({"status": 401, "body": b"{}"}, "refuses our key"),
    ({"status": 456, "body": b'{"message": "Quota exceeded"}'}, "quota"),
    ({"status": 429}, "quota"),
    ({"status": 500, "body": b"<h1>Oops</h1>"}, "fault of its own"),
    ({"status": 400, "body": b"{}"}, "may not know one of the languages"),
    ({"body": b"<!doctype html>"}, "something else than translations"),
    ({"body": b"[]"}, "something else than translations"),
    ({"body": b'"x"'}, "something else than translations"),
    ({"body": b"null"}, "something else than translations"),
    ({"body": b"{}"}, "something else than translations"),
    ({"body": b'{"translations": [], "translatedText": []}'}, "something else than translations"),
    ({"body": b""}, "something else than translations"),
    ({"body": b"\xff\xfe"}, "something else than translations"),
    ({"wait": 2.0}, "took too long"),
]


@pytest.mark.parametrize(("answer", "sentence"), TROUBLE)
def test_trouble_is_a_sentence_and_nothing_is_lost(boss, service, translation, answer, sentence):
    say(translation, "title", "جسر")
    vars(service).update(answer)
    page = press(boss, translation)
    assert page.status_code == 200
    assert sentence in told(page)
    assert "2 strings have no translation yet." in told(page)
    assert list(StringTranslation.objects.values_list("data", flat=True)) == ["جسر"]


def test_a_service_that_is_away_is_a_sentence(boss, settings, translation):
    options = {"API_KEY": "", "LIBRETRANSLATE_URL": "http://127.0.0.1:9", "TIMEOUT": 1}
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": LIBRE, "OPTIONS": options}
    assert "can't be reached" in told(press(boss, translation))


@pytest.mark.parametrize("said", ["", "  ", "<b></b>", "x" * 30_000])
def test_what_is_no_translation_is_left_out(boss, libre, translation, said):
    libre.say = lambda text: said
    page = press(boss, translation)
    assert page.status_code == 200
    assert "3 strings have no translation yet." in told(page)
    assert not StringTranslation.objects.exists()


def test_null_bytes_and_numbers_are_no_fault_of_the_server(boss, libre, translation):
    libre.body = b'{"translatedText": [1, null, "a\\u0000b"]}'
    page = press(boss, translation)
    assert page.status_code == 200
    made = StringTranslation.objects.values_list("data", flat=True)
    assert all("\0" not in data for data in made)


def test_many_strings_go_in_portions_and_what_came_is_kept(boss, libre, translation, monkeypatch):
    monkeypatch.setattr("cms.translation.editor.machine.MOST_STRINGS", 1)
    real, said = libre.say, []

    def once(text):
        said.append(text)
        libre.status = 200 if len(said) < 2 else 500
        return real(text)

    libre.say = once
    page = press(boss, translation)
    assert "1 string was translated" in told(page)
    assert "fault of its own" in told(page)
    assert StringTranslation.objects.count() == 1


def test_what_somebody_saved_meanwhile_stays(boss, libre, translation, monkeypatch):
    ask = services.ask

    def slow(*args):
        say(translation, "title", "جسر")
        return ask(*args)

    monkeypatch.setattr(services, "ask", slow)
    press(boss, translation)
    assert "Silta" in libre.texts
    title = segment_of(translation, "title")
    assert StringTranslation.objects.get(translation_of=title.string).data == "جسر"


WRONG = [
    {"CLASS": "no.such.Class"},
    {"CLASS": "cms.translation.models.Term"},
    {"CLASS": LIBRE, "OPTIONS": {"API_KEY": ""}},
    {"CLASS": LIBRE, "OPTIONS": {"LIBRETRANSLATE_URL": "https://example.org"}},
    {"CLASS": LIBRE, "OPTIONS": {"LIBRETRANSLATE_URL": "example.org", "API_KEY": ""}},
    {"CLASS": DEEPL, "OPTIONS": {"AUTH_KEY": ""}},
    {},
]


@pytest.mark.parametrize("config", WRONG)
def test_wrong_settings_are_told_at_the_start_and_break_no_page(
    boss, settings, translation, config
):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = config
    assert [fault.id for fault in services.check(None)] == ["katto.E030"] * bool(config)
    page = boss.get(own_url(translation))
    assert page.status_code == 200
    assert "Translate with" not in page.content.decode()
    assert press(boss, translation).status_code == 404
