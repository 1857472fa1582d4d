"""Whichever way a page is saved, the list knows how easy it reads and what waits; other types."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from cms.translation.easy.upkeep import forget, take_up, tell
from cms.translation.models import EasyPage, EasySection
from cms.users.models import Subject
from tests.factories import ContentPageFactory, LocaleFactory, home_page, translate
from tests.translation.easy import (
    Form,
    begun,
    change,
    easy_of,
    finnish_project,
    rich,
    states,
    url_of,
    uuid,
)
from tests.translation.easy import section as block

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HARD = "Toimintamallin juurruttaminen edellyttää yhteisesti sovittujen periaatteiden noudattamista."
EASY = "Tule mukaan! Ryhmä on ilmainen. Tapaamme joka viikko. Paikka on kirjasto."


@pytest.fixture
def finnish(db):
    return finnish_project()


@pytest.fixture
def easy(boss, finnish):
    return begun(boss, finnish)


def record(easy) -> EasyPage:
    return EasyPage.objects.get(page=easy.pk)


def saved(easy, text: str) -> None:
    page = Page.objects.get(pk=easy.pk).specific
    page.body = json.dumps([block("aims", text, uuid(21))])
    page.save_revision()


def test_the_figure_follows_every_way_of_saving(boss, easy):
    assert record(easy).figure is None
    saved(easy, EASY)
    assert record(easy).figure > 80
    saved(easy, HARD)
    assert record(easy).figure < 55
    page = Page.objects.get(pk=easy.pk).specific
    page.get_latest_revision().publish()
    page = Page.objects.get(pk=easy.pk).specific
    page.lead = " ".join([EASY] * 5)
    page.save()  # without a revision
    assert record(easy).figure > 55


def test_the_job_takes_up_pages_from_before(easy, finnish):
    EasyPage.objects.all().delete()
    take_up()
    assert set(states(easy).values()) == {"fresh", "unwritten"}
    EasyPage.objects.all().delete()
    change(finnish, 1, "Aivan toinen asia.")
    assert record(easy).unwritten == 4


def test_a_finnish_page_that_goes_leaves_nothing_to_look_at(boss, finnish, easy):
    form = Form(boss, easy)
    form.write(uuid(2), EASY)
    form.send()
    change(finnish, 1, "Aivan toinen asia.")
    assert record(easy).changed == 1
    Page.objects.get(pk=finnish.pk).delete()
    assert record(easy).changed == 0
    assert boss.get(url_of(easy)).status_code == 200


def test_a_finnish_draft_says_nothing_until_it_is_published(boss, finnish, easy):
    form = Form(boss, easy)
    form.write(uuid(2), EASY)
    form.send()
    page = Page.objects.get(pk=finnish.pk).specific
    page.body = json.dumps([])
    revision = page.save_revision()
    assert record(easy).changed == 0
    revision.publish()
    assert record(easy).changed == 1


def test_the_list_and_the_front_page_lead_to_what_has_changed(boss, finnish, easy):
    form = Form(boss, easy)
    form.write(uuid(2), EASY)
    form.send()
    url = reverse("translation:easy_list")
    assert "Easy Finnish: the Finnish has changed" not in boss.get("/admin/").content.decode()
    change(finnish, 1, "Aivan toinen asia.")
    assert "Easy Finnish: the Finnish has changed" in boss.get("/admin/").content.decode()
    table = boss.get(reverse("translation:overview")).content.decode()
    assert "The Finnish has changed" in table.partition(url_of(easy))[2]
    titles = {
        query: "Silta" in boss.get(f"{url}?{query}").content.decode().split("<table")[-1]
        for query in ("changed=on", "verdict=easy", "verdict=ordinary", "verdict=none", "title=xyz")
    }
    assert titles == {
        "changed=on": True,
        "verdict=easy": True,
        "verdict=ordinary": False,
        "verdict=none": False,
        "title=xyz": False,
    }
    for order in ("title", "figure", "changed", "saved", "nonsense"):
        assert boss.get(f"{url}?order={order}&p=99").status_code == 200


def test_the_list_asks_no_more_for_more_pages(boss, finnish, easy):
    def asked() -> int:
        boss.get(reverse("translation:easy_list"))
        with CaptureQueriesContext(connection) as queries:
            boss.get(reverse("translation:easy_list"))
        return len(queries)

    few = asked()
    for number in range(12):
        begun(boss, finnish_project(title=f"H{number}", slug=f"h{number}"))
    assert asked() <= few


def content_page():
    locale = LocaleFactory(language_code="fi-simple")
    if not home_page().has_translation(locale):
        translate(home_page(), "fi-simple")
    body = [
        {"type": "text", "value": "<p>Johdanto.</p>", "id": uuid(31)},
        {"type": "heading", "value": "Aukioloajat", "id": uuid(32)},
        {"type": "text", "value": "<p>Olemme avoinna arkisin.</p>", "id": uuid(33)},
        {"type": "text", "value": "<p>Poikkeuksista ilmoitetaan.</p>", "id": uuid(34)},
        {"type": "quote", "value": {"text": "Hyvä!", "source": ""}, "id": uuid(35)},
    ]
    return ContentPageFactory(title="Tietoa", slug="tietoa", body=json.dumps(body))


def test_running_text_is_written_heading_by_heading(boss):
    finnish = content_page()
    easy = begun(boss, finnish)
    assert set(states(easy)) == {"title", "lead", uuid(31), uuid(32), uuid(34)}
    form = Form(boss, easy)
    form.write(uuid(32), "Olemme auki joka päivä.", kind="text")
    form.send(action="action-publish")
    page = Page.objects.get(pk=easy.pk).specific
    assert page.body[0].value == "Aukioloajat"
    assert len(page.body) == 2
    assert states(easy)[uuid(32)] == "fresh"
    change(finnish, None, lead="Uusi johdanto.")
    assert states(easy)["lead"] == "new"


def test_a_bare_heading_is_not_shown_to_readers(boss):
    easy = begun(boss, content_page())
    assert [one.block_type for one in easy.get_latest_revision_as_object().body] == ["heading"]
    Form(boss, easy).send()
    assert [one.block_type for one in easy.get_latest_revision_as_object().body] == ["heading"]
    Form(boss, easy).send(action="action-publish")
    assert list(Page.objects.get(pk=easy.pk).specific.body) == []


def test_what_is_no_text_stays_as_it_is(boss):
    finnish = content_page()
    body = [
        {"type": "heading", "value": "Ajat", "id": uuid(41)},
        {"type": "text", "value": "<p>Auki.</p>", "id": uuid(42)},
        {"type": "quote", "value": {"text": "Kiva!", "source": "Aino"}, "id": uuid(43)},
    ]
    easy = translate(finnish, "fi-simple", title="Tietoa helposti", body=json.dumps(body))
    form = Form(boss, easy)
    form.data[f"b-{uuid(42)}-text"] = [rich("Olemme auki.")]
    form.send()
    page = Page.objects.get(pk=easy.pk).get_latest_revision_as_object()
    assert [one.block_type for one in page.body] == ["heading", "text", "quote"]
    assert page.body[2].value["source"] == "Aino"
    assert "Olemme auki." in page.body[1].value.source


def test_going_on_after_somebody_elses_save_keeps_what_was_typed(boss, finnish, easy):
    form, other = Form(boss, easy), Form(boss, easy)
    other.write(uuid(1), "Toisen teksti.")
    other.send()
    form.write(uuid(1), "Minun tekstini.")
    response = form.send(version_choice="go_on")
    again = Form(boss, easy, response)
    assert "Minun tekstini." in response.content.decode()
    assert again.send().status_code == 302
    page = easy_of(finnish).get_latest_revision_as_object()
    assert "Minun tekstini." in page.body[0].value["text"].source


def test_a_form_with_a_fault_comes_back_with_what_was_typed(boss, easy):
    form = Form(boss, easy)
    form.write(uuid(1), "Minun tekstini.")
    response = form.send(title="")
    assert response.status_code == 200
    html = response.content.decode()
    assert "Not saved:" in html
    assert "Minun tekstini." in html


def test_one_section_from_before_tells_all_of_the_finnish(boss, finnish):
    body = [block("free", EASY, uuid(51))]
    easy = translate(finnish, "fi-simple", title="Silta helposti", body=json.dumps(body))
    assert set(states(easy).values()) == {"fresh"}
    change(finnish, 2, "Aivan toinen asia.")
    assert states(easy)[uuid(3)] == "changed"
    assert states(easy)[uuid(2)] == "fresh"
    assert boss.get(url_of(easy)).status_code == 200


def test_a_file_that_gives_every_block_another_id_loses_no_tie(boss, finnish, easy):
    form = Form(boss, easy)
    for number in (1, 2, 3):
        form.write(uuid(number), EASY)
    form.send(lead="Autamme.")
    page = Page.objects.get(pk=easy.pk).get_latest_revision_as_object()
    body = [{**one, "id": uuid(60 + n)} for n, one in enumerate(page.body.raw_data)]
    page.body = json.dumps(body)
    page.save_revision()
    assert set(states(easy).values()) == {"fresh"}
    source = Page.objects.get(pk=finnish.pk).specific
    body = [{**one, "id": uuid(70 + n)} for n, one in enumerate(source.body.raw_data)]
    source.body = json.dumps(body)
    source.save_revision().publish()
    assert set(states(easy).values()) == {"fresh"}


def test_a_name_in_what_the_finnish_said_is_told_and_forgotten(boss):
    finnish = finnish_project(body=[block("aims", "Kysy: Aino Esimerkki.", uuid(1))])
    begun(boss, finnish)
    subject = Subject(names=frozenset({"Aino Esimerkki"}))
    assert "Aino Esimerkki" in str(tell(subject))
    forget(subject)
    assert tell(subject) == []
    assert not EasySection.objects.filter(seen__contains="Esimerkki").exists()
