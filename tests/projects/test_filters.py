from datetime import date

import pytest
from django.http import QueryDict

from projects.models import FundingRole
from projects.public.catalogue import catalogue
from projects.public.facets import facet_names
from projects.public.filters import FACETS, ProjectFilters
from projects.public.list_page import ProjectListing
from tests.factories import (
    LocaleFactory,
    OrganisationFactory,
    ProgrammeFactory,
    ProjectFactory,
    TargetGroupFactory,
    ThemeFactory,
    translate,
)

TODAY = date(2026, 6, 15)


def parse(query):
    return ProjectFilters.parse(QueryDict(query))


@pytest.mark.parametrize(
    "query",
    [
        "status=&theme=&year=",
        "status=broken&year=20x6&year=99999&region=1&municipality=12&funder=1&programme=%00",
        "theme=" + "a" * 500,
        "theme=%27%20OR%201=1&page=-1&sort=size",
        "page=abc",
        "page=" + "9" * 40,
        "page=%D9%A3&year=%D9%A2%D9%A0%D9%A2%D9%A6",
    ],
)
def test_nonsense_is_as_if_it_had_not_been_sent(query):
    assert parse(query) == ProjectFilters()


def test_values_are_kept_once_in_one_order():
    assert parse("year=2020&year=2018&year=2020").query == "?year=2018&year=2020"
    assert parse("theme=b&status=ended&theme=a&page=3").query == (
        "?status=ended&theme=a&theme=b&page=3"
    )


def test_a_chip_takes_one_value_away_and_goes_to_the_first_page():
    filters = parse("theme=a&theme=b&page=3").without("theme", "a")
    assert filters.query == "?theme=b"


def test_no_list_of_values_is_endless():
    assert len(parse("&".join(f"theme=t{n}" for n in range(500))).theme) == 30


@pytest.fixture
def site(db):
    themes = [ThemeFactory(slug="work", name="työ"), ThemeFactory(slug="home", name="koti")]
    group = TargetGroupFactory(slug="youth")
    funder = OrganisationFactory(name="Rahasto")
    other = OrganisationFactory(name="Säätiö")
    programme = ProgrammeFactory(name="ESR")
    made = {
        "ended": ProjectFactory(
            title="Ended",
            start_date=date(2018, 2, 1),
            end_date=date(2019, 1, 31),
            themes=themes,
            municipalities=["205", "049"],
            funding=[(funder, FundingRole.MAIN, None), (funder, FundingRole.OWN_SHARE, 5)],
            programme=programme,
        ),
        "running": ProjectFactory(
            title="Running",
            start_date=date(2025, 1, 1),
            end_date=date(2026, 1, 1),
            extension_end_date=date(2026, 6, 15),
            themes=themes[:1],
            target_groups=[group],
            regions=["18"],
            funding=[(other, FundingRole.MAIN, 100)],
        ),
        "open": ProjectFactory(title="Open", start_date=date(2020, 5, 1), themes=themes[1:]),
        "upcoming": ProjectFactory(title="Upcoming", start_date=date(2026, 9, 1)),
        "undated": ProjectFactory(title="Undated"),
        "half": ProjectFactory(title="Half", end_date=date(2017, 12, 31)),
    }
    return {**made, "funder": funder, "other": other, "programme": programme}


def found(query, language="fi"):
    return [page.title for page in ProjectListing(parse(query), language, TODAY).projects]


