"""Swedish, English, Russian, Arabic, Somali: words that must meet, and words that must not."""

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cms.analysis import get_analyser, normalise, signature, tokens
from cms.analysis.base import LONGEST_WORD

SAME = {
    "sv": [
        ("invandrare", "invandrarna"),
        ("arbetslösa", "arbetslöshet"),
        ("kommunernas", "kommuner"),
        ("EU:s", "EU"),
    ],
    "en": [
        ("immigrants", "immigrant"),
        ("volunteering", "volunteers"),
        ("children's", "children"),
        ("employment", "employing"),
    ],
    "ru": [
        ("мигрантов", "мигранты"),
        ("молодёжи", "молодежью"),
        ("занятости", "занятость"),
        ("семьями", "семья"),
    ],
    "ar": [
        ("المهاجرين", "مهاجرون"),
        ("للشباب", "الشباب"),
        ("الأُسْرَة", "اسرة"),
        ("التطوّع", "تطوع"),
        ("٢٠٢٤", "2024"),
        ("مؤسسة", "موسسة"),
        ("عـــمل", "عمل"),
    ],
    "so": [
        ("dhalinyarada", "dhalinyaro"),
        ("shaqada", "shaqo"),
        ("Soomaaliya", "Somaliya"),
        ("waayeelka", "waayeel"),
        ("qoysaska", "qoysas"),
        ("go'aan", "goaan"),
    ],
}
DIFFERENT = {
    "sv": [("arbete", "bostad")],
    "en": [("work", "world")],
    "ru": [("работа", "ребенок")],
    "ar": [("عمل", "علم")],
    "so": [("shaqo", "guri")],
}


@pytest.mark.parametrize(
    ("locale", "one", "other"), [(code, *pair) for code, pairs in SAME.items() for pair in pairs]
)
def test_forms_of_a_word_meet(locale, one, other):
    analyser = get_analyser(locale)
    assert set(analyser.query_forms(other).lemmas) & analyser.forms(one).all()


@pytest.mark.parametrize(
    ("locale", "one", "other"),
    [(code, *pair) for code, pairs in DIFFERENT.items() for pair in pairs],
)
def test_other_words_do_not(locale, one, other):
    analyser = get_analyser(locale)
    assert not analyser.forms(one).all() & analyser.forms(other).all()


@pytest.mark.parametrize(
    ("locale", "word", "parts"),
    [("sv", "svensk-finsk", {"svensk", "finsk"}), ("en", "peer-support", {"peer", "support"})],
)
def test_parts_of_a_hyphenated_word(locale, word, parts):
    assert parts <= set(get_analyser(locale).forms(word).parts)


def test_arabic_grams_leave_the_article_out():
    arabic = get_analyser("ar")
    assert arabic.grams("الشباب") == arabic.grams("شباب")


@pytest.mark.parametrize(
    ("locale", "word"), [("sv", "och"), ("en", "the"), ("ru", "для"), ("ar", "من"), ("so", "iyo")]
)
def test_stop_words(locale, word):
    assert get_analyser(locale).query_forms(word).stop


def test_easy_finnish_is_analysed_as_finnish():
    assert get_analyser("fi-simple") is get_analyser("fi")
    assert signature("fi-simple") == signature("fi")


def test_a_locale_that_nobody_thought_of_is_analysed_all_the_same():
    assert get_analyser("sv-fi") is get_analyser("sv")
    assert get_analyser("et").forms("keel").lemmas


def test_words_with_their_places():
    text = "EU:n  «vuokra-asuminen», d'accord; a_b 1.2.2018 – so\u00adft"
    found = list(tokens(text))
    assert [token.text for token in found] == [
        "EU:n", "vuokra-asuminen", "d'accord", "a", "b", "1", "2", "2018", "so\u00adft",
    ]  # fmt: skip
    assert all(text[token.start : token.end] == token.text for token in found)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("ÄITI", "äiti"),
        ("A\u0308iti", "äiti"),
        ("so\u00adft", "soft"),
        ("ﬁnland", "finland"),
        ("x̂", "x"),
        ("vuokra‑asuminen", "vuokra-asuminen"),
        ("O’Brien", "o'brien"),
        ("½", "12"),
        ("a" * 500, "a" * LONGEST_WORD),
    ],
)
def test_normal_spelling(typed, normal):
    assert normalise(typed) == normal


@hypothesis_settings(deadline=None)
@given(
    text=st.text(st.characters(codec=None, exclude_categories=())),
    locale=st.sampled_from(sorted(dict(settings.LANGUAGES))),
)
def test_any_text_gives_clean_tokens(text, locale):
    analyser = get_analyser(locale)
    streams = analyser.analyse(text)
    for stream in (streams.lemma, streams.parts, streams.bases, streams.grams, streams.words):
        for token in stream:
            assert token
            assert token == token.strip().lower()
            assert not set(token) & set('" \t\n\x00_*()')
            token.encode()
    for token in tokens(text):
        analyser.query_forms(token.text)
        list(analyser.repairs(token.text))
    analyser.headwords(text)
