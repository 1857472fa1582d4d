"""Questions that every engine must answer alike, on the real one of each."""

from datetime import timedelta

import pytest

from search.documents import FACETS, NOT_STATED
from search.engines.base import Plan
from search.query import make_question

from .documents import DOCUMENTS, EVERYTHING, TODAY, document, find


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("maahanmuuttaja", "silta"),
        ("työllistyminen", "silta"),
        ("työllistää", "silta"),
        ("väkivalta", "turva"),
        ("lähisuhde", "turva"),
        ("retki", "aito"),
        ("vertaisryhmät", "silta"),
        ("Kainuu", "silta"),
        ("mallikas", "person"),
        ("esimerkkiyhdistys", "silta"),
    ],
)
def test_finds_inflected_compound_and_derived_words(engine, words, wanted):
    assert wanted in find(engine, words)


@pytest.mark.parametrize(
    "typed", ["S22354", "s 22354", "S-22354", "aito", "AITO", " Aito ", '"aito"']
)
@pytest.mark.parametrize(("locale", "wanted"), [("fi", "aito"), ("sv", "aito-sv")])
def test_a_code_or_acronym_is_first_in_every_locale(engine, typed, locale, wanted):
    assert find(engine, typed, locale)[0] == wanted


def test_documents_with_all_words_come_before_those_with_one(engine):
    found = find(engine, "maahanmuuttaja vertaisryhmä työpaja")
    assert found[0] == "silta"
    assert "opas" in find(engine, "maahanmuuttaja vertaisryhmä")


def test_a_locale_has_only_its_own_documents(engine):
    assert set(find(engine, "silta")) <= {each.id for each in DOCUMENTS if each.locale == "fi"}
    assert find(engine, "invandrare", "sv") == ["silta-sv"]
    assert find(engine, "anything", "ar") == []


def test_finnish_words_find_untranslated_texts_in_other_locales(engine):
    assert find(engine, "retkille", "sv") == ["aito-sv"]


def test_any_of_a_facet_and_all_of_the_facets(engine):
    by_theme = {"theme": ["work", "loneliness"]}
    assert set(find(engine, "", filters=by_theme)) == {"silta", "aito"}
    assert find(engine, "", filters={**by_theme, "funder": ["fund-b"]}) == ["aito"]
    assert set(find(engine, "", filters={"region": [NOT_STATED]})) == {"turva", "tyhja"}
    assert find(engine, "", filters={"theme": ["no-such"]}) == []
    assert len(find(engine, "", filters={"no-such": ["x"], "theme": []})) == 7


def test_status_follows_from_the_day(engine):
    def status(day, *values):
        result = engine.search(EVERYTHING, filters={"status": values}, today=day)
        return {hit.id for hit in result.hits}

    assert status(TODAY, "running") == {"silta"}
    assert status(TODAY, "ended", "upcoming") == {"aito", "turva"}
    assert status(TODAY, NOT_STATED) == {"tyhja"}
    assert status(TODAY + timedelta(days=300), "running") == {"turva"}


def test_facet_numbers(engine):
    result = engine.search(EVERYTHING, facets=FACETS, today=TODAY)
    assert result.facets["type"] == {"project": 4, "publication": 1, "person": 1, "page": 1}
    assert result.facets["theme"] == {
        "work": 1, "integration": 2, "loneliness": 1, "safety": 1, NOT_STATED: 1,
    }  # fmt: skip
    assert result.facets["status"] == {"running": 1, "ended": 1, "upcoming": 1, NOT_STATED: 1}
    assert result.facets["municipality"] == {}


def test_a_choice_does_not_empty_its_own_facet(engine):
    filters = {"theme": ["work"], "status": ["running"]}
    result = engine.search(EVERYTHING, filters=filters, facets=FACETS, today=TODAY)
    assert result.total == 1
    assert result.facets["theme"] == {"work": 1, "integration": 1}
    assert result.facets["status"] == {"running": 1}
    assert result.facets["year"] == {"2023": 1, "2024": 1}


