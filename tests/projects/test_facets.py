"""Facets of the project list and of the search: one look, few bytes, every choice within reach."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from django.utils import translation

from projects.models import FundingRole
from projects.public import facets
from projects.public.facets import facet_names
from projects.public.filters import ProjectFilters
from projects.public.list_page import ProjectListing
from projects.templatetags.project_tags import facet_boxes
from search.engines.base import Result
from search.page import ResultPage
from search.question import SearchParameters
from search.service import Outcome
from tests.bench.data import make_projects
from tests.factories import LocaleFactory, OrganisationFactory, ProjectFactory, ThemeFactory
from tests.factories import project_index as index_page

pytestmark = pytest.mark.django_db
LIST = "/fi/hankkeet/"
KB = 1000


@pytest.fixture
def index():
    index = index_page()
    index.save_revision().publish()
    return index


@pytest.fixture
def few(monkeypatch):
    """As if a site had more towns than checkboxes."""
    monkeypatch.setattr(facets, "MOST", 2)


def boxes(listing) -> BeautifulSoup:
    return BeautifulSoup(facet_boxes(listing.facets), "html.parser")


def of_list(query: str = "", language: str = "fi") -> ProjectListing:
    request = RequestFactory().get(LIST + query)
    with translation.override(language):
        return ProjectListing(ProjectFilters.parse(request.GET), language)


def of_search(counts: dict, language: str = "fi", **chosen) -> ResultPage:
    total = Result(facets=counts, total=1)
    with translation.override(language):
        page = ResultPage(SearchParameters(facets=chosen), Outcome(None, total), None)
        return page


def test_a_list_of_twenty_is_light_however_many_towns_and_funders(client, index):
    make_projects(300, index)
    html = client.get(LIST).content
    assert len(re.findall(rb'class="card__link"', html)) == 20
    assert len(re.findall(rb"<option value=.\d{3}", html)) > 200
    assert len(html) <= 60 * KB


def test_the_list_and_the_search_show_the_same_choices(index):
    themes = [ThemeFactory(name=name, slug=name.lower()) for name in ("Zorro", "Apu", "Öljy")]
    funder = OrganisationFactory(name="Rahasto")
    ProjectFactory(
        themes=themes,
        municipalities=["205", "049"],
        funding=[(funder, FundingRole.MAIN, None)],
        start_date="2020-01-01",
        end_date="2022-12-31",
    )
    listing = of_list()
    search = of_search(listing.counts.facets)
    for name in ("status", "theme", "region", "funder"):
        ours, theirs = (boxes(page).find(id=f"f-{name}") for page in (listing, search))
        assert ours is not None
        assert str(ours) == str(theirs)
    assert [
        label.get_text(" ", strip=True) for label in boxes(listing).select("#f-theme label")
    ] == [
        "Apu 1",
        "Zorro 1",
        "Öljy 1",
    ]


def test_towns_stand_below_their_regions():
    ProjectFactory(municipalities=["205", "049", "091"])
    rows = boxes(of_list()).select("#f-region label")
    found = [(row.get_text(" ", strip=True), row.get("class")) for row in rows]
    assert found == [
        ("Kainuu 1", None),
        ("Kajaani 1", ["town"]),
        ("Uusimaa 1", None),
        ("Espoo 1", ["town"]),
        ("Helsinki 1", ["town"]),
    ]


def test_many_towns_are_a_menu_and_the_chosen_one_a_box(client, index, few):
    ProjectFactory(municipalities=["205", "049", "091"])
    html = boxes(of_list("?municipality=205")).find(id="f-region")
    assert html.has_attr("open")
    assert [box["value"] for box in html.select("input[name=municipality][checked]")] == ["205"]
    menu = html.select_one("select[name=municipality]")
    groups = {
        group["label"]: [option["value"] for option in group.select("option")]
        for group in menu.select("optgroup")
    }
    assert groups == {"Uusimaa": ["049", "091"]}
    assert html.select_one("button[type=submit]")
    answer = client.get(f"{LIST}?municipality=205&municipality=049").content.decode()
    assert answer.count('name="municipality" value="') == 2


def test_a_menu_left_alone_asks_for_nothing(index):
    """So that what a form without a script sends is kept like any known address."""
    ProjectFactory(municipalities=["205"])
    listing = of_list("?sort=newest&municipality=")
    assert listing.total == 1
    assert not listing.filters.is_narrowed
    assert ("municipality", "") in listing.parameters


@pytest.mark.parametrize("name", ['<script>alert("1")</script>', "a & b", 'x" onfocus="y'])
def test_names_are_text(index, name, few):
    funders = [OrganisationFactory(name=f"{name} {n}") for n in range(4)]
    for funder in funders:
        ProjectFactory(
            themes=[ThemeFactory(name=f"{name} {funder.pk}", slug=f"t{funder.pk}")],
            funding=[(funder, FundingRole.MAIN, None)],
        )
    theme = of_list().facets.choices("theme")[0].value
    html = boxes(of_list(f"?theme={theme}"))
    assert html.find("script") is None
    assert html.find(attrs={"onfocus": True}) is None
    assert html.select_one("#f-theme label").get_text().strip().startswith(name)
    menu = boxes(of_list()).select_one("#f-funder select")
    assert menu.select("option")[-1].get_text().startswith(name)


def test_what_is_not_stated_says_of_what_in_both():
    ProjectFactory()
    with translation.override("fi"):
        chips = [
            *of_list("?funder=none").facets.chips,
            *of_search({"funder": {"-": 1}}, funder=("-",)).facets.chips,
        ]
        assert {chip.label for chip in chips} == {"Rahoittaja: Ei ilmoitettu"}
    assert of_list("?funder=none").facets.chips[0].url == ""


def test_names_know_their_language():
    LocaleFactory(language_code="ar")
    theme = ThemeFactory(name="koti", slug="home")
    ProjectFactory(themes=[theme], municipalities=["205"])
    names = facet_names("ar")
    assert names("theme", "home")[:2] == ("koti", "fi")
    assert names("municipality", "205")[:2] == ("Kajaani", "fi")
    assert names("status", "running").language == ""
    html = boxes(of_list(language="ar"))
    assert html.select_one("#f-theme span[lang=fi][dir=ltr]").get_text() == "koti"
    assert facet_names("fi")("status", "running").label == "Käynnissä"
