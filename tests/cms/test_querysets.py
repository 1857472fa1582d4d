import pytest
from wagtail.models import PageViewRestriction

from cms.core.languages import language_chain
from projects.models import ProjectPage
from tests.factories import LocaleFactory, ProjectFactory, translate

pytestmark = pytest.mark.django_db
LANGUAGES = ["fi", "sv", "en", "ru", "ar", "so", "fi-simple"]


@pytest.fixture
def projects():
    """Three in Finnish; one also in Swedish; one also in easy Finnish; one only in Arabic."""
    for code in LANGUAGES:
        LocaleFactory(language_code=code)
    finnish = ProjectFactory(title="suomeksi")
    swedish = ProjectFactory(title="molemmilla")
    translate(swedish, "sv", title="på svenska")
    easy = ProjectFactory(title="yleiskielellä")
    translate(easy, "fi-simple", title="selkokielellä")
    gone = ProjectFactory(title="poissa")
    arabic = translate(gone, "ar", title="بالعربية")
    gone.delete()
    return {"finnish": finnish, "swedish": swedish, "easy": easy, "arabic": arabic}


def titles(code):
    return sorted(page.title for page in ProjectPage.objects.best_for(code))


def test_chain_goes_by_what_a_language_is_a_variant_of():
    assert language_chain("fi-simple") == ["fi-simple", "fi"]
    assert language_chain("sv") == ["sv", "fi"]
    assert language_chain("fi") == ["fi"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_item_is_there_once_in_every_language(projects, code):
    keys = [page.translation_key for page in ProjectPage.objects.best_for(code)]
    assert len(keys) == len(set(keys)) == 4


def test_the_readers_language_comes_first_then_the_default_then_any(projects):
    assert titles("fi") == ["molemmilla", "suomeksi", "yleiskielellä", "بالعربية"]
    assert titles("sv") == ["på svenska", "suomeksi", "yleiskielellä", "بالعربية"]
    assert titles("fi-simple") == ["molemmilla", "selkokielellä", "suomeksi", "بالعربية"]
    assert titles("ar") == ["molemmilla", "suomeksi", "yleiskielellä", "بالعربية"]


def test_the_active_language_is_the_default(projects, settings):
    from django.utils import translation

    with translation.override("sv"):
        assert "på svenska" in {page.title for page in ProjectPage.objects.best_for()}


def test_an_unpublished_translation_gives_way_to_the_original(projects):
    ProjectPage.objects.get(title="på svenska").unpublish()
    assert titles("sv") == ["molemmilla", "suomeksi", "yleiskielellä", "بالعربية"]


@pytest.mark.parametrize("title", ["molemmilla", "på svenska"])
def test_a_project_restricted_in_one_language_is_shown_in_none(projects, title):
    page = ProjectPage.objects.get(title=title)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert titles("sv") == titles("fi") == ["suomeksi", "yleiskielellä", "بالعربية"]


def test_it_is_one_query_once_restrictions_are_known(projects, django_assert_num_queries):
    titles("fi")
    with django_assert_num_queries(1):
        assert len(list(ProjectPage.objects.best_for("fi-simple"))) == 4
