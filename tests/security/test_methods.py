"""HEAD answers as GET without a body, and other methods are refused as such, at every address."""

import pytest
from django.urls import reverse

from tests.factories import ProjectFactory, PublicationFactory, publication_index
from tests.security.addresses import World, addresses

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def public(client):
    world = World()
    PublicationFactory()
    publication_index()
    paths = [a.path for a in addresses(world) if not a.path.startswith("/admin/")]
    return [*paths, world.project.url, world.private.url, world.publications.url]


def test_head_is_get_without_a_body(client, public):
    for path in public:
        got, asked = client.get(path), client.head(path)
        assert asked.status_code == got.status_code, path
        assert asked.get("Content-Type") == got.get("Content-Type"), path
        assert asked.get("Cache-Control") == got.get("Cache-Control"), path
        assert not b"".join(asked) if asked.streaming else not asked.content, path


@pytest.mark.parametrize("name", ["list_projects", "list_organisations", "list_publications"])
def test_the_interface_takes_head(client, name):
    ProjectFactory()
    assert client.head(reverse(f"api:{name}")).status_code == 200
    refused = client.post(reverse(f"api:{name}"))
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")
    assert client.options(reverse(f"api:{name}")).status_code == 405


FORMS = ("_util/", "authenticate", "missed", "/seuraa/")
"""Of these views a POST changes something, or the other methods are Wagtail's to answer."""


def is_form(path: str) -> bool:
    return any(part in path for part in FORMS) or ("/kysy/" in path and "/kiitos/" not in path)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_what_changes_nothing_refuses_other_methods(client, public, method):
    """As the browser of a stranger sends it: without the token of a form."""
    strict = type(client)(enforce_csrf_checks=True)
    for path in public:
        if is_form(path):
            continue
        answer = getattr(strict, method)(path)
        if answer.status_code != 404:
            expected = {200, 405} if method == "options" else {405}
            assert answer.status_code in expected, path
            assert "GET" in answer["Allow"], path


def test_signing_out_by_a_link_changes_nothing(client, admin_user):
    client.force_login(admin_user)
    before = client.cookies["sessionid"].value
    answer = client.get(reverse("wagtailadmin_logout"))
    assert answer.status_code == 405
    assert "sessionid" not in answer.cookies
    assert client.cookies["sessionid"].value == before
    assert client.get("/admin/").status_code == 200
    assert client.post(reverse("wagtailadmin_logout")).status_code == 302
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_a_form_of_the_public_takes_nothing_but_forms(client, public, method):
    forms = [path for path in public if "/kysy/" in path or "/seuraa/" in path]
    assert len(forms) >= 4
    for path in forms:
        answer = getattr(type(client)(enforce_csrf_checks=True), method)(path)
        assert answer.status_code == 405, path
