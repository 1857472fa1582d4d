"""Easy Finnish beside Finnish: written section by section, and told which section has changed."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.translation.models import EasyPage
from tests.translation.easy import (
    BODY,
    Form,
    begun,
    change,
    finnish_project,
    pairs,
    rich,
    states,
    url_of,
    uuid,
)
from tests.translation.easy import section as block

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def finnish(db):
    return finnish_project()


@pytest.fixture
def easy(boss, finnish):
    return begun(boss, finnish)


def draft(easy):
    return Page.objects.get(pk=easy.pk).get_latest_revision_as_object()


def texts(easy) -> list[tuple[str, str]]:
    return [(b.value["kind"], b.value["text"].source) for b in draft(easy).body]


def test_a_page_is_begun_with_headings_and_no_sentence(easy):
    assert not easy.live
    page = draft(easy)
    assert [kind for kind, _text in texts(easy)] == ["aims", "measures", "results"]
    assert not any(text for _kind, text in texts(easy))
    assert page.lead == ""
    assert set(states(easy).values()) == {"fresh", "unwritten"}
    assert EasyPage.objects.get(page=easy).unwritten == 4


def test_a_section_is_written_beside_the_finnish(boss, finnish, easy):
    form = Form(boss, easy)
    assert "Hankkeessa järjestetään ryhmätoimintaa." in form.response.content.decode()
    form.write(uuid(2), "Ryhmä tapaa joka viikko.\nTule mukaan!")
    assert form.send(title="Silta helposti", lead="Autamme nuoria.").status_code == 302
    found = dict(texts(easy))
    assert "Ryhmä tapaa joka viikko." in found["measures"]
    assert "Tule mukaan!" in found["measures"]
    assert draft(easy).title == "Silta helposti"
    assert states(easy) | {} == {
        "title": "fresh",
        "lead": "fresh",
        uuid(1): "unwritten",
        uuid(2): "fresh",
        uuid(3): "unwritten",
    }
    assert not Page.objects.get(pk=easy.pk).live


def written(boss, easy, **more):
    form = Form(boss, easy)
    for number in (1, 2, 3):
        form.write(uuid(number), f"Osa {number}. Tule mukaan!")
    response = form.send(lead="Autamme nuoria.", **more)
    assert response.status_code == 302, response.content
    return easy


def test_publishing_makes_it_public(boss, easy):
    written(boss, easy, **{"action-publish": "1"})
    page = Page.objects.get(pk=easy.pk).specific
    assert page.live
    assert "Osa 2" in page.body[1].value["text"].source


def test_the_writer_is_told_which_section_has_changed(boss, finnish, easy):
    written(boss, easy)
    change(finnish, 1, "Hankkeessa järjestetään retkiä.")
    assert states(easy)[uuid(2)] == "changed"
    assert list(states(easy).values()).count("changed") == 1
    assert EasyPage.objects.get(page=easy).changed == 1
    html = boss.get(url_of(easy)).content.decode()
    assert "<ins>" in html
    assert "ryhmätoimintaa" in html


@pytest.mark.parametrize(
    "text",
    ["Hankkeessa järjestetään  ryhmätoimintaa!", "Hankkeessa <b>järjestetään</b> ryhmätoimintaa."],
)
def test_commas_and_bold_change_nothing(boss, finnish, easy, text):
    written(boss, easy)
    change(finnish, 1, text)
    assert states(easy)[uuid(2)] == "fresh"


def test_a_section_is_found_right_by_a_tick_or_by_writing_it(boss, finnish, easy):
    written(boss, easy)
    change(finnish, 1, "Hankkeessa järjestetään retkiä.")
    change(finnish, 2, "Tulokset ovat nyt toiset.")
    form = Form(boss, easy)
    form.send()  # saved without a look at either
    assert states(easy)[uuid(2)] == states(easy)[uuid(3)] == "changed"
    form = Form(boss, easy)
    form.write(uuid(3), "Tulokset ovat hyviä.")
    form.send(**{f"right-{uuid(2)}": "1"})
    assert states(easy)[uuid(2)] == states(easy)[uuid(3)] == "fresh"


def test_what_changed_while_the_form_was_open_is_not_found_right(boss, finnish, easy):
    written(boss, easy)
    change(finnish, 1, "Hankkeessa järjestetään retkiä.")
    form = Form(boss, easy)
    change(finnish, 1, "Hankkeessa järjestetään leirejä.")
    form.send(**{f"right-{uuid(2)}": "1"})
    assert states(easy)[uuid(2)] == "changed"


def test_new_and_gone_sections_are_told(boss, finnish, easy):
    written(boss, easy)
    page = Page.objects.get(pk=finnish.pk).specific
    page.body.append(("section", {"kind": "practices", "text": "<p>Uusi tapa.</p>"}))
    page.save_revision().publish()
    change(finnish, 0)
    found = states(easy)
    assert found[uuid(1)] == "gone"
    assert "new" in found.values()
    assert EasyPage.objects.get(page=easy).changed == 2
    Form(boss, easy).send(**{f"right-{uuid(1)}": "1"})
    assert [pair.state for pair in pairs(easy) if pair.key == ""] == ["own"]


def test_sections_are_left_out_joined_added_and_reordered(boss, finnish, easy):
    written(boss, easy)
    form = Form(boss, easy)
    aims, results = form.section(uuid(1)), form.section(uuid(3))
    new = form.data["block"][-1].split()
    form.data[f"b-{new[1]}-text"] = [rich("Oma osa.")]
    form.data[f"b-{new[1]}-heading"] = ["Kysy lisää"]
    form.data[f"s-{results}-place"] = ["1"]
    form.send(**{f"told-{uuid(2)}": aims})
    assert [kind for kind, _text in texts(easy)] == ["results", "aims", "free"]
    assert states(easy)[uuid(2)] == "fresh"
    Form(boss, easy).send(**{f"told-{uuid(1)}": "out", f"told-{uuid(2)}": "out"})
    assert states(easy)[uuid(1)] == states(easy)[uuid(2)] == "left_out"
    assert [kind for kind, _text in texts(easy)] == ["results", "free"]
    change(finnish, 0, "Aivan toinen tavoite.")
    assert states(easy)[uuid(1)] == "changed"


def test_a_page_that_was_there_before_is_matched(boss):
    from_before = [block("aims", "Tavoite.", uuid(11)), block("results", "Tulos.", uuid(12))]
    finnish = finnish_project(body=[BODY[2], BODY[0]])

    from tests.factories import translate

    easy = translate(finnish, "fi-simple", title="Vanha", body=json.dumps(from_before))
    assert states(easy) == {
        "title": "fresh",
        "lead": "fresh",
        uuid(1): "fresh",
        uuid(3): "fresh",
    }


def test_it_works_without_a_script(boss, finnish, easy):
    form = Form(boss, easy)
    pk = form.block(form.section(uuid(1)))
    form.data[f"b-{pk}-plain"] = ["Hei & tervetuloa!\r\n\r\n- yksi\r\n- kaksi <script>x</script>"]
    form.send()
    html = texts(easy)[0][1]
    assert "Hei &amp; tervetuloa!" in html
    assert html.count("<li") == 2
    assert "<script" not in html
    Form(boss, easy).send()
    assert texts(easy)[0][1] == html


@pytest.mark.parametrize("finnish_key", [uuid(1), ""])
def test_a_text_too_long_is_refused_and_not_cut(boss, finnish, easy, finnish_key):
    form = Form(boss, easy)
    last = form.data["block"][-1].split()[0]  # A section of its own, which is not there yet.
    pk = form.block(form.section(finnish_key) if finnish_key else last)
    form.data[f"b-{pk}-plain"] = ["Sana " * 25_000 + "loppu."]
    before = Page.objects.get(pk=easy.pk).latest_revision_id
    response = form.send(action="action-publish")
    html = response.content.decode()
    assert response.status_code == 200
    assert "characters long; there is room for 100000." in html
    assert "loppu." in html
    assert Page.objects.get(pk=easy.pk).latest_revision_id == before


def test_somebody_elses_save_is_not_lost(boss, finnish, easy):
    form = Form(boss, easy)
    written(boss, easy)
    form.write(uuid(1), "Minun tekstini.")
    response = form.send()
    assert response.status_code == 200
    assert "Changed meanwhile" in response.content.decode()
    assert "Osa 1" in texts(easy)[0][1]


def test_hints_are_asked_for_while_one_types(boss, easy):
    url = reverse("translation:easy_hints", args=[easy.pk])
    name = f"b-{uuid(9)}-text"
    html = boss.post(url, {name: rich("Kurssilla opetellaan suomea.")}).content.decode()
    assert "opetellaan" in html
    assert boss.get(url).status_code == 405
    assert boss.post(url, {name: "}{"}).status_code == 200
