"""An address with a slip leads to its page at once, and only to what everybody may see."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from cms.core import addresses
from cms.core.content_epoch import begin_epoch
from tests.factories import ProjectFactory, home_page, project_index, translate

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def project():
    index = project_index()
    page = ProjectFactory(
        title="Aito kohtaaminen", slug="aito", code="S22354", acronym="KOHTAA", parent=index
    )
    begin_epoch()
    return page


def where(client, path, **headers):
    response = client.get(path, headers=headers)
    return response.status_code, response.headers.get("Location")


def spellings(url: str) -> list[str]:
    bare, parent = url.rstrip("/"), url.rstrip("/").rpartition("/")[0]
    return [
        bare.upper(),
        f"{bare}.",
        f"{bare}),",
        f"{url}.",
        f"{url}%3E",
        f"{url}%20",
        url[1:].replace("/", "//").join(["/", "/"]),
        f"{parent}/S22354",
        f"{parent}/s-22354/",
        "/fi/S22354",
        "/FI/kohtaa/",
    ]


def test_one_redirect_leads_to_the_page(client, project):
    for path in spellings(project.url):
        assert where(client, path) == (301, project.url), path
    assert client.get(project.url).status_code == 200


def test_without_a_language_the_readers_is_taken(client, project):
    english = translate(project, "en", title="True meeting")
    begin_epoch()
    for path in ("/S22354", f"{project.url[3:].rstrip('/')}", "/hankkeet/S%2022354."):
        for language, page in (("en", english), ("fi", project), ("ar", project)):
            assert where(client, path, **{"accept-language": language}) == (302, page.url), path
    response = client.get("/S22354")
    assert "Accept-Language" in response["Vary"]
    assert "max-age" in response["Cache-Control"]


def test_a_language_keeps_its_reader(client, project):
    translate(home_page(), "ar", title="البداية")
    begin_epoch()
    assert where(client, "/ar/S22354") == (301, f"/ar{project.url[3:]}")
    assert client.get("/AR/kohtaa.", follow=True).status_code == 200


def test_the_query_goes_along_and_never_to_another_site(client, project):
    assert where(client, f"{project.url}.?a=1")[1] == f"{project.url}?a=1"
    for path in ("//evil.example/fi/S22354", "/%5Cevil.example/S22354", "/fi//evil.example/."):
        _status, target = where(client, path)
        assert target is None or target.startswith("/fi/"), path


def test_views_without_arguments_are_found_too(client, project):
    assert where(client, "/FI/Haku.") == (301, "/fi/haku/")


@pytest.mark.parametrize("hidden", ["draft", "closed"])
def test_what_is_not_public_is_as_good_as_absent(client, project, hidden):
    if hidden == "draft":
        project.unpublish()
    else:
        PageViewRestriction.objects.create(page=project, restriction_type="login")
    begin_epoch()
    for path in ("/fi/S22354", "/fi/kohtaa", project.url.upper(), "/fi/kohtaaminen-aito/"):
        response = client.get(path, follow=True)
        assert response.status_code == 404, path
        assert "Aito kohtaaminen" not in response.content.decode(), path


def test_a_code_of_two_leads_to_neither_and_shows_both(client, project):
    ProjectFactory(title="Toinen aalto", slug="aalto", code="S22354", parent=project.get_parent())
    begin_epoch()
    html = client.get("/fi/S22354/").content.decode()
    assert "Toinen aalto" in html
    assert "Aito kohtaaminen" in html


def test_staff_lead_elsewhere_first(client, project):
    Redirect.add_redirect("/fi/S22354", home_page(), is_permanent=False)
    assert where(client, "/fi/S22354")[0] in (301, 302)
    assert where(client, "/fi/S22354")[1].endswith("/fi/")


def test_likely_pages_are_offered_by_the_words_of_the_address(client, project):
    for path in ("/fi/vanhat/kohtaaminen-2/", "/fi/kohtamisen-aito.html", "/fi/x/kohtaami/"):
        response = client.get(path)
        assert response.status_code == 404
        assert f'href="{project.url}"' in response.content.decode(), path
    assert f'href="{project.url}"' not in client.get("/fi/zzzz-qqqq/").content.decode()


def test_a_flood_costs_no_query_of_the_directory(client, project, django_assert_num_queries):
    addresses.likely("/fi/aito/")
    with django_assert_num_queries(0):
        for number in range(50):
            assert addresses.likely(f"/fi/{number}-kohtaaminen/" + "x-" * 5000)
            assert addresses.destination("/" * number + "fi/" + "%" * 1000) is None


ODD = ["/", "///", "/fi", "/./", "/(/", "/fi/.../", "/FI", "/%00.", "/İ/ß"]


@pytest.mark.parametrize("path", ODD)
def test_nothing_leads_in_a_circle(client, project, path):
    seen = client.get(path, follow=True)
    assert len(seen.redirect_chain) <= 2
    assert seen.status_code in (200, 404)
