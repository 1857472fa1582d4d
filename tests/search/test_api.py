"""The read-only API: pages of records, described by OpenAPI, safe for any input."""

import pytest

from projects.models import ProjectPage

pytestmark = pytest.mark.django_db


def test_projects_in_pages(client, site):
    first = client.get("/api/v1/projects", {"page_size": 4}).json()
    assert first["count"] == len(site)
    assert first["previous"] is None
    second = client.get(first["next"]).json()
    keys = {item["id"] for item in first["results"]} | {item["id"] for item in second["results"]}
    assert len(keys) == 8


def test_a_project_has_its_facts_and_no_contacts(client, site):
    answer = client.get(f"/api/v1/projects/{site[1].translation_key}").json()
    assert answer["acronym"] == "HANKE1"
    assert answer["funding"][0]["role"] == "main"
    assert "contacts" not in answer
    assert "Aino Esimerkki" not in str(client.get("/api/v1/projects").json())


def test_each_record_once_in_the_language_asked_for(client, site):
    answer = client.get("/api/v1/projects", {"language": "en"}).json()
    assert answer["count"] == len(site)
    assert {item["language"] for item in answer["results"]} == {"en", "fi"}


def test_drafts_stay_out(client, site):
    ProjectPage.objects.filter(pk=site[1].pk).update(live=False)
    assert client.get(f"/api/v1/projects/{site[1].translation_key}").status_code == 404


def test_organisations_name_their_projects(client, site):
    results = client.get("/api/v1/organisations").json()["results"]
    lead = next(item for item in results if item["name"] == "Rahasto 0")
    assert set(lead["projects"]) == {str(project.translation_key) for project in site}


def test_publications_link_projects(client, site):
    publication = client.get("/api/v1/publications").json()["results"][0]
    assert publication["projects"] == [str(site[0].translation_key)]


def test_queries_do_not_grow_with_the_page(client, site, django_assert_num_queries):
    client.get("/api/v1/projects")
    for size in (2, 10):
        with django_assert_num_queries(5):
            client.get("/api/v1/projects", {"page_size": size})


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "page=" + "9" * 40, "page_size=9999", "language=xx"]
)
def test_bad_parameters_are_explained(client, site, query):
    response = client.get(f"/api/v1/projects?{query}")
    assert response.status_code == 422
    assert response.json()["detail"]


def test_far_pages_are_empty_and_methods_refused(client, site):
    assert client.get("/api/v1/projects", {"page": 99_999}).json()["results"] == []
    assert client.post("/api/v1/projects").status_code == 405
    assert client.get("/api/v1/projects/nonsense").status_code == 404


def test_the_description_names_every_address(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    for kind in ("projects", "organisations", "publications"):
        assert f"/api/v1/{kind}" in paths
        assert f"/api/v1/{kind}/{{key}}" in paths
