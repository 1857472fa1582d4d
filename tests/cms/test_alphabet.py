"""Alphabetical order is that of the readers' language, in the database as in Python."""

import random

import pytest

from cms.core.lists import LANGUAGES, Alphabetical, alphabetical, sort_key
from projects.models import Municipality, Organisation, Person
from tests.factories import OrganisationFactory, PersonFactory

NORDIC = "apina Apu Vesi Wesi zebra Zorro Åland ålänning Ähtäri äiti Öljy"
IN_ORDER = {
    "fi": NORDIC,
    "fi-simple": NORDIC,
    "sv": "Apu Vesi Vuori Wesi ü-juttu Ypsilon zebra Åland Ähtäri æro Öljy ørsted",
    "en": "æro Ähtäri äiti Åland ålänning apina Apu Łódź Öljy straße Vesi Vuori Wesi zebra Zorro",
    "so": "Ähtäri Åland apina đuro Isotalo Öljy zebra",
    "ru": "еж ёж елка ёлка Ёлка ель Ига иод йод Яблоко яма apple",
    "ar": "ء ؤ ئ آمال إدماج أسرة العمل امرأة اندماج بيت تعليم ثقافة زهرة هدى وقت apple",
}
SIGNS = ["«Lainaus»", "(sulku)", "10 hanketta", "2. hanke", "Iso talo", "Iso-talo", "Isotalo"]


def shuffled(words: list[str]) -> list[str]:
    return random.Random(5).sample(words, len(words))


@pytest.mark.parametrize("locale", IN_ORDER)
def test_each_language_has_its_own_alphabet(locale):
    words = IN_ORDER[locale].split()
    assert sorted(shuffled(words), key=lambda word: sort_key(word, locale)) == words


def test_signs_come_before_digits_and_digits_before_letters():
    assert sorted(shuffled(SIGNS), key=lambda word: sort_key(word, "fi")) == SIGNS


@pytest.mark.parametrize("text", ["", " ", "\x00", "\u0301", "\ud800", "😀", "ÄÖ" * 5000, "٣ 3"])
def test_any_text_has_a_key(text):
    assert isinstance(sort_key(text, "xx"), str)


def test_the_same_word_however_its_letters_are_put_together():
    assert sort_key("A\u0308hta\u0308ri", "fi") == sort_key("Ähtäri", "fi")


@pytest.mark.django_db
@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_database_orders_as_python_does(locale):
    words = IN_ORDER[locale].split() + SIGNS
    Organisation.objects.bulk_create(
        [OrganisationFactory.build(name=word, locale_id=1) for word in shuffled(words)]
    )
    rows = Organisation.objects.order_by(Alphabetical("name", locale), "pk")
    found = list(rows.values_list("name", flat=True))
    assert found == sorted(words, key=lambda word: sort_key(word, locale))
    backwards = alphabetical(Organisation.objects.order_by("-name"), locale)
    assert list(backwards.values_list("name", flat=True)) == found[::-1]


@pytest.mark.django_db
def test_a_model_s_own_order_and_that_of_what_it_refers_to():
    for name in ("Öljy", "apina", "Åland"):
        PersonFactory(name=name, organisation=OrganisationFactory(name=name))
    people = alphabetical(Person.objects.all(), "fi").values_list("name", flat=True)
    assert list(people) == ["apina", "Åland", "Öljy"]
    by_organisation = alphabetical(Person.objects.order_by("organisation__name", "pk"), "fi")
    assert [person.name for person in by_organisation] == ["apina", "Åland", "Öljy"]
    assert alphabetical(Person.objects.order_by("-public_until")[:2], "fi").query.is_sliced


@pytest.mark.django_db
def test_places_are_in_their_order():
    names = list(alphabetical(Municipality.objects.all(), "fi").values_list("name_fi", flat=True))
    assert names == sorted(names, key=lambda name: sort_key(name, "fi"))
