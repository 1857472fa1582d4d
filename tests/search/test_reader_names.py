"""Who asks by the names that she reads finds what is not translated yet."""

import pytest

from projects.models import FundingRole, Municipality
from search.question import SearchParameters
from search.service import ask, suggestions
from search.sources import SOURCES
from tests.factories import (
    ContactsPageFactory,
    LocaleFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    PublicationFactory,
    TargetGroupFactory,
    ThemeFactory,
    translate,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def found(words: str, language: str) -> set[str]:
    return {hit.title for hit in ask(SearchParameters(query=words), language).result.hits}


@pytest.fixture
def arabic():
    return LocaleFactory(language_code="ar")


def named(record, locale, name):
    """The record's translation."""
    return type(record).objects.create(
        translation_key=record.translation_key,
        locale=locale,
        name=name,
        **({"slug": record.slug} if hasattr(record, "slug") else {}),
    )


@pytest.fixture
def site(commit, arabic):
    LocaleFactory(language_code="sv")
    LocaleFactory(language_code="en")
    theme = ThemeFactory(name="Kotoutuminen", slug="kotoutuminen")
    group = TargetGroupFactory(name="Nuoret", slug="nuoret")
    programme = ProgrammeFactory(name="Sosiaalirahasto")
    funder = OrganisationFactory(name="Säätiö")
    for record, name in [
        (theme, "اندماج"),
        (group, "شباب"),
        (programme, "الصندوق الاجتماعي"),
        (funder, "مؤسسة"),
    ]:
        named(record, arabic, name)

    def make():
        projects = [
            ProjectFactory(
                title=f"Hanke {number}",
                themes=[theme],
                target_groups=[group],
                programme=programme,
                municipalities=["091"],
                funding=[(funder, FundingRole.MAIN, None)],
            )
            for number in range(4)
        ]
        translate(projects[0], "ar", title="مشروع", lead="نص")
        PublicationFactory(title="Opaskirja", kind="guide", projects=projects[1:2], files=[])
        ContactsPageFactory(title="Yhteystiedot")
        PersonFactory(name="Aino Esimerkki", organisation=funder)
        return theme

    return commit(make)


ALL = {"مشروع", "Hanke 1", "Hanke 2", "Hanke 3"}


@pytest.mark.parametrize("words", ["اندماج", "الاندماج", "شباب", "الصندوق الاجتماعي", "مؤسسة"])
def test_names_of_terms_programmes_and_organisations(site, words):
    assert found(words, "ar") >= ALL


@pytest.mark.parametrize("language", ["fi", "sv", "en", "ar"])
@pytest.mark.parametrize("words", ["Helsinki", "Helsingfors", "Uusimaa", "Nyland"])
def test_places_have_both_official_names_everywhere(site, words, language):
    first = "مشروع" if language == "ar" else "Hanke 0"
    assert found(words, language) >= {first, "Hanke 1", "Hanke 2", "Hanke 3"}


def test_publications_by_their_kind(site):
    for words, language in [("دليل", "ar"), ("guide", "en"), ("opas", "fi")]:
        assert "Opaskirja" in found(words, language), words


def test_people_by_the_name_of_their_organisation(site):
    assert "Aino Esimerkki" in found("مؤسسة", "ar")


def test_a_changed_name_is_followed(site, arabic, commit):
    translated = type(site).objects.get(translation_key=site.translation_key, locale=arabic)
    translated.name = "توطين"
    commit(translated.save)
    assert found("توطين", "ar") >= ALL
    assert not found("اندماج", "ar") & {"Hanke 1", "Hanke 2", "Hanke 3"}
    commit(translated.delete)
    assert not found("توطين", "ar")


def test_a_changed_place_is_followed(site, commit):
    helsinki = Municipality.objects.get(code="091")
    helsinki.name_sv = "Vorokkila"
    commit(helsinki.save)
    assert found("Vorokkila", "ar") >= ALL


def test_names_are_offered_in_the_reader_s_language(site):
    assert "مؤسسة" in [each.text for each in suggestions("مؤس", "ar")]
    assert "Säätiö" in [each.text for each in suggestions("sää", "fi")]


def test_the_names_of_a_language_are_not_in_the_texts_of_another(site):
    for document in SOURCES["project"].documents():
        words = " ".join([document.title, *document.names, *(each.text for each in document.body)])
        assert ("اندماج" in words) is (document.locale == "ar")


def test_names_are_read_once_however_many_documents(site, django_assert_max_num_queries):
    few = ProjectFactory(title="Lisää")
    with django_assert_max_num_queries(40):
        assert len(list(SOURCES["project"].documents([few.translation_key]))) == 4
    keys = list(SOURCES["project"].keys())
    with django_assert_max_num_queries(40):
        list(SOURCES["project"].documents(keys))
