"""What ``make bench`` measures is there on both sites; how fast it is, no test asks."""

import pytest

from projects.models import ProjectPage
from tests.factories import project_index, publication_index

from . import texts
from .compare import pages
from .data import fill
from .sites import PLAIN, site

pytestmark = pytest.mark.one_database

SIZE = 20
NAMES = list(pages(SIZE))


@pytest.fixture(scope="module")
def plain():
    with site(PLAIN, SIZE) as made, made.serve() as visitor:
        yield visitor


@pytest.mark.xdist_group("plain")
@pytest.mark.parametrize("name", NAMES)
def test_the_plain_site_answers(plain, name):
    for path in pages(SIZE)[name][1]:
        assert "<main>" in plain.get(path).decode()


@pytest.mark.xdist_group("plain")
def test_the_plain_site_has_the_same_texts_and_facts(plain):
    project = texts.project(3)
    lead, sections = project.texts()
    shown = plain.get(f"/hankkeet/{project.slug}/").decode()
    for each in (project.title(), lead, project.code, *(p for _kind, ps in sections for p in ps)):
        assert each in shown


@pytest.mark.parametrize("name", NAMES)
def test_katto_answers(client, db, name):
    project_index(), publication_index()
    fill(SIZE, languages=3, every=5)
    for path in pages(SIZE)[name][0]:
        assert client.get(path).status_code == 200, path


def test_projects_have_facts_once_and_words_in_further_languages(client, db):
    project_index(), publication_index()
    fill(SIZE, languages=3, every=5)
    number = dict.fromkeys(("fi", "sv", "en"), 0)
    for page in ProjectPage.objects.select_related("locale"):
        number[page.locale.language_code] += 1
    assert number == {"fi": SIZE, "sv": SIZE // 5, "en": SIZE // 5}
    project = texts.project(5)
    swedish = client.get(f"/sv/hankkeet/{project.slug}/").content.decode()
    assert project.texts("sv")[0] in swedish
    assert project.code in swedish


def test_a_text_is_always_the_same_and_a_third_have_the_common_word():
    assert texts.project(7) == texts.project(7)
    assert texts.project(7).texts() == texts.project(7).texts()
    found = [texts.COMMON in str(texts.project(n).texts()) for n in range(1000)]
    assert 250 < sum(found) < 350
