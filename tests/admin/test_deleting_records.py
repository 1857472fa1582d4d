"""Deleting a record of a register: one thing in all its languages."""

import pytest
from django.urls import reverse

from projects.models import Person, ProjectContact, ProjectPage
from tests.factories import LocaleFactory, PersonFactory, ProjectFactory, SuperuserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client, commit):
    person = commit(PersonFactory, name="Maija Malli", email="maija@example.org")
    swedish = person.copy_for_translation(LocaleFactory(language_code="sv"))
    commit(swedish.save)
    page = commit(ProjectFactory, title="Silta")
    page.contacts.add(ProjectContact(person=person))
    commit(page.save_revision().publish)
    client.force_login(SuperuserFactory())
    return person


def delete_url(person) -> str:
    return reverse("wagtailsnippets_projects_person:delete", args=[person.pk])


def test_a_person_who_is_deleted_is_public_nowhere(client, commit, person):
    page = ProjectPage.objects.get()
    assert "maija@example.org" in client.get(page.url).content.decode()
    question = client.get(delete_url(person)).content.decode()
    assert 'name="languages" value="sv" checked' in question
    commit(client.post, delete_url(person), {"languages_asked": "1", "languages": ["sv"]})
    assert not Person.objects.exists()
    assert "maija@example.org" not in client.get(page.url).content.decode()


def test_a_language_that_is_left_stays(client, commit, person):
    commit(client.post, delete_url(person), {"languages_asked": "1"})
    assert [each.locale.language_code for each in Person.objects.all()] == ["sv"]


def test_ticked_persons_go_in_all_languages(client, commit, person):
    url = reverse("wagtail_bulk_action", args=["projects", "person", "delete"])
    url = f"{url}?id={person.pk}"
    assert client.get(url).status_code == 200
    commit(client.post, url)
    assert not Person.objects.exists()