@pytest.mark.parametrize("words", ["", "maahanmuuttaja"])
def test_every_number_is_what_its_click_gives(engine, words):
    plan = make_question(words, "fi", engine).plan
    states = [{}, {"theme": ["integration"]}, {"status": ["running", "ended"], "year": ["2022"]}]
    for filters in states:
        numbers = engine.search(plan, filters=filters, facets=FACETS, today=TODAY).facets
        for name, values in numbers.items():
            for value, number in values.items():
                clicked = {**filters, name: [value]}
                total = engine.search(plan, filters=clicked, today=TODAY, limit=1).total
                assert total == number, (filters, name, value)


@pytest.mark.parametrize(
    ("sort", "start"),
    [
        ("newest", ["turva", "silta", "opas", "aito"]),
        ("ending", ["silta"]),
        ("title", ["aito", "person", "opas", "silta", "turva", "tyhja", "yhteys"]),
    ],
)
def test_order(engine, sort, start):
    assert find(engine, "", sort=sort)[: len(start)] == start


@pytest.mark.parametrize(
    ("locale", "titles"),
    [
        ("fi", "apina Apu Vesi Wesi zebra Zorro Åland ålänning Ähtäri äiti Öljy"),
        ("sv", "apina Apu Vesi Wesi zebra Zorro Åland ålänning Ähtäri äiti Öljy"),
        ("ar", "أسرة العمل بيت تعليم ثقافة Åland Apu Öljy zebra"),
    ],
)
def test_titles_are_in_the_alphabet_of_the_locale(empty, locale, titles):
    titles = titles.split()
    empty.index(document(f"{i * 7 % 11}", title, locale=locale) for i, title in enumerate(titles))
    empty.refresh()
    result = empty.search(Plan(locale), sort="title")
    assert [hit.title for hit in result.hits] == titles


def test_ended_projects_come_last_when_sorted_by_end(engine):
    assert find(engine, "", sort="ending", filters={"type": ["project"]})[-1] == "aito"


def test_pages_do_not_overlap_and_the_total_stays(engine):
    seen = []
    for offset in range(0, 8, 2):
        result = engine.search(EVERYTHING, sort="title", offset=offset, limit=2, today=TODAY)
        assert result.total == 7
        seen += [hit.id for hit in result.hits]
    assert seen == find(engine, "", sort="title")


@pytest.mark.parametrize("offset", [10**4, 10**6, 10**12])
def test_a_page_beyond_the_last_is_empty_but_counted(engine, offset):
    result = engine.search(EVERYTHING, facets=FACETS, offset=offset, today=TODAY)
    assert (result.hits, result.total) == ([], 7)
    assert result.facets["type"]["project"] == 4


def test_a_person_is_gone_the_day_after(engine):
    tomorrow = TODAY + timedelta(days=1)
    plan = make_question("mallikas", "fi", engine).plan
    assert engine.search(plan, today=TODAY).total == 1
    assert engine.search(plan, today=tomorrow, facets=("type",)).facets == {"type": {}}
    assert engine.suggest("fi", "maija", today=TODAY)
    assert not engine.suggest("fi", "maija", today=tomorrow)
    assert engine.counts([plan, plan], tomorrow) == [0, 0]


def test_scan_gives_every_hit_in_the_same_order(engine):
    for words, sort in [("maahanmuuttaja", "relevance"), ("", "title"), ("", "ending")]:
        plan = make_question(words, "fi", engine).plan
        scanned = [hit.id for hit in engine.scan(plan, sort=sort, today=TODAY)]
        assert scanned == [hit.id for hit in engine.search(plan, sort=sort, today=TODAY).hits]
    narrowed = engine.scan(EVERYTHING, filters={"theme": ["work"]}, today=TODAY)
    assert [hit.id for hit in narrowed] == ["silta"]


def test_a_hit_is_shown_from_what_was_indexed(engine):
    hit = engine.search(make_question("S31001", "fi", engine).plan, today=TODAY).hits[0]
    source = DOCUMENTS[0]
    assert (hit.key, hit.title, hit.lead, hit.url) == (
        source.key, source.title, source.lead, source.url,
    )  # fmt: skip
    assert (hit.start, hit.end, hit.published) == (source.start, source.end, source.published)
    assert hit.facets == source.facets
    assert hit.text.startswith("Maahanmuuttajien")
    assert hit.score > 0


def test_counts_in_other_locales(engine):
    plans = [make_question("S31001", locale).plan for locale in ("fi", "sv", "ar")]
    assert engine.counts(plans, TODAY) == [1, 1, 0]
    assert engine.counts([]) == []
