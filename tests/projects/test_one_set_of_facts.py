"""A fact that is changed where it was first written is new in every language and place at once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from projects.models import (
    Municipality,
    OrganisationRole,
    ProjectAmount,
    ProjectArea,
    ProjectCode,
    ProjectContact,
    ProjectFunding,
    ProjectLink,
    ProjectMunicipality,
    ProjectOrganisation,
    ProjectPage,
    ProjectRegion,
    ProjectTargetGroup,
    ProjectTheme,
    Region,
    Status,
)
from tests.factories import LocaleFactory, ProjectFactory
from tests.projects.facts import (
    LANGUAGES,
    MACHINES,
    Visit,
    all_words,
    everywhere,
    make_site,
    records,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

THIS_YEAR = timezone.localdate().year


@dataclass(frozen=True)
class Case:
    """``value``: what a fact becomes, from the new records. ``shown``: place → (old, new) there.

    ``found``: a filter of the list, and of the search, by which only the new fact is found.
    """

    value: object
    shown: dict[str, tuple[str, str]]
    found: object = None


def key(name: str):
    return lambda new: str(new[name].translation_key)


CASES = {
    "acronym": Case(lambda new: "UUSI", everywhere("ENTINEN", "UUSI", "page", "jsonld", *MACHINES)),
    "code": Case(lambda new: "S200", everywhere("S100", "S200", "page", "jsonld", *MACHINES)),
    "programme": Case(
        lambda new: new["programme"],
        everywhere("Entinenohjelma", "Uusiohjelma", "page", "list", "search", *MACHINES),
        {"programme": key("programme")},
    ),
    "start_date": Case(
        lambda new: date(2012, 6, 1),
        everywhere("2014-01-01", "2012-06-01", "jsonld", *MACHINES)
        | everywhere("", "2012", "page", "list", "search"),
        {"year": "2012"},
    ),
    "end_date": Case(
        lambda new: date(2017, 11, 30),
        everywhere("2015-11-30", "2017-11-30", "jsonld", *MACHINES)
        | everywhere("–30.11.2015", "2017", "page"),
        {"year": "2017"},
    ),
    "extension_end_date": Case(
        lambda new: date(THIS_YEAR + 2, 12, 31),
        everywhere("", f"{THIS_YEAR + 2}-12-31", "jsonld", *MACHINES)
        | everywhere("", str(THIS_YEAR + 2), "page"),
        {"status": "running"},
    ),
    "date_precision": Case(
        lambda new: "year", {"api": ('"date_precision":"day"', '"date_precision":"year"')}
    ),
    "realised_public_funding": Case(
        lambda new: Decimal("7654321"),
        {"page": ("1111111", "7654321"), "api": ("1111111", "7654321")},
    ),
    "website": Case(
        lambda new: "https://example.org/uusi",
        everywhere("example.org/entinen", "example.org/uusi", "page", "jsonld", "api"),
    ),
    "logo": Case(lambda new: new["logo"], {"page": ("entinen-logo", "uusi-logo")}),
    "image": Case(lambda new: new["image"], {"page": ("entinen-kuva", "uusi-kuva")}),
    "social_image": Case(lambda new: new["social_image"], {"page": ("", "uusi-jako")}),
    "organisations": Case(
        lambda new: [
            ProjectOrganisation(organisation=new["organisation"], role=OrganisationRole.PARTNER)
        ],
        everywhere("Entinenyhdistys", "Uusiyhdistys", "page", "jsonld", "api"),
    ),
    "funding": Case(
        lambda new: [ProjectFunding(organisation=new["funder"], amount=Decimal("3333333"))],
        everywhere("Entinenrahoittaja", "Uusirahoittaja", "jsonld", "list", "search", *MACHINES)
        | {"page": ("2222222", "3333333"), "api": ("2222222", "3333333")},
        {"funder": key("funder")},
    ),
    "municipalities": Case(
        lambda new: [ProjectMunicipality(municipality=Municipality.objects.get(code="205"))],
        everywhere("Kemi", "Kaja", "page", "jsonld", "list", "search", *MACHINES),
        {"municipality": lambda new: "205"},
    ),
    "regions": Case(
        lambda new: [ProjectRegion(region=Region.objects.get(code="18"))],
        everywhere("", '"code":"18"', "api"),
        {"region": lambda new: "18"},
    ),
    "themes": Case(
        lambda new: [ProjectTheme(theme=new["theme"])],
        everywhere("Entinenteema", "Uusiteema", "page", "jsonld", "list", "search", *MACHINES),
        {"theme": lambda new: "uusi-teema"},
    ),
    "target_groups": Case(
        lambda new: [ProjectTargetGroup(target_group=new["group"])],
        everywhere("Entinenryhma", "Uusiryhma", "page", "list", "search", *MACHINES),
        {"target_group": lambda new: "uusi-ryhma"},
    ),
    "contacts": Case(
        lambda new: [ProjectContact(person=new["person"])],
        {"page": ("EntinenIhminen", "UusiIhminen")},
    ),
    "official_name": Case(
        lambda new: "Uusivirallinennimi",
        everywhere("", "Uusivirallinennimi", "page", "api"),
    ),
    "award_date": Case(
        lambda new: date(2013, 3, 2), {"page": ("", "2013"), "api": ("", "2013-03-02")}
    ),
    "programme_part": Case(lambda new: "Uusiosio", everywhere("", "Uusiosio", "page", "api")),
    "priority_axis": Case(lambda new: "Uusiakseli", everywhere("", "Uusiakseli", "page", "api")),
    "specific_objective": Case(
        lambda new: "Uusierityistavoite", everywhere("", "Uusierityistavoite", "page", "api")
    ),
    "intervention": Case(lambda new: "Uusitoimi", everywhere("", "Uusitoimi", "page", "api")),
    "cofinancing_rate": Case(
        lambda new: Decimal("62.5"), {"page": ("", "62"), "api": ("", "62.5")}
    ),
    "register_state": Case(lambda new: "Uusitila", {"api": ("", "Uusitila")}),
    "codes": Case(
        lambda new: [ProjectCode(scheme="EURA", code="Z777")],
        everywhere("", "Z777", "page", "jsonld", "api"),
    ),
    "amounts": Case(
        lambda new: [ProjectAmount(source="total", kind="planned", amount=Decimal("9876543"))],
        {"page": ("", "9876543"), "api": ("", "9876543")},
    ),
    "areas": Case(
        lambda new: [ProjectArea(code="SE224")], everywhere("", "SE224", "page", "jsonld", "api")
    ),
    "links": Case(
        lambda new: [ProjectLink(kind="follows", other=ProjectFactory(slug="uusi-aiempi"))],
        everywhere("", "uusi-aiempi", "page", "api"),
    ),
}


def test_the_table_has_every_fact():
    assert set(CASES) == {*ProjectPage.fact_fields, *ProjectPage.fact_relations}


def change(page: ProjectPage, values: dict) -> None:
    page = ProjectPage.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def check(client, page: ProjectPage, case: Case, new: dict) -> None:
    chosen = {
        name: value(new) if callable(value) else value for name, value in (case.found or {}).items()
    }
    for code in LANGUAGES:
        visit = Visit(client, code, page)
        for place, (old, now) in case.shown.items():
            text = visit.read(place)
            assert now in text, (code, place)
            # A list's other choices may name what was.
            assert not old or old not in text, (code, place)
        for place in ("list", "search", "csv", "json", "hits") if chosen else ():
            assert f"Silta{code}" in visit.read(place, **chosen), (code, place)


@pytest.mark.parametrize("name", CASES)
def test_a_fact_is_new_everywhere_at_once(client, commit, name):
    page = commit(make_site)
    for code in LANGUAGES:
        # What is kept of the state before has to go.
        for place in ("page", "list", "search", "contacts"):
            Visit(client, code, page).read(place)
    before, new, case = all_words(page), records("Uusi"), CASES[name]
    commit(change, page, {name: case.value(new)})
    check(client, page, case, new)
    assert all_words(page) == before


def test_a_project_first_written_in_swedish(client, commit):
    page = commit(make_site, "sv")
    assert page.locale.language_code == "sv"
    assert page.carries_facts
    before, new = all_words(page), records("Uusi")
    commit(change, page, {name: case.value(new) for name, case in CASES.items()})
    for case in CASES.values():
        if case is not CASES["end_date"] and case is not CASES["start_date"]:
            check(client, page, case, new)
    assert all_words(page) == before
    assert ProjectPage.objects.filter(carries_facts=True, slug="silta").get() == page


def test_an_extended_project_runs_in_every_language(client, commit):
    page = commit(make_site)
    pages = ProjectPage.objects.filter(translation_key=page.translation_key)
    assert {each.status for each in pages.all()} == {Status.ENDED}
    commit(change, page, {"extension_end_date": date(THIS_YEAR + 1, 12, 31)})
    assert {each.status for each in pages.all()} == {Status.RUNNING}
    for code in LANGUAGES:
        assert '"status":"running"' in Visit(client, code, page).read("api")


def test_a_translation_that_is_given_facts_keeps_none(commit):
    page = commit(make_site)
    swedish = page.get_translation(LocaleFactory(language_code="sv"))
    commit(change, swedish, {name: case.value(records("Uusi")) for name, case in CASES.items()})
    swedish = ProjectPage.objects.get(pk=swedish.pk)
    assert swedish.code == ""
    assert not any(getattr(swedish, name).exists() for name in ProjectPage.fact_relations)
    assert ProjectTheme.objects.filter(page=page).count() == ProjectTheme.objects.count() == 1
    assert swedish.facts.code == "S100"
