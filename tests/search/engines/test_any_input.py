"""Whatever is typed or put into an address: an answer, never an exception."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.documents import FACETS
from search.engines.base import SORTS
from search.query import MOST_TERMS, MOST_WORDS, make_question

from .documents import TODAY

SYNTAX = (
    '"', "'", "(", ")", "*", "AND", "OR", "NOT", "NEAR(a b)", "lemma:x", "+", "-", "^", "~2", "\\",
    ":", "{", "}", "[a TO b]", "/.*/", "&", "|", "!", "<->", "%", "_", ";--", "\x00", "\u202e",
    "\u200f", "\ud800", "😀", "ﷺ", "½", "a:b:c", "fi_talo", "٢٠٢٤", "œ", "İ", "ſ", "ǆ", "𐓘",
)  # fmt: skip
ANY = st.characters(codec=None, exclude_categories=())
TEXTS = st.one_of(
    st.text(ANY, max_size=60),
    st.lists(st.one_of(st.sampled_from(SYNTAX), st.text(ANY, max_size=8)), max_size=12).map(
        " ".join
    ),
    st.lists(st.sampled_from(SYNTAX), max_size=12).map("".join),
)
FILTERS = st.dictionaries(
    st.one_of(st.sampled_from(FACETS), st.text(max_size=8)),
    st.lists(st.text(ANY, max_size=12), max_size=4),
    max_size=3,
)
HELD = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=60, **HELD)
@given(text=TEXTS, filters=FILTERS, sort=st.sampled_from((*SORTS, "nonsense")), data=st.data())
def test_any_question_is_answered(engine, text, filters, sort, data):
    question = make_question(text, data.draw(st.sampled_from(["fi", "sv", "ar"])), engine)
    offset = data.draw(st.integers(-5, 10**18))
    result = engine.search(
        question.plan, filters=filters, facets=FACETS, sort=sort, offset=offset, today=TODAY
    )
    assert len(result.hits) <= result.total
    assert set(result.facets) == set(FACETS)
    assert engine.counts([question.plan], TODAY) == [
        engine.search(question.plan, today=TODAY, limit=1).total
    ]


@settings(max_examples=60, **HELD)
@given(text=TEXTS)
def test_any_beginning_is_suggested_for(engine, text):
    for found in engine.suggest("fi", text, today=TODAY):
        assert found.text


@settings(max_examples=40, **HELD)
@given(words=st.lists(st.text(ANY, max_size=12), max_size=4))
def test_any_word_is_looked_up(engine, words):
    words = [word for word in words if word.isalnum()]
    assert set(engine.frequencies("fi", words)) <= set(words)
    assert set(engine.similar("fi", words)) == set(words)


@pytest.mark.parametrize(
    "text",
    ["maahanmuuttajien " * 600, "x" * 10_000, "sana-" * 2_000, "ä " * 5_000, "väkivalta," * 1_000],
)
def test_ten_thousand_characters(engine, text):
    plan = make_question(text, "fi", engine).plan
    assert len(plan.clauses) <= MOST_WORDS
    engine.search(plan, facets=FACETS, today=TODAY)


def test_many_long_words_stay_a_bounded_question(engine):
    words = "maahanmuuttajanuoret vanhustyöntekijät mielenterveyskuntoutuja hyvinvointialuejohtaja "
    words += "lähisuhdeväkivaltatyö vapaaehtoistoiminta kotoutumiskoulutus asumisneuvontapalvelu "
    words += "työllistymistukihanke perhekeskusverkosto digiopastuspiste kielikahvilatoiminta"
    plan = make_question(words, "fi", engine).plan
    assert len(plan.clauses) == MOST_WORDS
    terms = sum(len(group) for clause in plan.clauses for group in clause.groups)
    assert terms <= MOST_TERMS
    engine.search(plan, facets=FACETS, today=TODAY)


def test_a_thousand_facet_values(engine):
    values = [f"value-{number}" for number in range(1_000)]
    filters = {name: [*values, "project", "\x00", "\ud800"] for name in FACETS}
    assert engine.search(make_question("", "fi").plan, filters=filters, today=TODAY).total == 0
