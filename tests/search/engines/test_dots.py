"""Finnish typed on a keyboard without ä, ö and å finds what it finds with them."""

import pytest

from cms import analysis
from cms.analysis.finnish import FinnishSimplemma, lacks_dots, variants
from search.query import make_question

from .documents import document

TEXTS = {
    "ryhma": ("Vertaisuutta arkeen", "Äitien ja isien ryhmät kokoontuvat viikoittain."),
    "aitiryhma": ("Kohtaamisia", "Äitiryhmissä tavataan muita."),
    "tyo": ("Polku töihin", "Työllistymistä tuetaan nuorten työpajoissa."),
    "paihteet": ("Selvin päin", "Päihdetyötä ja yhteisöllisyyttä lähiöissä."),
    "saa": ("Sää ja luonto", "Sää vaikuttaa mieleen."),
    "lupa": ("Lupa levätä", "Jokainen saa levätä."),
    "ruotsi": ("Åland i dag", "Yhdistys toimii Åbossa ja Ålandissa."),
    "jarjesto": ("Maahanmuuttajanaisten järjestöt", "Syrjäytymisen ehkäisyä järjestötyöllä."),
}
DOCUMENTS = [document(id, title, text) for id, (title, text) in TEXTS.items()]
PAIRS = [
    ("aitiryhma", "äitiryhmä"),
    ("aitiryhmissa", "äitiryhmissä"),
    ("aiti", "äiti"),
    ("tyollistyminen", "työllistyminen"),
    ("tyo", "työ"),
    ("tyolla", "työllä"),
    ("paihdetyo", "päihdetyö"),
    ("paihdetyota", "päihdetyötä"),
    ("yhteisollisyys", "yhteisöllisyys"),
    ("nuorten tyopaja", "nuorten työpaja"),
    ("jarjestotyo", "järjestötyö"),
    ("syrjaytymisen ehkaisy", "syrjäytymisen ehkäisy"),
    ("paihdetyo yhteisollisyys jarjesto aitiryhma tyopaja",
     "päihdetyö yhteisöllisyys järjestö äitiryhmä työpaja"),
    ("PAIHDETYO", "PÄIHDETYÖ"),
    ("aland", "åland"),
]  # fmt: skip


def found(engine, text, locale="fi") -> list[str]:
    plan = make_question(text, locale, engine).plan
    return [hit.id for hit in engine.search(plan).hits]


@pytest.fixture
def filled(empty):
    empty.index(DOCUMENTS)
    empty.refresh()
    return empty


def test_the_same_hits(filled):
    for typed, meant in PAIRS:
        hits, with_dots = found(filled, typed), found(filled, meant)
        assert with_dots, meant
        assert (hits[0], set(hits)) == (with_dots[0], set(with_dots)), typed


def test_the_word_as_it_is_written_is_proposed(filled):
    assert make_question("paihdetyo", "fi", filled).correction == "päihdetyö"
    assert make_question("aitiryhmissa", "fi", filled).correction == "äitiryhmissä"


def test_a_word_typed_with_its_dots_is_that_word(filled):
    assert found(filled, "sää")[0] == "saa"
    assert found(filled, "saa")[0] == "lupa"
    for word in ("sää", "saa", "äitiryhmä", "päihdetyö"):
        assert make_question(word, "fi", filled).correction == ""


def test_readers_of_other_languages_type_finnish_too(empty):
    texts = TEXTS.items()
    empty.index(document(x, *text, locale="sv", language="fi") for x, text in texts)
    empty.refresh()
    for typed, meant in [("paihdetyo", "päihdetyö"), ("aitiryhma", "äitiryhmä")]:
        assert found(empty, typed, "sv") == found(empty, meant, "sv") != []


def test_without_the_morphology_too(empty, monkeypatch):
    simple = FinnishSimplemma()
    monkeypatch.setitem(analysis.ANALYSERS, "fi", lambda: simple)
    empty.index(DOCUMENTS)
    empty.refresh()
    for typed, meant in PAIRS:
        assert set(found(empty, typed)) == set(found(empty, meant)), typed


def test_a_long_word_has_few_variants():
    assert len(list(variants("maahanmuuttajanaisjarjestotoiminnassamme"))) < 1_000
    assert "maahanmuuttajanaisjärjestö" in variants("maahanmuuttajanaisjarjesto")
    assert list(variants("työ")) == list(variants("")) == []


def test_only_what_is_missing_is_added():
    assert lacks_dots("abo", "åbo")
    assert lacks_dots("aiti", "äiti")
    assert not lacks_dots("sää", "saa")
    assert not lacks_dots("äiti", "äiti")
    assert not lacks_dots("aitu", "äiti")
