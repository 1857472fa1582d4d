"""What every engine knows of words: suggestions, repairs, synonyms and promoted pages."""

from datetime import timedelta

import pytest

from search.query import make_question

from .documents import TODAY


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("silt", "project", "Silta töihin"),
        ("TÖI", "project", "Silta töihin"),
        ("toi", "project", "Silta töihin"),
        ("maij", "person", "Maija Mallikas"),
        ("esimerk", "organisation", "Esimerkkiyhdistys ry"),
        ("kaj", "place", "Kajaani"),
        ("kohta", "word", "kohtaaminen"),
    ],
)
def test_suggestions(engine, typed, kind, text):
    found = engine.suggest("fi", typed, today=TODAY)
    assert (kind, text) in [(each.kind, each.text) for each in found]


def test_a_suggested_document_can_be_opened(engine):
    urls = {each.kind: each.url for each in engine.suggest("fi", "silta", today=TODAY)}
    assert urls["project"] == "/fi/silta/"
    place = engine.suggest("fi", "kainuu", today=TODAY)[0]
    assert (place.url, place.count) == ("", 1)


@pytest.mark.parametrize("typed", ["", " ", "\x00", "((", "*", "\\", "zzzz"])
def test_nothing_to_suggest(engine, typed):
    assert engine.suggest("fi", typed) == []


def test_frequencies_count_documents_by_any_form(engine):
    tokens = ["maahanmuuttaja", "väkivalta", "ei-ole", "työllistää"]
    assert engine.frequencies("fi", tokens) == {
        "maahanmuuttaja": 2, "väkivalta": 1, "työllistää": 2,
    }  # fmt: skip
    assert engine.frequencies("fi", []) == {}
    assert engine.frequencies("ar", ["maahanmuuttaja"]) == {}


@pytest.mark.parametrize(
    ("typed", "correction", "wanted"),
    [
        ("maahanmuutaja", "maahanmuuttaja", "silta"),
        ("vakivalta", "väkivalta", "turva"),
        ("Kajani", "kajaani", "silta"),
        ("mallikass", "mallikas", "person"),
    ],
)
def test_misspelt_words_are_repaired(engine, typed, correction, wanted):
    question = make_question(typed, "fi", engine, today=TODAY)
    assert question.correction.startswith(correction[:6])
    assert wanted in [hit.id for hit in engine.search(question.plan, today=TODAY).hits]


def test_the_name_of_a_person_who_is_no_longer_public_is_not_proposed(engine):
    typed, tomorrow = "mallikass", TODAY + timedelta(days=1)
    assert make_question(typed, "fi", engine, today=TODAY).correction == "mallikas"
    assert make_question(typed, "fi", engine, today=tomorrow).correction == ""
    assert "mallikas" in engine.similar("fi", [typed], TODAY)[typed]
    assert "mallikas" not in engine.similar("fi", [typed], tomorrow)[typed]
    assert engine.frequencies("fi", ["mallikas"], TODAY) == {"mallikas": 1}
    assert engine.frequencies("fi", ["mallikas"], tomorrow) == {}


def test_words_that_are_there_are_not_repaired(engine):
    for words in ("maahanmuuttajien retket", "vertaisryhmä", "S22354", "muistisairaus", "ja"):
        assert make_question(words, "fi", engine).correction == ""


def test_promoted_documents_come_first(engine):
    plan = make_question("maahanmuuttaja", "fi", engine, promoted=["yhteys"]).plan
    assert engine.search(plan, today=TODAY).hits[0].id == "yhteys"


def test_synonyms_as_staff_keep_them(engine):
    def ids(lines):
        plan = make_question("kävelylenkki", "fi", engine, synonyms=lines).plan
        return [hit.id for hit in engine.search(plan, today=TODAY).hits]

    assert ids(["kävelylenkki, retki"]) == ["aito"]
    assert ids([]) == []
