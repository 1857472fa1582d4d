"""What every answer says to the browser."""

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.factories import ProjectFactory, home_page

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def directives(response) -> dict[str, list[str]]:
    policy = response["Content-Security-Policy"]
    return {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.strip()}


@pytest.mark.parametrize("address", ["/fi/", "/fi/ei-ole/", "/en/"])
def test_public_pages_have_the_strict_policy(client, address):
    response = client.get(address)
    policy = directives(response)
    assert policy["default-src"] == ["'self'"]
    assert policy["script-src"] == ["'self'"]
    assert policy["style-src"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'self'"]
    assert "unsafe" not in response["Content-Security-Policy"]


def test_a_project_page_has_nothing_inline(client):
    project = ProjectFactory()
    text = client.get(project.url).content.decode()
    assert " style=" not in text
    assert "<style" not in text
    assert " onclick=" not in text
    scripts = [part.split(">")[0] for part in text.split("<script")[1:]]
    assert all("src=" in script or "ld+json" in script or "json" in script for script in scripts)


def test_the_admin_has_the_looser_policy_and_no_more(admin_client):
    policy = directives(admin_client.get("/admin/"))
    assert policy["script-src"] == ["'self'", "'unsafe-inline'"]
    assert "'unsafe-eval'" not in str(policy)
    assert policy["object-src"] == ["'none'"]


@pytest.mark.parametrize("address", ["/fi/", "/admin/login/", "/fi/ei-ole/"])
def test_other_headers(client, address):
    response = client.get(address)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "camera=()" in response["Permissions-Policy"]


def test_a_visitor_gets_no_cookie(client):
    response = client.get(home_page().url)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_a_draft_may_be_framed_by_this_site_alone_and_is_never_cached(admin_client):
    page = home_page()
    page.save_revision()
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    response = admin_client.get(address)
    assert response.status_code == 200
    assert directives(response)["frame-ancestors"] == ["'self'"]
    assert "public" not in response.get("Cache-Control", "")


def test_the_page_api_of_wagtail_is_not_there():
    names = {key for key in get_resolver().reverse_dict if isinstance(key, str)}
    assert "wagtailapi" not in get_resolver().namespace_dict
    assert not {name for name in names if name.startswith("api")}
    with pytest.raises(NoReverseMatch):
        reverse("wagtailapi:pages:listing")


@pytest.mark.parametrize("address", ["/admin/api/main/pages/", "/admin/api/main/images/"])
def test_the_admin_api_is_closed_to_visitors(client, address):
    assert client.get(address).status_code in {302, 403, 404}
