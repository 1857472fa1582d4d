"""What is not for everyone is neither shown nor kept by a cache."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.models import ContactsPage
from projects.models import ProjectContact
from tests.factories import PersonFactory, ProjectFactory
from tests.factories.pages import only_child

pytestmark = pytest.mark.django_db

EMAIL = "aino.esimerkki@example.org"


@pytest.fixture
def project():
    project = ProjectFactory()
    person = PersonFactory(name="Äinö Esimerkki", email=EMAIL, public_until=timezone.localdate())
    ProjectContact.objects.create(page=project, person=person)
    return project


def test_a_contact_is_shown_on_the_last_day_and_gone_the_day_after(client, project, monkeypatch):
    contacts = only_child(ContactsPage, "yhteystiedot", "Yhteystiedot").url
    addresses = [project.url, contacts, "/fi/feeds/projects.atom"]
    assert EMAIL in client.get(project.url).content.decode()
    for address in addresses:
        client.get(address)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: tomorrow)
    for address in addresses:
        assert EMAIL not in client.get(address).content.decode()
        assert "Esimerkki" not in client.get(address).content.decode()


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_a_protected_page_is_never_given_to_another(client, admin_client, project, kind):
    project.lead = "Salainen ingressi"
    project.save_revision().publish()
    assert "Salainen" in client.get(project.url).content.decode()
    PageViewRestriction.objects.create(page=project, restriction_type=kind, password="x")
    seen = admin_client.get(project.url)
    assert "Salainen" not in client.get(project.url).content.decode()
    assert "public" not in seen.get("Cache-Control", "")


def test_drafts_are_not_public(client, project):
    project.title = "Luonnoksen otsikko"
    project.save_revision()
    assert "Luonnoksen" not in client.get(project.url).content.decode()
    project.unpublish()
    assert client.get(project.url).status_code == 404
