"""Exact phrases, words left out, telephone numbers and codes, however they are typed."""

import pytest

from search.query import make_question
from search.signs import read_signs

from .documents import document

DOCUMENTS = [
    document("tuki", "Tukea", "Nuorten vertaisryhmä kokoontuu. Lapsille on oma kerho."),
    document("nurin", "Tukea", "Vertaisryhmä nuorten parissa. Lapset eivät tule."),
    document("aikuiset", "Aikuisten kurssi", "Vertaisryhmässä on aikuisia.", codes=["S22354"]),
    document("toimisto", "Toimisto", "Avoinna.", type="person", numbers=["050 123 4567 (klo 9)"]),
]
FOUND = {
    '"nuorten vertaisryhmä"': {"tuki"},
    "”Nuorten vertaisryhmä”": {"tuki"},
    "«nuorten vertaisryhmä kokoontuu»": {"tuki"},
    '"vertaisryhmä nuorten" lapset': {"nurin"},
    '"vertaisryhmän nuorten"': set(),
    "vertaisryhmä -lapsi": {"aikuiset"},
    "vertaisryhmä −lasten": {"aikuiset"},
    'vertaisryhmä -"oma kerho"': {"nurin", "aikuiset"},
    "-lapsi": {"aikuiset", "toimisto"},
    "-vertaisryhmä -toimisto": set(),
    '"nuorten vertaisryhmä': {"tuki", "nurin"},
}
NUMBERS = ["050 123 4567", "0501234567", "+358 50 1234567", "00358501234567", "050-123 4567."]
CODES = ["S-22354", "S 22354", "s22354.", "(S/22354)", "S–22354", "hanke S 22354"]
NONSENSE = ['"', '""', "-", "--", '-"', "- " * 9_000, "-" * 10_000, '"a' * 5_000, "-a " * 3_000]


def found(engine, text) -> list[str]:
    return [hit.id for hit in engine.search(make_question(text, "fi", engine).plan).hits]


@pytest.fixture
def filled(empty):
    empty.index(DOCUMENTS)
    empty.refresh()
    return empty


def test_signs(filled):
    for text, wanted in FOUND.items():
        hits = found(filled, text)
        if text.count('"') == 1:
            assert wanted <= set(hits), text
        else:
            assert set(hits) == wanted, text
        plan = make_question(text, "fi", filled).plan
        assert filled.counts([plan]) == [len(hits)], text
    for text in NONSENSE:
        found(filled, text)
    assert make_question('"nuorten vertaisryhmmä"', "fi", filled).correction == ""


def test_numbers_and_codes_however_they_are_typed(filled):
    for text in NUMBERS:
        assert found(filled, text)[0] == "toimisto", text
    for text in CODES:
        assert found(filled, text)[0] == "aikuiset", text
    filled.delete(["toimisto"])
    filled.refresh()
    assert "toimisto" not in found(filled, NUMBERS[0])


def test_a_hyphen_is_no_minus():
    for text in ("isä-lapsi", "2021 - 2023", "sana- ja kuva", "a -- b", "---"):
        assert read_signs(text).without == (), text
