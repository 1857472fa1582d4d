"""Where else subjects and pictures are met: the sitemap, the search, and reserved addresses."""

import pytest
from django.core.exceptions import ValidationError

from search.engines import database_engine
from search.indexing import rebuild
from tests.factories import (
    ContentPageFactory,
    OrganisationFactory,
    ProjectFactory,
    ThemeFactory,
    project_index,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def project():
    lead = OrganisationFactory(
        name="Majakka ry", description="Pitää valoa yllä.\n\nJo vuodesta 1950."
    )
    return ProjectFactory(
        parent=project_index(),
        title="Silta",
        organisations=[(lead, "lead")],
        municipalities=["205"],
    )


def test_the_sitemap_has_what_the_public_meets_and_nothing_else(client, project):
    OrganisationFactory(name="Hiljainen ry")
    found = client.get("/sitemap.xml").content.decode()
    for way in (
        "organisaatiot/majakka-ry",
        "kunnat/kajaani",
        "maakunnat/kainuu",
        "luvut",
        "jasenet",
    ):
        assert f"<loc>http://testserver/fi/{way}/</loc>" in found
    for way in ("organisaatiot/hiljainen-ry", "kunnat/helsinki"):
        assert way not in found


def test_an_editors_text_stands_on_the_page_and_tells_search_engines(client, project):
    page = client.get("/fi/organisaatiot/majakka-ry/").content.decode()
    assert "<p>Jo vuodesta 1950.</p>" in page
    assert '<meta name="description" content="Pitää valoa yllä.' in page


@pytest.mark.parametrize("slug", ["teemat", "jasenet", "luvut", "haku"])
def test_a_page_cannot_lie_where_a_view_answers(slug):
    page = ContentPageFactory(title="Sivu")
    page.slug = slug
    with pytest.raises(ValidationError, match="slug"):
        page.full_clean()
    page.slug = "muu-sivu"
    page.full_clean()


@pytest.mark.parametrize("view", ["map", "timeline", "money-funder", "x", ""])
def test_what_a_search_finds_is_shown_as_pictures_too(client, project, view):
    rebuild(database_engine())
    page = client.get("/fi/haku/", {"q": "silta", "view": view})
    assert page.status_code == 200
    shown = 'class="picture ' in page.content.decode()
    assert shown == (view not in ("x", ""))
    drawing = client.get("/fi/haku/kuvat/map.svg?q=silta").content.decode()
    assert "Kainuu: 1 hanke" in drawing
    assert "Kainuu" not in client.get("/fi/haku/kuvat/map.csv?q=olematon").content.decode()


def test_the_interface_has_them_with_their_projects(client, project):
    theme = ThemeFactory(name="Työ", slug="tyo")
    ProjectFactory(title="Toinen", themes=[theme], live=False)
    found = client.get("/api/v1/subjects?language=sv").json()
    assert [(each["kind"], each["id"], each["name"]) for each in found] == [
        ("municipality", "205", "Kajana"),
        ("region", "18", "Kajanaland"),
    ]
    assert found[0]["projects"] == [str(project.translation_key)]
    assert found[0]["url"].endswith("/sv/kunnat/kajaani/")
    (own,) = client.get("/api/v1/organisations").json()["results"]
    assert own["url"] == "http://testserver/fi/organisaatiot/majakka-ry/"
