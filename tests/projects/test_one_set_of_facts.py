"""A fact that is changed where it was first written is new in every language and place at once."""

import html
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from projects.models import (
    FundingRole,
    Municipality,
    OrganisationRole,
    ProjectContact,
    ProjectFunding,
    ProjectMunicipality,
    ProjectOrganisation,
    ProjectPage,
    ProjectRegion,
    ProjectTargetGroup,
    ProjectTheme,
    Region,
    Status,
)
from tests.factories import (
    ContactsPageFactory,
    ImageFactory,
    LocaleFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    TargetGroupFactory,
    ThemeFactory,
    home_page,
    project_index,
    translate,
)

pytestmark = pytest.mark.django_db
LANGUAGES = ["fi", "sv", "en", "ru", "ar", "so", "fi-simple"]
WORDS = ("title", "lead", "body", "seo_title", "search_description", "slug")
THIS_YEAR = timezone.localdate().year
MACHINES = ("api", "csv", "json")


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Run a change in the transaction that is open, and what follows its commit."""

    def run(change, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return change(*args, **kwargs)

    return run


def records(old: str = "Entinen") -> dict:
    """One of each register, named by its age."""
    slug = old.lower()
    return {
        "organisation": OrganisationFactory(name=f"{old} yhdistys"),
        "funder": OrganisationFactory(name=f"{old} rahoittaja"),
        "programme": ProgrammeFactory(name=f"{old} ohjelma"),
        "theme": ThemeFactory(name=f"{old} teema", slug=f"{slug}-teema"),
        "group": TargetGroupFactory(name=f"{old} ryhma", slug=f"{slug}-ryhma"),
        "person": PersonFactory(name=f"{old} Ihminen", email=f"{slug}@example.org"),
        "logo": ImageFactory(filename=f"{slug}-logo.png"),
        "image": ImageFactory(filename=f"{slug}-kuva.png"),
        "social_image": ImageFactory(filename=f"{slug}-jako.png"),
    }


def make_site(first: str = "fi") -> ProjectPage:
    """A project in seven languages, written in ``first``; its page in each has words of its own."""
    for code in LANGUAGES:
        LocaleFactory(language_code=code)
    index = project_index()
    indexes = {"fi": index} | {code: translate(index, code) for code in LANGUAGES if code != "fi"}
    contacts = ContactsPageFactory(title="Yhteystiedot", slug="yhteystiedot", parent=home_page())
    for code in LANGUAGES[1:]:
        translate(contacts, code)
    old = records()
    page = ProjectFactory(
        parent=indexes[first],
        slug="silta",
        **words(first),
        acronym="ENTINEN",
        code="S100",
        programme=old["programme"],
        start_date=date(2014, 1, 1),
        end_date=date(2015, 11, 30),
        realised_public_funding=Decimal("1111111"),
        website="https://example.org/entinen",
        logo=old["logo"],
        image=old["image"],
        organisations=[(old["organisation"], OrganisationRole.PARTNER)],
        funding=[(old["funder"], FundingRole.MAIN, Decimal("2222222"))],
        municipalities=["240"],
        regions=["19"],
        themes=[old["theme"]],
        target_groups=[old["group"]],
        contacts=[old["person"]],
    )
    for code in LANGUAGES:
        if code != first:
            translate(page, code, **words(code))
    return page


def words(code: str) -> dict:
    text = f"<p>Pitkä teksti {code}.</p>"
    body = [("section", {"kind": "aims", "heading": f"Otsikko {code}", "text": text})]
    return {
        "title": f"Silta {code}",
        "lead": f"Johdanto {code}.",
        "seo_title": f"Hakuun {code}",
        "search_description": f"Kuvaus {code}.",
        "body": body,
    }


def all_words(page: ProjectPage) -> list:
    pages = ProjectPage.objects.filter(translation_key=page.translation_key)
    return list(pages.order_by("pk").values_list("pk", *WORDS))


@dataclass(frozen=True)
class Visit:
    """One language's ways to the project, as a visitor or a machine finds it."""

    client: object
    code: str
    page: ProjectPage

    def get(self, path: str, **query) -> str:
        answer = self.client.get(f"{path}?{urlencode(query)}" if query else path)
        assert answer.status_code == 200, path
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        # Numbers are grouped by language; blanks of every kind go.
        text = re.sub(r"\s", "", html.unescape(content.decode()))
        return re.sub(r"(?<=\d)[,.](?=\d{3})", "", text)

    def own(self, address: str) -> str:
        return f"/{self.code}/{address}"

    def read(self, place: str, **query) -> str:
        title = f"Silta {self.code}"
        match place:
            case "page":
                text = self.get(self.own("hankkeet/silta/"))
                return re.sub(r"<script.*?</script>", "", text)
            case "jsonld":
                text = self.get(self.own("hankkeet/silta/"))
                return "".join(re.findall(r'<scripttype="application/ld\+json">.*?</script>', text))
            case "list":
                return self.get(self.own("hankkeet/"), **query)
            case "search":
                return self.get(self.own("haku/"), **({"q": title} | query))
            case "csv" | "json":
                return self.get(self.own(f"haku/hits.{place}"), **({"type": "project"} | query))
            case "hits":
                return self.get(self.own("haku/hits.atom"), **({"type": "project"} | query))
            case "feed":
                return self.get(self.own("feeds/projects.atom"))
            case "api":
                return self.get(f"/api/v1/projects/{self.page.translation_key}", language=self.code)
            case "contacts":
                return self.get(self.own("yhteystiedot/"))
        raise LookupError(place)


@dataclass(frozen=True)
class Case:
    """``value``: what a fact becomes, from the new records. ``shown``: place → (old, new) there.

    ``found``: a filter of the list, and of the search, by which only the new fact is found.
    """

    value: object
    shown: dict[str, tuple[str, str]]
    found: object = None


def everywhere(old: str, new: str, *places: str) -> dict:
    return dict.fromkeys(places, (old, new))


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
    assert ProjectPage.objects.filter(carries_facts=True).get() == page


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


REGISTERS = {
    "organisation": {
        "kind": ("fund", {}),
        "is_member": (True, {}),
        "business_id": ("1234567-1", everywhere("", "1234567-1", "jsonld")),
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
