import pytest

from cms.analysis import finnish_analyser, get_analyser
from cms.analysis.finnish import FinnishSimplemma, FinnishVoikko
from cms.analysis.voikko import VoikkoMissing, handle
from tests.services import require


@pytest.fixture(scope="module")
def voikko():
    try:
        handle()
    except VoikkoMissing as error:
        require(False, f"libvoikko or its Finnish dictionary is missing: {error}")
    return get_analyser("fi")


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("maahanmuuttajien", "maahanmuuttaja"),
        ("työllistymistä", "työllistyä"),
        ("iäkkäille", "iäkäs"),
        ("Helsingissä", "helsinki"),
        ("kainuun", "kainuu"),
        ("EU:n", "eu"),
        ("KYT:lle", "kyt"),
        ("amif-rahastosta", "amif-rahasto"),
        ("maahan\u00admuuttajille", "maahanmuuttaja"),
        ("MAAHANMUUTTAJAT", "maahanmuuttaja"),
        ("S22354", "s22354"),
        ("qwzx", "qwzx"),
    ],
)
def test_base_forms(voikko, word, lemma):
    assert lemma in voikko.forms(word).lemmas


@pytest.mark.parametrize("word", ["mentorin", "mentoreille", "mentori"])
def test_an_unknown_word_is_found_in_any_case(voikko, word):
    wanted = voikko.query_forms("mentoreita")
    assert not wanted.known
    assert set(wanted.own) & voikko.forms(word).all()


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("lähisuhdeväkivaltaa", {"suhde", "valta", "väkivalta", "lähisuhde"}),
        ("vapaaehtoistyöhön", {"vapaaehtoinen", "työ"}),
        ("mielenterveyskuntoutujat", {"mielenterveys", "kuntoutuja", "terveys"}),
        ("rahoituspäätöksen", {"rahoitus", "päätös"}),
        ("vuokra-asumista", {"vuokra", "asua"}),
        ("digituki", {"digi", "tuki"}),
    ],
)
def test_parts_of_compounds(voikko, word, parts):
    assert parts <= set(voikko.forms(word).parts)


def test_a_compound_that_the_dictionary_knows_whole_stays_whole(voikko):
    assert voikko.forms("maahanmuuttajien").parts == ()
    assert voikko.query_forms("maahanmuuttajanuoret").parts == (("maahanmuuttaja",), ("nuori",))


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("työllistymistä", "työllistää"),
        ("kotoutujille", "kotoutua"),
        ("rahoitusta", "rahoittaa"),
        ("yksinäisyyttä", "yksinäinen"),
        ("pelaaminen", "peli"),
        ("lainaamosta", "lainata"),
        ("asukkaat", "asua"),
        ("ompelimossa", "ommella"),
        ("velkaantua", "velka"),
        ("kaupunkilaiset", "kaupunki"),
        ("rasistista", "rasismi"),
        ("ystävyydestä", "ystävä"),
        ("kalastaa", "kala"),
        ("uimarit", "uida"),
    ],
)
def test_derivational_bases(voikko, word, base):
    assert base in voikko.forms(word).bases


@pytest.mark.parametrize(
    ("word", "twin"),
    [
        ("kotoutuminen", "kotouttaa"),
        ("kotouttaminen", "kotoutua"),
        ("osallistua", "osallistaa"),
        ("kuntoutuja", "kuntouttaa"),
    ],
)
def test_a_question_asks_for_the_twin_of_a_verb(voikko, word, twin):
    assert twin in voikko.query_forms(word).bases


def test_what_holds_a_sentence_together_is_told_apart(voikko):
    words = ["minä", "ja", "hän", "työ", "tai", "joka", "että"]
    stops = [word for word in words if voikko.query_forms(word).stop]
    assert stops == ["minä", "ja", "hän", "tai", "joka", "että"]


def test_known_words(voikko):
    assert voikko.query_forms("vertaistuki").known
    assert voikko.query_forms("maahanmuutaja").known is False


def test_repairs_put_the_dots_on(voikko):
    assert voikko.dotted("tyollistyminen") == ("työllistyminen",)
    assert voikko.dotted("aitiryhmissa") == ("äitiryhmissä",)
    assert "saa" not in voikko.dotted("saa")
    assert voikko.dotted("äiti") == ()
    assert "maahanmuuttaja" in voikko.repairs("maahanmuutaja")
    assert list(voikko.repairs("työ")) == []


def test_headwords_are_nouns_as_one_looks_them_up(voikko):
    text = "Maahanmuuttajien työllistymistä ja vuokra-asumista Kainuussa kauniisti"
    assert voikko.headwords(text) == [
        "maahanmuuttaja", "työllistyminen", "vuokra-asuminen", "kainuu",
    ]  # fmt: skip


def test_grams_are_distinct_and_without_hyphens(voikko):
    assert voikko.grams("Kukkuu-ku") == ("kukk", "ukku", "kkuu", "kuuk", "uuku")
    assert voikko.grams("työ") == ()


def test_threads_do_not_share_a_handle(voikko):
    from concurrent.futures import ThreadPoolExecutor

    words = ["maahanmuuttajien", "lähisuhdeväkivaltaa", "kotoutumista", "yksinäisyyttä"] * 50

    def lemmas(number):
        fresh = FinnishVoikko()
        return [fresh.forms(word).lemmas for word in words[number:] + words[:number]]

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lemmas, [0] * 8))
    assert all(result == results[0] for result in results)


def test_without_the_dictionary_simplemma_takes_over(monkeypatch, caplog):
    def missing():
        raise VoikkoMissing("no dictionary")

    monkeypatch.setattr("cms.analysis.FinnishVoikko", missing)
    finnish_analyser.cache_clear()
    try:
        assert get_analyser("fi").name == "simplemma"
        assert get_analyser("fi-simple") is get_analyser("fi")
        assert "without libvoikko" in caplog.text
    finally:
        finnish_analyser.cache_clear()


@pytest.mark.parametrize(
    ("word", "lemma", "parts"),
    [
        ("maahanmuuttajien", "maahanmuuttaja", set()),
        ("vapaaehtoistyöhön", "vapaaehtoistyö", {"vapaaehtoinen", "työ"}),
        ("EU:n", "eu", set()),
        ("amif-rahaston", "amif-rahasto", {"amif", "rahasto"}),
        ("qwzx", "qwzx", set()),
    ],
)
def test_simplemma(word, lemma, parts):
    forms = FinnishSimplemma().forms(word)
    assert forms.lemmas == (lemma,)
    assert parts <= set(forms.parts)
