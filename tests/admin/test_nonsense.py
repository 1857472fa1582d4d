"""Addresses of the admin that no link of it makes: a message, never a server error."""

import pytest
from django.db import connection
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.factories import ProjectFactory, SuperuserFactory, home_page

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

    monkeypatch.setattr("cms.core.wagtail_hooks.GuideView.get_context_data", fail)
    with pytest.raises(ValueError, match="ours"):
        admin_client.get(reverse("editors_guide"))


RICH_TEXTS = [
    "junk",
    "[]",
    "null",
    "{}",
    "3",
    '{"blocks": null, "entityMap": {}}',
    '{"blocks": [1], "entityMap": {}}',
    '{"blocks": [{"key": "a", "text": 3, "type": "unstyled", "depth": "x"}], "entityMap": {}}',
    '{"blocks": [{"key": "a", "text": "a", "type": {}, "depth": 0}], "entityMap": []}',
    '{"blocks": [{"key": "a", "text": "a", "type": "unstyled", "depth": "1",'
    ' "inlineStyleRanges": 1, "entityRanges": [{"key": 9}]}], "entityMap": {}}',
    '{"blocks": [{"key": "a", "text": "a", "type": "unstyled", "depth": 0,'
    ' "inlineStyleRanges": [], "entityRanges": [{"offset": 0, "length": 1, "key": 0}]}],'
    ' "entityMap": {"0": {"type": "LINK", "data": []}}}',
]


@pytest.mark.parametrize("text", RICH_TEXTS)
def test_rich_text_of_a_wrong_shape(admin_client, text):
    url = reverse("wagtailadmin_pages:add", args=["home", "contentpage", home_page().pk])
    body = {"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "text"}
    body |= {"body-0-id": "", "body-0-value": text}
    body |= {f"comments-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    answer = admin_client.post(url, {"title": "A", "slug": "a", "lead": "", **body})
    assert answer.status_code < 500


@pytest.mark.parametrize(
    "body",
    [
        {"body-count": "x"},
        {"body-count": "-1"},
        {"body-count": "1"},
        {"body-count": "1", "body-0-deleted": "", "body-0-type": "missing", "body-0-order": "0"},
        {"body-count": "1", "body-0-deleted": "", "body-0-type": "text", "body-0-order": "x"},
        {"body-count": "1", "body-0-deleted": "", "body-0-type": "figure", "body-0-order": "0"},
    ],
)
def test_blocks_of_a_wrong_shape(admin_client, body):
    url = reverse("wagtailadmin_pages:add", args=["home", "contentpage", home_page().pk])
    assert admin_client.post(url, {"title": "A", "slug": "a", **body}).status_code < 500


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("wagtailadmin_choose_page_external_link", {}),
        ("wagtailadmin_choose_page_external_link", {"external-link-chooser-url": "http://["}),
        ("wagtailadmin_choose_page_external_link", {"external-link-chooser-url": "https://a.b/\0"}),
        ("wagtailadmin_choose_page_external_link", {"external-link-chooser-url": "//[::1/"}),
        ("wagtailsnippetchoosers_projects_programme:create", {}),
        ("wagtailsnippetchoosers_projects_person:create", {"snippet-chooser-form-name": "\0"}),
        ("wagtailredirects:process_import", {}),
        ("wagtailredirects:process_import", {"import_file_name": "../../x", "input_format": "9"}),
        ("wagtailredirects:start_import", {}),
        ("wagtailadmin_dismissibles", {"x": "y"}),
        ("wagtailadmin_account", {"x": "y"}),
    ],
)
def test_handcrafted_posts(admin_client, name, data):
    assert admin_client.post(reverse(name), data).status_code < 500


@pytest.mark.parametrize("address", ["junk", '{"blocks":[1]}', "//example.org/", "\0"])
def test_where_to_go_next_is_no_address(admin_client, address):
    page = ProjectFactory()
    url = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    assert admin_client.post(url, {"next": address}).status_code < 500


def test_what_a_library_could_not_read_is_logged_as_an_error(admin_client, caplog):
    url = reverse("wagtailadmin_pages:add", args=["home", "contentpage", home_page().pk])
    assert admin_client.post(url, {"title": "A", "slug": "a"}).status_code == 400
    (record,) = [r for r in caplog.records if r.name == "cms.core.middleware"]
    assert record.levelname == "ERROR"
    assert record.exc_info


def test_a_fault_of_ours_shows_whatever_the_request_carries(admin_client, monkeypatch):
    def fail(*args, **kwargs):
        raise ValueError("a fault of ours")

    monkeypatch.setattr("cms.core.wagtail_hooks.GuideView.get_context_data", fail)
    with pytest.raises(ValueError, match="ours"):
        admin_client.get(reverse("editors_guide"), {"q": "junk"})
