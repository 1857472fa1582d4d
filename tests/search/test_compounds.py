"""Finnish compounds that no text has as a whole, on an engine that knows what texts have."""

import pytest

from search.documents import SearchDocument, SourceText
from search.engines import scratch_engine
from search.query import make_question

TEXTS = {
    "staff": "Kunnan työntekijät tapaavat asukkaita",
    "work": "Työ jatkuu, ja tekijä on kunnassa vieras",
    "often": "Nuoret, nuorille oma ilta kerran viikossa",
    "both": "Ilta sopii kaikille, ja taide kiinnostaa monia, vanhoja ja nuoria yhtä lailla",
    "home": "Ilman huoltajaa maahan tulleet alaikäiset",
    "coffee": "Kahvia ja pullaa",
}


@pytest.fixture(scope="module")
def engine(django_db_blocker):
    with django_db_blocker.unblock(), scratch_engine("sqlite") as engine:
        engine.create()
        engine.index(
            SearchDocument(
                id=f"fi:{name}",
                key=name,
                type="project",
                locale="fi",
                language="fi",
                title=name,
                body=[SourceText(text)],
            )
            for name, text in TEXTS.items()
        )
        yield engine


def question(text: str, engine, synonyms=()):
    return make_question(text, "fi", engine, synonyms=synonyms, places=()).plan


def found(text: str, engine, synonyms=()) -> list[str]:
    hits = engine.search(question(text, engine, synonyms), limit=10).hits
    return [hit.id.removeprefix("fi:") for hit in hits]


def test_it_is_read_in_the_longest_parts_that_texts_have(engine):
    (clause,) = question("kuntatyöntekijät", engine).clauses
    assert [group[0].tokens for group in clause.groups[1:3]] == [("kunta",), ("työntekijä",)]
    assert found("kuntatyöntekijät", engine)[0] == "staff"


def test_a_run_of_parts_that_no_text_has_is_divided_further(engine):
    (clause,) = question("kahvileipäryhmä", engine).clauses
    parts = [group[0].tokens for group in clause.groups if len(group[0].tokens) == 1]
    assert parts[-3:] == [("kahvi",), ("leipä",), ("ryhmä",)]


def test_a_text_with_both_parts_in_some_word_is_before_one_that_has_the_first_often(engine):
    assert found("nuortenkulttuuri", engine, ["kulttuuri, taide"])[:2] == ["both", "often"]


def test_a_phrase_is_found_whatever_its_words_may_be_read_as(engine):
    """The dictionary has *tullut* as a form of *tultu* first."""
    assert found("siirtolainen", engine, ["siirtolainen > maahan tullut"]) == ["home"]
