"""How well the search finds, in figures that may not fall.

Each language has texts and questions of its own; ``want`` grades the answers (2: just that, 1: has
to do with it). The figure is the mean nDCG@10 of the language's questions, found by the same path
as a visitor's.
"""

import math
import re
from itertools import chain
from pathlib import Path
from random import Random

import pytest
import yaml

from search.documents import SearchDocument, SourceText
from search.query import make_question
from tests.search.engines.conftest import ENGINES, empty_engine

DATA = Path(__file__).parent
FLOORS = {"fi": 0.95, "sv": 0.92, "en": 0.96, "ru": 0.96, "ar": 0.95, "so": 0.92}
DOTS = {"å", "ä", "ö"}
QUESTIONS = {"fi": 30, "sv": 15, "en": 15, "ru": 15, "ar": 15, "so": 15}


def read(locale: str) -> dict:
    return yaml.safe_load((DATA / f"{locale}.yaml").read_text(encoding="utf-8"))


def documents(locale: str) -> list[SearchDocument]:
    return [
        SearchDocument(
            id=f"{locale}:{name}",
            key=name,
            type="project",
            locale=locale,
            language=locale,
            title=facts["title"],
            body=[SourceText(facts["text"])],
        )
        for name, facts in read(locale)["documents"].items()
    ]


def ndcg(found: list[str], wanted: dict[str, int], depth: int = 10) -> float:
    """Gains 2^grade − 1, discounted by the logarithm of the rank, over the best order's sum."""

    def gain(grades) -> float:
        return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))

    best = sorted(wanted.values(), reverse=True)[:depth]
    return gain(wanted.get(name, 0) for name in found[:depth]) / gain(best)


@pytest.fixture(scope="module", params=ENGINES)
def filled(request, django_db_blocker):
    with django_db_blocker.unblock(), empty_engine(request, tuple(FLOORS)) as engine:
        engine.index(each for locale in FLOORS for each in documents(locale))
        engine.refresh()
        yield engine


@pytest.mark.parametrize("locale", FLOORS)
def test_quality(filled, locale, django_db_blocker):
    scores = {}
    with django_db_blocker.unblock():
        for question in read(locale)["queries"]:
            plan = make_question(question["q"], locale, filled).plan
            found = [hit.key for hit in filled.search(plan, limit=10).hits]
            scores[question["q"]] = ndcg(found, question["want"])
    mean = sum(scores.values()) / len(scores)
    worst = {words: round(score, 2) for words, score in scores.items() if score < 0.8}
    assert mean >= FLOORS[locale], f"{mean:.3f}; worst: {worst}"


def test_words_without_their_dots_find_the_same(filled, django_db_blocker):
    """Of forty words that texts have, and as they are typed on a foreign keyboard."""
    texts = " ".join(
        chain.from_iterable(each.values() for each in read("fi")["documents"].values())
    )
    dotted = sorted(
        {word.lower() for word in re.findall(r"\w{5,}", texts) if DOTS & {*word.lower()}}
    )
    words = Random(1).sample(dotted, 40)
    with django_db_blocker.unblock():
        differ = [word for word in words if first(filled, word) != first(filled, plain(word))]
    assert len(differ) <= 2, differ


def first(engine, words: str) -> list[str]:
    return [hit.key for hit in engine.search(make_question(words, "fi", engine).plan, limit=1).hits]


def plain(word: str) -> str:
    return word.translate(str.maketrans("åäö", "aao"))


@pytest.mark.parametrize("locale", FLOORS)
def test_the_set_is_sound(locale):
    data = read(locale)
    assert len(data["queries"]) >= QUESTIONS[locale]
    for question in data["queries"]:
        assert question["want"].keys() <= data["documents"].keys()
