"""Fields, forms and buttons of the admin have the name that they show."""

import re

import pytest
from django.urls import reverse

from tests.factories import ImageFactory, PersonFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db

BULK_BUTTON = re.compile(
    r'<a href="/admin/bulk/[^>]*aria-label="([^"]*)"[^>]*data-bulk-action-button[^>]*>(.*?)</a>',
    re.DOTALL,
)


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
@pytest.mark.parametrize(
    "listing",
    [
        "project_listing:index",
        "wagtailimages:index",
        "wagtaildocs:index",
        "wagtailusers_users:index",
    ],
)
def test_buttons_for_many_rows_are_called_by_the_word_that_they_show(
    admin_client, listing, language
):
    ProjectFactory(), ImageFactory(), UserFactory()
    admin_client.cookies.load({"django_language": language})
    page = admin_client.get(reverse(listing)).content.decode()
    buttons = BULK_BUTTON.findall(page)
    assert len(buttons) >= 3
    for name, content in buttons:
        visible = re.sub(r"<svg.*?</svg>|<[^>]*>", "", content, flags=re.DOTALL).strip()
        assert visible
        assert visible.casefold() in name.casefold()


def test_the_form_of_a_record_has_one_heading_of_the_first_level(admin_client):
    person = PersonFactory(name="Maija Malli")
    edit = admin_client.get(reverse("wagtailsnippets_projects_person:edit", args=[person.pk]))
    add = admin_client.get(reverse("wagtailsnippets_projects_person:add"))
    for response, title in ((edit, "Maija Malli"), (add, "New")):
        headings = re.findall(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)
        assert len(headings) == 1
        assert title in headings[0]


def test_a_title_with_signs_of_html_is_shown_as_written(admin_client):
    person = PersonFactory(name="Maija <b> & Malli")
    url = reverse("wagtailsnippets_projects_person:edit", args=[person.pk])
    page = admin_client.get(url).content.decode()
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)[1]
    assert "Maija &lt;b&gt; &amp; Malli" in heading
