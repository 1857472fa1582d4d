"""Addresses of the admin that no link of it makes: a message, never a server error."""

import pytest
from django.db import connection
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.factories import SuperuserFactory, home_page

pytestmark = pytest.mark.django_db

HUGE = "9" * 30
ADDRESSES = [
    ("wagtailadmin_explore_root", f"owner={HUGE}"),
    ("wagtailadmin_explore_root", f"content_type={HUGE}"),
    ("wagtailadmin_choose_page", "target_pages[]=junk"),
    ("wagtailadmin_choose_page_chosen_multiple", "id=junk"),
    ("wagtailadmin_choose_page_chosen_multiple", f"id={HUGE}"),
]


@pytest.mark.parametrize(("name", "query"), ADDRESSES)
@pytest.mark.parametrize(("language", "words"), [("fi", "Pyyntöä"), ("en", "not understood")])
def test_nonsense_is_answered_in_words(client, name, query, language, words):
    user = SuperuserFactory()
    UserProfile.objects.create(user=user, preferred_language=language)
    client.force_login(user)
    response = client.get(f"{reverse(name)}?{query}")
    if HUGE in query and connection.vendor == "postgresql":
        # It compares a number of any length: nothing has this one, and nothing is refused.
        assert response.status_code == 200
        return
    assert response.status_code == 400
    assert words in response.content.decode()


def test_a_chooser_with_a_word_in_it_is_answered_in_words(admin_client):
    url = reverse("wagtailsnippets_projects_organisation:add")
    response = admin_client.post(url, {"name": "A", "kind": "other", "logo": "junk"})
    assert response.status_code == 400
    assert "not understood" in response.content.decode()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {
            "body-count": "1",
            "body-0-deleted": "",
            "body-0-order": "0",
            "body-0-type": "text",
            "body-0-id": "",
            "body-0-value": "junk",
        },
    ],
)
def test_a_page_form_without_its_hidden_fields_is_answered_in_words(admin_client, body):
    url = reverse("wagtailadmin_pages:add", args=["home", "contentpage", home_page().pk])
    response = admin_client.post(url, {"title": "A", "slug": "a", **body})
    assert response.status_code == 400
    assert "not understood" in response.content.decode()


def test_the_page_that_fails_on_purpose_is_not_there(admin_client):
    assert admin_client.get("/admin/failwhale/").status_code == 404


def test_a_fault_that_no_address_made_still_shows(admin_client, monkeypatch):
    def fail(*args, **kwargs):
        raise ValueError("a fault of ours")

    monkeypatch.setattr("cms.core.admin.help.GuideView.get_context_data", fail)
    with pytest.raises(ValueError, match="ours"):
        admin_client.get(reverse("editors_guide"))
