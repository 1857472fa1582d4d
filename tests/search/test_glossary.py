"""A term of the glossary in the reader's language finds what is written in another one."""

import pytest

from cms.translation.models import Term, TermWord
from search.question import SearchParameters
from search.service import ask
from tests.factories import LocaleFactory, ProjectFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TERMS = {
    "kotoutumissuunnitelma": {
        "ar": "خطة الاندماج",
        "ru": "план интеграции",
        "en": "integration plan",
    },
    "vertaistuki": {"ar": "دعم الأقران", "ru": "взаимная поддержка", "so": "taageerada asaagga"},
    "omaishoitaja": {
        "ar": "مقدم الرعاية",
        "ru": "ухаживающий родственник",
        "sv": "närståendevårdare",
    },
    "avustus": {"ar": "منحة", "ru": "субсидия", "so": "deeq", "sv": "bidrag", "en": "grant"},
    "vaikuttavuus": {"ar": "أثر", "ru": "результативность", "sv": "genomslag", "en": "impact"},
    "työpaja": {"ar": "ورشة", "ru": "мастерская", "so": "aqoon-isweydaarsi", "en": "workshop"},
    "syrjintä": {"ar": "تمييز", "ru": "дискриминация", "so": "takoorid", "en": "discrimination"},
    "tulkki": {"ar": "مترجم شفوي", "ru": "переводчик", "so": "turjubaan", "sv": "tolk"},
    "rahoittaja": {"ar": "جهة ممولة", "ru": "финансирующая организация", "en": "funder"},
    "työllisyyden edistäminen": {"ar": "تعزيز التشغيل", "ru": "содействие занятости"},
}
LEADS = {
    "kotoutumissuunnitelma": "Kotoutumissuunnitelmissa sovitaan opinnoista.",
    "työllisyyden edistäminen": "Työllisyyden edistämisessä kunnat ovat mukana.",
    "syrjintä": "Syrjinnästä puhutaan kouluissa.",
    "tulkki": "Tulkkeja koulutetaan kuntiin.",
}


@pytest.fixture
def site(commit):
    for code in ("sv", "en", "ru", "ar", "so"):
        LocaleFactory(language_code=code)

    def make() -> dict[str, str]:
        titles = {}
        for number, (word, others) in enumerate(TERMS.items()):
            term = Term.objects.create()
            for code, text in {"fi": word, **others}.items():
                locale = LocaleFactory(language_code=code)
                TermWord.objects.create(term=term, locale=locale, text=text)
            lead = LEADS.get(word, f"Tässä hankkeessa {word} on tärkeä.")
            titles[word] = ProjectFactory(title=f"Toiminta {number}", lead=lead).title
        return titles

    return commit(make)


def found(words: str, language: str) -> list[str]:
    return [hit.title for hit in ask(SearchParameters(query=words), language).result.hits]


@pytest.mark.parametrize("word", TERMS)
def test_a_term_in_any_language_finds_the_finnish_page(site, word):
    for code, text in TERMS[word].items():
        hits = found(text, code)
        assert site[word] in hits, (code, text)
        assert len(hits) < 4, (code, text)


@pytest.mark.parametrize(
    ("words", "language", "word"),
    [
        ("плана интеграции", "ru", "kotoutumissuunnitelma"),
        ("خطة الاندماج للقادمين", "ar", "kotoutumissuunnitelma"),
        ("وللتمييز", "ar", "syrjintä"),
        ("субсидии", "ru", "avustus"),
        ("workshops", "en", "työpaja"),
        ("tolkar", "sv", "tulkki"),
        ("turjubaanka", "so", "tulkki"),
    ],
)
def test_inflected_terms_do_too(site, words, language, word):
    assert site[word] in found(words, language)


def test_a_word_that_is_not_to_be_used_is_asked_for_too(site):
    term = Term.objects.get(words__text="tulkki")
    TermWord.objects.create(
        term=term, locale=LocaleFactory(language_code="en"), text="interpretress", kind="forbidden"
    )
    assert site["tulkki"] in found("interpretress", "en")


def test_a_change_of_the_glossary_counts_at_once(site):
    assert found("granskning", "sv") == []
    term = Term.objects.get(words__text="tulkki")
    TermWord.objects.filter(term=term, text="tolk").update(text="granskning")
    term.save()
    assert site["tulkki"] in found("granskning", "sv")


def test_without_a_term_nothing_is_added(site):
    assert found("космонавтика", "ru") == []


def test_a_finnish_word_finds_what_is_written_in_swedish_alone(site, commit):
    swedish = LocaleFactory(language_code="sv")
    lead = "Närståendevårdarna möts varje vecka."
    commit(lambda: ProjectFactory(title="Mötesplats", lead=lead, locale=swedish))
    assert "Mötesplats" in found("omaishoitajat", "fi")
    assert "Mötesplats" in found("مقدم الرعاية", "ar")
