"""The admin's own search knows Finnish inflection, drafts included."""

import pytest
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from projects.models import Organisation
from tests.factories import OrganisationFactory, ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query", ["väkivalta", "väkivaltaa", "ehkäisyn", "lähisuhdeväkivalta", "lähisu"]
)
def test_inflected_words_find_a_draft(commit, query):
    project = commit(ProjectFactory, title="Lähisuhdeväkivallan ehkäisy", live=False)
    commit(ProjectFactory, title="Kalastajien kurssit")
    assert [page.pk for page in Page.objects.all().autocomplete(query)] == [project.pk]
    assert [page.pk for page in Page.objects.all().search("väkivaltaa ehkäisy")] == [project.pk]


def test_records_too(commit):
    commit(OrganisationFactory, name="Kainuun kylien liitto")
    found = get_search_backend().autocomplete("kylä", Organisation.objects.all())
    assert [item.name for item in found] == ["Kainuun kylien liitto"]


def test_the_explorer_search(admin_client, commit):
    commit(ProjectFactory, title="Lähisuhdeväkivallan ehkäisy")
    response = admin_client.get("/admin/pages/search/", {"q": "väkivaltaa"})
    assert "Lähisuhdeväkivallan ehkäisy" in response.content.decode()
    odd = admin_client.get("/admin/pages/search/", {"q": '"()*:^ \x00'})
    assert odd.status_code == 200
