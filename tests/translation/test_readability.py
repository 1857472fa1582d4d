"""Easy and ordinary Finnish told apart, and what is named as hard."""

from pathlib import Path

import libvoikko
import pytest

from cms.analysis import grammar as grammar_module
from cms.analysis import voikko
from cms.translation.easy import sentences
from cms.translation.easy.readability import EASY, NEARLY, Kind, measure
from cms.translation.easy.sentences import common_words, sentences_of, words_of

TEXTS = Path(__file__).with_name("texts")


def texts(name: str) -> list[str]:
    return (TEXTS / f"{name}.txt").read_text("utf-8").split("\n===\n")


def kinds(text: str) -> dict[str, str]:
    return {hint.text: str(hint.kind) for hint in measure(text).hints}


def test_easy_and_ordinary_texts_are_told_apart():
    easy, ordinary = texts("easy"), texts("ordinary")
    assert len(easy) == len(ordinary) == 20
    wrong = [text for text in easy if measure(text).figure < EASY]
    wrong += [text for text in ordinary if measure(text).figure >= NEARLY]
    assert len(wrong) <= 1, wrong


def test_short_sentences_of_hard_words_are_not_easy():
    text = "Verkosto laajeni. Menetelmä vakiintui. Kustannukset alittuivat. Jatkorahoitus evättiin."
    assert measure(text).figure < NEARLY


def test_a_long_name_does_not_make_a_text_hard():
    text = "Työvoimapalvelut auttavat sinua. Soita heille. Työvoimapalvelut ovat Hämeenlinnassa."
    assert measure(text).figure >= EASY


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Kurssilla opetellaan suomea.", "opetellaan", Kind.PASSIVE),
        ("Asia on jo päätetty.", "päätetty", Kind.PASSIVE),
        ("Hän tuli perheineen.", "perheineen", Kind.CASE),
        ("Teimme sen omin käsin.", "käsin", Kind.CASE),
        ("Hän elää rahatta.", "rahatta", Kind.CASE),
        ("Hän puhui syödessään.", "syödessään", Kind.PARTICIPLE),
        ("Syötyään hän lähti.", "Syötyään", Kind.PARTICIPLE),
        ("Hän lukee oppiakseen suomea.", "oppiakseen", Kind.PARTICIPLE),
        ("Autamme Suomeen muuttaneita.", "muuttaneita", Kind.PARTICIPLE),
        ("Luemme asetuksen.", "asetuksen", Kind.UNCOMMON),
        ("Tässä on toimintasuunnitelma.", "toimintasuunnitelma", Kind.LONG),
        ("Hankkeen osallistujien oppimisen tuki.", "Hankkeen osallistujien oppimisen", Kind.CHAIN),
    ],
)
def test_hard_words_are_named_with_their_reason(text, word, kind):
    assert kinds(text).get(word) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Tule mukaan! Kurssi on ilmainen.",
        "Olen asunut Suomessa kaksi vuotta.",
        "Seuraavan kurssin nimi on Silta.",
        "Minun perheeni asuu Rovaniemellä.",
        "Opettajan nimi on Abdullahi Xasan.",
        "Opiskelen kokiksi. Olen nyt opiskelijana.",
        "Kirjoita osoitteeseen apu@example.org tai katso www.example.org/apua.",
    ],
)
def test_everyday_language_has_no_hints(text):
    assert kinds(text) == {}


def test_a_long_sentence_is_named():
    text = "Me autamme sinua " + "ja sinun ystävääsi " * 5 + "kotona."
    assert Kind.SENTENCE in kinds(text).values()
    assert Kind.SENTENCE not in kinds("Me autamme sinua. Tule mukaan.").values()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Tule 3. maaliskuuta kello 18. Paikka on koulu.", 2),
        ("Voit pelata, esim. Jalkapalloa. Ota kengät!", 2),
        ("Ota mukaan:\n- passi\n- rahaa\n- ruokaa", 4),
        ("Otsikko\n\nTule mukaan\nja ota ystävä.", 2),
        ("”Tule!” Hän sanoi niin. (Se oli totta.)", 3),
        ("", 0),
        (" \n\n – \n", 0),
    ],
)
def test_sentences_end_where_readers_end_them(text, count):
    assert len([each for each in sentences_of(text) if words_of(each)]) == count


@pytest.mark.parametrize("text", ["", "  ", "123 456", "—", "\x00", "💥"])
def test_nothing_to_read_has_no_figure(text):
    reading = measure(text)
    assert reading.figure is None
    assert reading.hints == ()


def test_strange_texts_are_measured_too():
    for text in ("а б в", "مرحبا بكم", "a" * 10_000, "x " * 5_000, "Hei! " * 2_000, "---'--’’"):
        reading = measure(text)
        assert reading.figure is None or 0 <= reading.figure <= 100


def test_without_voikko_it_says_so_and_still_tells_them_apart(monkeypatch):
    def missing(*_args) -> None:
        raise libvoikko.VoikkoException("no dictionary")

    monkeypatch.setattr(voikko, "_local", type("Local", (), {})())
    monkeypatch.setattr(libvoikko, "Voikko", missing)
    for cached in (sentences._word, grammar_module.grammar, voikko.readings):
        cached.cache_clear()
    try:
        easy = [measure(text) for text in texts("easy")]
        ordinary = [measure(text) for text in texts("ordinary")]
    finally:
        for cached in (sentences._word, grammar_module.grammar, voikko.readings):
            cached.cache_clear()
    assert not any(reading.is_exact for reading in easy)
    assert min(reading.figure for reading in easy) > max(reading.figure for reading in ordinary)


def test_the_list_of_common_words_stays_small():
    assert 800 < len(common_words()) <= 1500
    assert all(word == word.strip(".,;") for word in common_words())
