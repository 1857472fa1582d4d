"""The lists of organisations and of members."""

import pytest

from tests.factories import OrganisationFactory, ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def members():
    north = OrganisationFactory(name="Ähtärin Nuoret ry", is_member=True, city="Ähtäri")
    south = OrganisationFactory(name="Zebra ry", is_member=True, short_name="ZEB", city="Helsinki")
    OrganisationFactory(name="Muu yhdistys ry")
    ProjectFactory(title="Silta", organisations=[(south, "lead")], municipalities=["205"])
    return north, south


def names(page) -> list[str]:
    return [entry.name for entry in page.context["directory"].page]


def test_members_stand_in_the_order_of_the_alphabet(client, members):
    page = client.get("/fi/jasenet/")
    assert names(page) == ["Zebra ry", "Ähtärin Nuoret ry"]
    assert 'href="/fi/jasenet/"' in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ahtari", ["Ähtärin Nuoret ry"]),
        ("q=zeb", ["Zebra ry"]),
        ("region=01", ["Zebra ry"]),
        ("region=18", ["Zebra ry"]),
        ("region=99", ["Zebra ry", "Ähtärin Nuoret ry"]),
        ("q=x", []),
        ("page=999", ["Zebra ry", "Ähtärin Nuoret ry"]),
        ("q=%00%F0", []),
    ],
)
def test_they_are_narrowed_by_words_and_region(client, members, query, found):
    assert names(client.get(f"/fi/jasenet/?{query}")) == found


def test_organisations_are_those_that_the_public_meets(client, members):
    OrganisationFactory(name="Hiljainen ry")
    assert names(client.get("/fi/organisaatiot/")) == ["Zebra ry", "Ähtärin Nuoret ry"]
