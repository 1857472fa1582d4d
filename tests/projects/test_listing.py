import re
from datetime import date

import pytest
from django.core.cache import caches
from django.utils import translation

from cms.core.content_epoch import drop_public_pages
from projects.public.list_page import PAGE_SIZE
from tests.bench.data import make_projects
from tests.factories import LocaleFactory, ProjectFactory, project_index, translate

pytestmark = pytest.mark.django_db
LIST = "/fi/hankkeet/"
# Site and its root paths (3), page, settings, shell, cards.
WARM = 4
# Also one a table of registers, facts, places and locales: read once after an edit.
COLD = 37


@pytest.fixture
def index():
    index = project_index()
    index.save_revision().publish()
    return index


def clear(edited=False):
    """``edited``: registers and projects are read anew too."""
    if edited:
        drop_public_pages()
    for name in ("default", "renditions", "pages"):
        caches[name].clear()


def cards(response):
    return re.findall(r'class="card__link" href="([^"]+)"', response.content.decode())


@pytest.mark.parametrize("number", [20, 50, 300])
def test_the_list_takes_as_many_queries_however_many_projects(
    client, index, number, django_assert_num_queries
):
    make_projects(number, index)
    client.get(LIST)
    last = -(-number // PAGE_SIZE)
    for query in ("", "?theme=theme-3&theme=theme-4&status=ended", f"?sort=title&page={last}"):
        for edited, queries in ((True, COLD), (False, WARM)):
            clear(edited)
            with django_assert_num_queries(queries):
                response = client.get(LIST + query)
            assert response.status_code == 200
            assert cards(response)


def test_in_another_language_it_takes_one_more(client, index, django_assert_num_queries):
    make_projects(30, index, ("fi", "sv"))
    client.get("/sv/hankkeet/")
    clear()
    with django_assert_num_queries(WARM + 1):
        response = client.get("/sv/hankkeet/")
    assert len(cards(response)) == PAGE_SIZE
    assert "Project" in response.content.decode()


def test_pages_show_every_project_once(client, index):
    make_projects(50, index)
    for sort in ("newest", "title", "ending"):
        found = [
            url
            for page in (1, 2, 3)
            for url in cards(client.get(f"{LIST}?sort={sort}&page={page}"))
        ]
        assert len(found) == len(set(found)) == 50


def test_any_page_number_has_an_answer(client, index):
    make_projects(50, index)
    for page, shown in [
        ("1", 20),
        ("3", 10),
        ("4", 10),
        (str(10**9), 10),
        ("-1", 20),
        ("abc", 20),
        ("0", 20),
        ("", 20),
    ]:
        response = client.get(LIST, {"page": page})
        assert response.status_code == 200
        assert len(cards(response)) == shown, page


@pytest.mark.parametrize(
    "query",
    [
        "theme=%00",
        "year=%F0%9F%8F%A0",
        "status=<script>alert(1)</script>",
        "funder=" + "0" * 3000,
        "&".join(f"theme=x{n}" for n in range(900)),
        "region[]=1&theme[$ne]=1",
        "theme=%FF%FE",
    ],
)
def test_no_address_is_an_error(client, index, query):
    ProjectFactory()
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert len(cards(response)) == 1


def test_chosen_filters_are_in_form_chips_and_pages(client, index):
    make_projects(200, index)
    html = client.get(LIST + "?theme=theme-1&theme=theme-2&sort=title").content.decode()
    assert re.search(r'value="theme-1"\s+checked', html)
    assert 'href="/fi/hankkeet/?theme=theme-2&amp;sort=title"' in html
    assert "theme=theme-1&amp;theme=theme-2&amp;sort=title&amp;page=2" in html
    assert '<option value="title" selected>' in html


def test_a_status_that_nobody_has_is_still_a_filter(client, index):
    ProjectFactory(start_date=date(2000, 1, 1), end_date=date(2001, 1, 1))
    response = client.get(LIST + "?status=upcoming")
    html = response.content.decode()
    assert not cards(response)
    with translation.override("fi"):
        assert translation.gettext("No project fits these choices.") in html


def test_an_empty_list_says_so(client, index):
    html = client.get(LIST).content.decode()
    with translation.override("fi"):
        assert translation.gettext("No projects yet.") in html


def test_a_project_missing_in_the_language_is_marked_as_finnish(client, index):
    LocaleFactory(language_code="ar")
    ProjectFactory(title="Vain suomeksi", lead="Lyhyt kuvaus hankkeesta.")
    translate(index, "ar", title="المشاريع")
    html = client.get("/ar/hankkeet/").content.decode()
    assert re.search(r'<a class="card__link"[^>]* lang="fi" dir="ltr">Vain suomeksi', html)
    assert re.search(r'class="card__lead" lang="fi" dir="ltr"', html)


def test_blank_and_huge_titles_survive(client, index):
    ProjectFactory(title="x" * 255, slug="x")
    ProjectFactory(title="Kaikki puuttuu")
    assert client.get(LIST).status_code == 200
