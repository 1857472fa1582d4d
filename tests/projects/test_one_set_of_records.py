"""A fact of a register's record is new in every language and place at once."""

from datetime import date

import pytest

from projects.models import ProjectPage
from tests.factories import ImageFactory, LocaleFactory, OrganisationFactory
from tests.projects.facts import LANGUAGES, MACHINES, Visit, everywhere, make_site

pytestmark = pytest.mark.django_db

REGISTERS = {
    "organisation": {
        "kind": ("fund", {}),
        "is_member": (True, {}),
        "business_id": ("1234567-1", everywhere("", "1234567-1", "jsonld")),
        "other_ids": ("SE-ON-5560000000", everywhere("", "SE-ON-5560000000", "jsonld")),
        "website": ("https://example.org/u", everywhere("", "example.org/u", "jsonld")),
        "email": ("u@example.org", {}),
        "phone": ("040 000 0001", {}),
        "street_address": ("Uusikatu 1", {}),
        "postal_code": ("00100", {}),
        "city": ("Uusila", {}),
        "logo": (lambda: ImageFactory(filename="uusi.png"), {}),
    },
    "person": {
        "name": ("Uusi Nimi", everywhere("EntinenIhminen", "UusiNimi", "page", "contacts")),
        "organisation": (
            lambda: OrganisationFactory(name="Uusi työnantaja"),
            everywhere("", "Uusityönantaja", "contacts"),
        ),
        "email": (
            "uusi@example.org",
            everywhere("entinen@example.org", "uusi@example.org", "page", "contacts"),
        ),
        "phone": ("040 000 0002", everywhere("", "0400000002", "page", "contacts")),
        "photo": (lambda: ImageFactory(filename="uusi-photo.png"), {}),
        "public_until": (
            date(2020, 1, 1),
            everywhere("EntinenIhminen", "", "page", "contacts"),
        ),
        "show_on_contacts_page": (False, everywhere("EntinenIhminen", "", "contacts")),
    },
    "programme": {
        "period_start": (2021, {}),
        "period_end": (2027, {}),
        "fund": ("esf", {}),
        "publicity": ("eu-2014", everywhere("", "eu-emblem", "page")),
        "national_logo": (lambda: ImageFactory(filename="uusi.png"), {}),
        "record_url_pattern": (
            "https://example.org/r/{code}",
            everywhere("", "https://example.org/r/S100", "page", "api", "jsonld"),
        ),
        "website": ("https://example.org/p", {}),
    },
    "theme": {"slug": ("uusi-aihe", everywhere("entinen-teema", "uusi-aihe", "api", *MACHINES))},
    "group": {"slug": ("uusi-joukko", everywhere("entinen-ryhma", "uusi-joukko", "api"))},
}


def record_of(page: ProjectPage, name: str):
    return {
        "organisation": lambda: page.organisations.get().organisation,
        "person": lambda: page.contacts.get().person,
        "programme": lambda: page.programme,
        "theme": lambda: page.themes.get().theme,
        "group": lambda: page.target_groups.get().target_group,
    }[name]()


def save_record(record, field: str, value) -> None:
    record = type(record).objects.get(pk=record.pk)
    setattr(record, field, value)
    record.save()


def test_the_table_has_every_fact_of_every_register(commit):
    page = commit(make_site)
    for name, cases in REGISTERS.items():
        assert set(cases) == set(record_of(page, name).fact_names()), name


@pytest.mark.parametrize("name", REGISTERS)
def test_a_fact_of_a_register_is_new_in_every_language(client, commit, name):
    """One after the other: each is seen before the next changes."""
    page = commit(make_site)
    record = record_of(page, name)
    model, words = type(record), record.words
    for code in ("sv", "ar"):
        copy = record.copy_for_translation(LocaleFactory(language_code=code))
        for word in words:
            if word != "name":
                setattr(copy, word, f"{word} {code}")
        commit(copy.save)
    same = model.objects.filter(translation_key=record.translation_key).order_by("pk")
    before = list(same.values_list("pk", *words))
    for fact, (value, shown) in REGISTERS[name].items():
        value = value() if callable(value) else value
        commit(save_record, record, fact, value)
        assert {getattr(each, fact) for each in same.all()} == {value}, fact
        for code in LANGUAGES if shown else ():
            visit = Visit(client, code, page)
            for place, (old, new) in shown.items():
                text = visit.read(place)
                assert new in text, (fact, code, place)
                assert not old or old not in text, (fact, code, place)
        if fact in ("public_until", "organisation"):
            commit(save_record, record, fact, None)
    assert list(same.values_list("pk", *words)) == before


@pytest.mark.parametrize("name", REGISTERS)
def test_another_language_s_record_changes_no_fact(commit, name):
    page = commit(make_site)
    record = record_of(page, name)
    copy = record.copy_for_translation(LocaleFactory(language_code="sv"))
    commit(copy.save)
    for fact, (value, _shown) in REGISTERS[name].items():
        before = getattr(record, fact)
        commit(save_record, copy, fact, value() if callable(value) else value)
        for each in type(record).objects.filter(translation_key=record.translation_key):
            assert getattr(each, fact) == before, fact
