import pytest
from django.core.cache import caches

from publications.models import PublicationIndexPage
from tests.factories import (
    DocumentFactory,
    ProjectFactory,
    PublicationFactory,
    home_page,
    publication_index,
    translate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    document = DocumentFactory(title="Guide", filename="guide.txt")
    files = [
        {"language": "fi", "title": "Opas", "document": document},
        {"language": "ar", "title": "دليل", "document": document},
        {"language": "sv", "title": "", "url": "https://video.example.org/1"},
    ]
    project = ProjectFactory(title="AITO")
    return PublicationFactory(title="Opas arkeen", slug="opas", files=files, projects=[project])


def test_each_file_stands_under_its_own_language(client, guide):
    html = client.get(guide.url).content.decode()
    assert '<p class="file__language" lang="ar" dir="rtl">' in html
    assert 'lang="ar" dir="rtl" hreflang="ar" type="text/plain"' in html
    assert "video.example.org" in html
    assert 'lang="sv" dir="ltr" hreflang="sv"' not in html, "an untitled file has the page's title"


def test_publication_and_project_link_both_ways_in_every_language(client, guide):
    project = guide.projects.get().project
    translate(project, "en", title="AITO in English")
    other = translate(guide, "en", title="A guide")
    assert "AITO in English" in client.get(other.url).content.decode()
    html = client.get("/en/hankkeet/" + project.slug + "/").content.decode()
    assert f'href="{other.url}"' in html
    assert f'href="{guide.url}"' in client.get(project.url).content.decode()


def test_list_narrows_by_kind_and_language(client, guide):
    PublicationFactory(title="Vuosikatsaus", kind="report", files=[])
    url = publication_index().url
    assert "Vuosikatsaus" not in client.get(url, {"kind": "guide"}).content.decode()
    html = client.get(url, {"language": "ar"}).content.decode()
    assert "Opas arkeen" in html
    assert "Vuosikatsaus" not in html


@pytest.mark.parametrize(
    "query",
    ["kind=%00", "language=<b>", "page=0", "page=-3", "page=999999999999", "page=x", "kind[]=1"],
)
def test_nonsense_in_the_address_is_ignored(client, guide, query):
    response = client.get(publication_index().url + "?" + query)
    assert response.status_code == 200
    assert "Opas arkeen" in response.content.decode()


def test_without_publications_a_sentence(client):
    html = client.get(publication_index().url).content.decode()
    assert 'class="empty"' in html


def test_list_has_every_item_once_in_every_language(client, guide):
    PublicationFactory(title="Vain suomeksi")
    translate(guide, "en", title="A guide")
    html = client.get(translate_of_index("en")).content.decode()
    assert html.count("publication-card") == 2 * html.count('<article class="card publication-card')
    assert "A guide" in html
    assert "Opas arkeen" not in html
    assert 'lang="fi" dir="ltr">Vain suomeksi' in html


def translate_of_index(code):
    return PublicationIndexPage.objects.get(locale__language_code=code).url


def test_longest_title_and_no_files(client):
    page = PublicationFactory(title="Äärimmäisen " * 21, slug="pitka")
    assert client.get(page.url).status_code == 200


def queries(client, url, expected, django_assert_num_queries):
    client.get(url)
    caches["pages"].clear()
    with django_assert_num_queries(expected):
        assert client.get(url).status_code == 200


def test_queries_of_a_publication(client, guide, django_assert_num_queries):
    queries(client, guide.url, 3, django_assert_num_queries)


def test_queries_of_the_home_page(client, guide, django_assert_num_queries):
    queries(client, home_page().url, 2, django_assert_num_queries)


def test_queries_of_the_list(client, guide, django_assert_num_queries):
    for _more in range(2):
        for number in range(25):
            PublicationFactory(title=f"Julkaisu {number}")
        queries(client, publication_index().url, 7, django_assert_num_queries)
