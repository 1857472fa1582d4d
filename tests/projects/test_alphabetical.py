"""Wherever titles or names are sorted, the alphabet is that of the reader."""

import pytest
from django.urls import reverse
from django.utils import translation

from projects.public.filters import ProjectFilters, Sort
from projects.public.list_page import ProjectListing
from projects.public.presenters import contacts_section
from search.engines.base import Result
from search.page import ResultPage
from search.question import SearchParameters
from search.service import Outcome
from tests.factories import (
    ContactsPageFactory,
    LocaleFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    ThemeFactory,
    project_index,
)

pytestmark = pytest.mark.django_db

MIXED = "Öljy Ähtäri Åland zebra Apu äiti Zorro apina Vesi Wesi ålänning".split()  # noqa: SIM905
FINNISH = "apina Apu Vesi Wesi zebra Zorro Åland ålänning Ähtäri äiti Öljy".split()  # noqa: SIM905
ENGLISH = "Ähtäri äiti Åland ålänning apina Apu Öljy Vesi Wesi zebra Zorro".split()  # noqa: SIM905


@pytest.fixture
def projects():
    project_index().save_revision().publish()
    LocaleFactory(language_code="sv")
    LocaleFactory(language_code="en")
    return [ProjectFactory(title=title) for title in MIXED]


@pytest.mark.parametrize(
    ("language", "titles"), [("fi", FINNISH), ("sv", FINNISH), ("en", ENGLISH)]
)
def test_the_list_by_title(projects, language, titles):
    listing = ProjectListing(ProjectFilters(sort=Sort.TITLE), language)
    assert [project.title for project in listing.projects] == titles


@pytest.mark.parametrize(("language", "titles"), [("fi", FINNISH), ("en", ENGLISH)])
def test_the_api(client, projects, language, titles):
    for title in MIXED:
        OrganisationFactory(name=title)
    answer = client.get("/api/v1/projects", {"language": language}).json()
    assert [project["title"] for project in answer["results"]] == titles


@pytest.mark.parametrize(("language", "names"), [("fi", FINNISH), ("en", ENGLISH)])
def test_the_choices_of_a_facet(language, names):
    themes = [ThemeFactory(name=name, slug=f"t{n}") for n, name in enumerate(MIXED)]
    ProjectFactory(themes=themes)
    choices = ProjectListing(ProjectFilters(), language).facets.choices("theme")
    assert [choice.name.label for choice in choices] == names


@pytest.mark.parametrize(("language", "names"), [("fi", FINNISH), ("en", ENGLISH)])
def test_the_choices_of_a_facet_of_the_search(language, names):
    themes = [ThemeFactory(name=name, slug=f"t{n}") for n, name in enumerate(MIXED)]
    ProjectFactory(themes=themes)
    with translation.override(language):
        result = Result(facets={"theme": {theme.slug: 1 for theme in themes}})
        page = ResultPage(SearchParameters(), Outcome(None, result), None)
        choices = page.facets.choices("theme")
    assert [choice.name.label for choice in choices] == names


def test_people_and_organisations_of_the_contacts_page(rf):
    for name in MIXED:
        organisation = OrganisationFactory(name=name)
        for person in ("Åsa", "Örjan", "Anna"):
            PersonFactory(name=person, organisation=organisation)
    with translation.override("fi"):
        groups = contacts_section(ContactsPageFactory(), rf.get("/"))["groups"]
    assert [group.organisation.name for group in groups] == FINNISH
    assert [contact.person.name for contact in groups[0].people] == ["Anna", "Åsa", "Örjan"]


@pytest.mark.parametrize(("sign", "step"), [("", 1), ("-", -1)])
def test_listings_of_the_admin(admin_client, admin_user, projects, sign, step):
    admin_user.is_superuser = True
    for name in MIXED:
        PersonFactory(name=name)
    listings = {
        reverse("project_listing:index"): "title",
        reverse("wagtailadmin_explore", args=[projects[0].get_parent().pk]): "title",
        reverse("wagtailsnippets_projects_person:list"): "name",
    }
    for address, column in listings.items():
        response = admin_client.get(address, {"ordering": sign + column})
        names = [str(row) for row in response.context["object_list"]]
        assert [name for name in names if name in MIXED] == FINNISH[::step], address


def test_the_chooser_of_people(admin_client):
    for name in MIXED:
        PersonFactory(name=name)
    response = admin_client.get(reverse("wagtailsnippetchoosers_projects_person:choose"))
    names = [str(person) for person in response.context["results"]]
    assert names == FINNISH[: len(names)]
