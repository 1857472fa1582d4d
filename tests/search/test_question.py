"""From a visitor's words to a plan, without an engine."""

import pytest

from cms.analysis import get_analyser
from cms.analysis.base import code, fold
from search.engines.base import Term
from search.engines.ingest import sort_key
from search.query import codes, make_question, read, required
from search.vocabulary import Thesaurus, get_thesaurus, groups, starting_lines


def tokens(plan, clause=0, group=0) -> dict[tuple[str, ...], float]:
    return {term.tokens: term.weight for term in plan.clauses[clause].groups[group]}


def test_a_word_its_bases_and_its_twin():
    found = tokens(make_question("kotoutuja", "fi", synonyms=[]).plan)
    assert found == {("kotoutuja",): 1.0, ("kotoutua",): 0.6, ("kotouttaa",): 0.6}


def test_each_part_of_a_compound_is_a_group():
    plan = make_question("vanhustyöhön", "fi", synonyms=[]).plan
    assert tokens(plan) == {("vanhustyö",): 1.0}
    assert tokens(plan, group=1) == {("vanhus",): 0.4}
    assert tokens(plan, group=2) == {("työ",): 0.4}


def test_words_that_only_hold_a_sentence_together_are_left_out():
    plan = make_question("nuoret ja perheet", "fi", synonyms=[]).plan
    assert [clause.word for clause in plan.clauses] == ["nuoret", "perheet"]
    assert [clause.word for clause in make_question("ja", "fi").plan.clauses] == ["ja"]


def test_a_word_said_twice_counts_once():
    assert read("Nuoret, nuoret NUORET työ") == ["Nuoret", "työ"]


@pytest.mark.parametrize(("words", "clauses"), [(1, 1), (2, 1), (3, 2), (4, 2), (12, 6)])
def test_clauses_that_must_be_met(words, clauses):
    assert required(words) == clauses


@pytest.mark.parametrize(
    ("typed", "candidate"),
    [
        ("S22354", "s22354"),
        ("s 22354", "s22354"),
        ("hanke S 22354 kainuussa", "s22354"),
        ("S-22-354", "s22354"),
        ("«AITO»", "aito"),
        ("Tule vastaan!", "tulevastaan"),
    ],
)
def test_what_may_be_a_code(typed, candidate):
    assert candidate in codes(typed)


def test_synonyms_both_ways_and_one_way():
    lines = ["vanhus, iäkäs  # people", "eläkeläinen > seniori, vanhus", "", "yksin", ">", "a >"]
    assert dict(groups(lines)) == {
        "vanhus": ["iäkäs"], "iäkäs": ["vanhus"], "eläkeläinen": ["seniori", "vanhus"],
    }  # fmt: skip
    found = tokens(make_question("eläkeläisille", "fi", synonyms=lines).plan)
    assert found[("seniori",)] == 0.6
    assert ("eläkeläinen",) not in tokens(make_question("seniori", "fi", synonyms=lines).plan)


def test_a_group_may_be_written_on_several_lines():
    assert dict(groups(["koti,\nasunto"]))["koti"] == ["asunto"]


def test_phrases_find_words_and_words_find_phrases():
    lines = ["maahanmuuttaja, maahan muuttanut"]
    found = tokens(make_question("maahanmuuttajat", "fi", synonyms=lines).plan)
    assert found[("maa", "muuttanut")] == 0.6
    plan = make_question("maahan muuttaneet naiset", "fi", synonyms=lines).plan
    assert ("maahanmuuttaja",) in tokens(plan, 0)
    assert ("maahanmuuttaja",) in tokens(plan, 1)
    assert ("maahanmuuttaja",) not in tokens(plan, 2)


def test_a_region_finds_its_municipalities():
    assert ("kajaani",) in tokens(make_question("Kainuussa", "fi", synonyms=[]).plan)
    assert ("hyrynsalmi",) in tokens(make_question("Kajanaland", "sv", synonyms=[]).plan)


def test_finnish_words_are_understood_in_every_locale():
    found = tokens(make_question("työllistymistä", "en", synonyms=[]).plan)
    assert found[("työllistyä",)] == 0.9
    assert ("house",) not in tokens(make_question("housing", "en", synonyms=[]).plan)


@pytest.mark.parametrize("locale", ["fi", "sv", "en", "ru", "ar", "so", "fi-simple"])
def test_the_starting_lists_are_sound(locale):
    lines = starting_lines(locale)
    assert len(lines) > 20
    said = [line for line in lines if line and not line.startswith("#")]
    assert all(any(groups([line])) for line in said)
    assert len(set(said)) == len(said)
    thesaurus = get_thesaurus(locale)
    assert all(phrase and all(phrase) for found in thesaurus.entries.values() for phrase in found)


def test_an_empty_list():
    assert Thesaurus.build([], get_analyser("fi")).find([("talo",)]) == []


def test_targets_are_what_a_text_is_marked_by():
    clause = make_question("vanhustyö", "fi", synonyms=[]).plan.clauses[0]
    assert clause.targets == {"vanhustyö", "vanhus", "työ"}
    assert clause.groups[0][0] == Term(("vanhustyö",))


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Äänekoski", "aanekoski"), ("  A\x00b\tc ", "ab c"), ("Vuokra-Asunto!", "vuokra-asunto")],
)
def test_beginnings_are_compared_without_marks(text, plain):
    assert fold(text) == plain


def test_codes_are_letters_and_digits():
    assert code(" s-22354/ ") == "s22354"
    assert code("!?") == ""


def test_titles_sort_as_in_a_finnish_dictionary():
    titles = ["Öljy", "Åland", "Zeta", "äiti", "«Aalto»", "ahti"]
    wanted = ["«Aalto»", "ahti", "Zeta", "Åland", "äiti", "Öljy"]
    assert sorted(titles, key=lambda title: sort_key(title, "fi")) == wanted