FOUND = [
    ("status=ended", {"Ended", "Half"}),
    ("status=running", {"Running", "Open"}),
    ("status=upcoming", {"Upcoming"}),
    ("status=none", {"Undated"}),
    ("status=upcoming&status=none", {"Upcoming", "Undated"}),
    ("theme=work", {"Ended", "Running"}),
    ("theme=work&theme=home", {"Ended", "Running", "Open"}),
    ("theme=work&status=running", {"Running"}),
    ("target_group=youth", {"Running"}),
    ("region=18", {"Ended", "Running"}),
    ("region=01", {"Ended"}),
    ("region=none", {"Open", "Upcoming", "Undated", "Half"}),
    ("municipality=205", {"Ended"}),
    ("region=18&municipality=049", {"Ended"}),
    ("year=2018", {"Ended"}),
    ("year=2017", {"Half"}),
    ("year=2020", {"Open"}),
    ("year=2026", {"Running", "Open", "Upcoming"}),
    ("funder=none", {"Open", "Upcoming", "Undated", "Half"}),
    ("programme=none&status=ended", {"Half"}),
    ("theme=no-such-theme", {"Ended", "Running", "Open", "Upcoming", "Undated", "Half"}),
    ("theme=no-such-theme&status=upcoming", {"Upcoming"}),
    ("theme=no-such-theme&theme=home", {"Ended", "Open"}),
    ("municipality=999", {"Ended", "Running", "Open", "Upcoming", "Undated", "Half"}),
]


def test_one_facet_widens_and_several_narrow(site):
    for query, expected in FOUND:
        assert set(found(query)) == expected, query


def test_funders_and_programmes_go_by_their_key(site):
    assert found(f"funder={site['funder'].translation_key}") == ["Ended"]
    assert found(f"programme={site['programme'].translation_key}") == ["Ended"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", ["Upcoming", "Running", "Open", "Ended"]),
        ("title", ["Ended", "Half", "Open", "Running", "Undated", "Upcoming"]),
        ("ending", ["Running"]),
    ],
)
def test_orders(site, sort, expected):
    assert found(f"sort={sort}")[: len(expected)] == expected


def test_ending_soonest_puts_the_ended_last(site):
    assert found("sort=ending")[-2:] == ["Ended", "Half"]


QUERIES = ["", "status=running", "theme=work&region=18", "year=2018&year=2026", "funder=none"]


@pytest.mark.parametrize("query", QUERIES[::2])
def test_every_count_is_the_number_that_the_choice_would_show(site, query):
    """The count beside a choice: the list with that choice alone in its facet, the others kept."""
    filters = parse(query)
    counts = catalogue().counts(filters, TODAY)
    checked = 0
    for name in FACETS:
        for value, number in counts.facets[name].items():
            asked = QueryDict(mutable=True)
            for other in FACETS:
                asked.setlist(other, [value] if other == name else list(getattr(filters, other)))
            listing = ProjectListing(ProjectFilters.parse(asked), "fi", TODAY)
            assert number == listing.total == len(listing.projects), (name, value)
            checked += 1
    assert checked > 20


@pytest.mark.parametrize("language", ["sv", "en", "ru", "ar", "so", "fi-simple"])
def test_totals_and_counts_are_the_same_in_every_language(site, language):
    LocaleFactory(language_code=language)
    translate(site["running"], language, title="Translated")
    for query in QUERIES:
        here, finnish = (ProjectListing(parse(query), code, TODAY) for code in (language, "fi"))
        assert here.counts == finnish.counts
        assert len(found(query, language)) == len(found(query))


def test_labels_are_in_the_readers_language_or_say_which(site):
    LocaleFactory(language_code="sv")
    ThemeFactory(
        slug="work",
        name="arbete",
        locale=LocaleFactory(language_code="sv"),
        translation_key=site["ended"].themes.get(theme__slug="work").theme.translation_key,
    )
    names = facet_names("sv")
    assert names("theme", "work")[:2] == ("arbete", "")
    assert names("theme", "home")[:2] == ("koti", "fi")


def test_unpublished_projects_count_nowhere(site):
    site["running"].unpublish()
    counts = catalogue().counts(parse(""), TODAY)
    assert counts.total == 5
    funder = str(site["other"].translation_key)
    assert funder not in counts.facets["funder"]
    assert facet_names("fi")("funder", funder).label == funder
