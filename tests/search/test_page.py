"""The search page: true counts, any input, few queries, and help when little is found."""

import random
import re

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.documents import FACETS
from search.models import MissedSearch, Promotion, SynonymGroup
from search.question import SearchParameters
from search.service import ask

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/fi/haku/"


def total(response) -> int:
    return response.context["listing"].total


def test_every_count_is_what_a_click_gives(large_site):
    """200 random states: the count beside a value is the number of hits with that value alone."""
    draw = random.Random(7)
    state, checked = SearchParameters(), 0
    while checked < 200:
        counts = ask(state, "fi").result.facets
        choices = [(name, value) for name, values in counts.items() for value in values]
        name, value = draw.choice(choices)
        others = {facet: v for facet, v in state.facets.items() if facet != name}
        clicked = SearchParameters(state.query, {**others, name: (value,)})
        assert ask(clicked, "fi").result.total == counts[name][value], (state, name, value)
        checked += 1
        state = (
            clicked
            if len(clicked.facets) < 4
            else SearchParameters(draw.choice(["", "kotoutuminen", "hanke"]))
        )


def test_several_values_of_a_facet_are_either(site):
    counts = ask(SearchParameters(), "fi").result.facets["region"]
    both = SearchParameters(facets={"region": ("18", "19")})
    assert ask(both, "fi").result.total == counts["18"] + counts["19"]


@pytest.mark.parametrize("locale", ["sv", "en", "ar"])
def test_totals_agree_across_locales(site, locale):
    here, there = (ask(SearchParameters(), code).result for code in ("fi", locale))
    assert here.total == there.total
    assert here.facets == there.facets


@pytest.mark.parametrize("locale", ["fi", "sv", "en", "ar"])
def test_a_code_comes_first_in_every_locale(site, locale):
    for query in ("S22001", "s 22001", "HANKE1", "hanke1"):
        hits = ask(SearchParameters(query=query), locale).result.hits
        assert "HANKE1" in hits[0].codes, query


def test_inflected_words_are_found_and_marked(client, site):
    response = client.get(URL, {"q": "maahanmuuttaja työllistyminen"})
    assert total(response) > 9
    assert "<mark>Maahanmuuttajien</mark>" in response.content.decode()
    assert "<mark>työllistymistä</mark>" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "figure"), [("", 4), ("kotoutuminen", 8), ("kotoutumnen", 11), ("zzzz", 18)]
)
def test_few_queries_whatever_the_hits(client, site, query, figure, django_assert_max_num_queries):
    client.get(URL, {"q": "muu"})
    client.get(URL)
    with django_assert_max_num_queries(figure):
        client.get(URL, {"q": query})


def test_suggestions_cost_few_queries(client, site, django_assert_max_num_queries):
    client.get("/fi/haku/suggest/", {"q": "muu"})
    with django_assert_max_num_queries(3):
        answer = client.get("/fi/haku/suggest/", {"q": "raha"}).json()
    assert {"Rahasto 0", "Rahasto 1"} <= {item["label"] for item in answer["suggestions"]}


def test_did_you_mean(client, site):
    response = client.get(URL, {"q": "kotoutumnen"})
    assert response.context["outcome"].did_you_mean == "kotoutuminen"
    assert "?q=kotoutuminen" in response.content.decode()


def test_more_in_another_language(client, site):
    response = client.get("/sv/haku/", {"q": "immigrants"})
    links = response.context["elsewhere"]
    assert ("en", 3, "/en/haku/?q=immigrants") in links


def test_nothing_found_is_counted_without_the_visitor(client, site):
    client.get(URL, {"q": "Avaruuslento Marsiin"}, REMOTE_ADDR="203.0.113.9")
    client.get(URL, {"q": "avaruuslento marsiin"})
    client.get(URL, {"q": "nimi@example.org"})
    client.get(URL, {"q": "soita 040 123 4567"})
    row = MissedSearch.objects.get()
    assert (row.words, row.times, row.reported) == ("avaruuslento marsiin", 2, 0)
    answer = client.post("/fi/haku/missed/", {"q": "avaruuslento marsiin"})
    assert answer.status_code == 302
    assert MissedSearch.objects.get().reported == 1
    foreign = client.post("/fi/haku/missed/", {"q": "x"}, headers={"Origin": "https://example.net"})
    assert foreign.status_code == 403
    broken = client.post("/fi/haku/missed/", {"q": "x"}, headers={"Origin": "http://[bad"})
    assert broken.status_code == 403


def test_promoted_page_comes_first(commit, site):
    words = "kotoutumisen tuki, neuvonta"
    commit(Promotion.objects.create, language="fi", words=words, page=site[9])
    for words in ("kotoutumisen tuki", "neuvontaa"):
        hits = ask(SearchParameters(query=words), "fi").result.hits
        assert hits[0].title == site[9].title


def test_synonyms_of_staff(commit, site):
    assert ask(SearchParameters(query="duuni"), "fi").result.total == 0
    commit(SynonymGroup.objects.create, language="fi", words="duuni, työllistyminen")
    assert ask(SearchParameters(query="duunia"), "fi").result.total > 9


def test_htmx_gets_the_list_alone_and_history_the_page(client, site):
    whole = client.get(URL)
    part = client.get(URL, headers={"HX-Request": "true"})
    restored = client.get(URL, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert b"<html" in restored.content
    assert "HX-Request" in part["Vary"]


def test_the_address_holds_the_whole_state():
    query = "q=koti&type=project&region=18&region=19&sort=title&page=3"
    parameters = SearchParameters.from_query(QueryDict(query))
    assert parameters.query_string() == query
    assert parameters.toggled("region", "18").facets["region"] == ("19",)


ODD = [
    "q=" + "a" * 10_000,
    "q=%22%27%28%29%5B%5D%7B%7D*%3A%5E~",
    "q=%00&region=%00",
    "q=%F0%9F%98%80",
    "q=%E2%80%8F%E2%80%AE%D8%B9",
    "q=title:(foo+AND+NOT+bar)~2^5+OR+*:*",
    "q=%ED%A0%80",
    "page=-1",
    "page=1000000000",
    "page=%D9%A1",
    "sort=nonsense",
    "&".join(f"region={n}" for n in range(1000)),
    "type=-&status=-&year=-",
    "year=%C2%B2&year=%D9%A3&year=2024",
    "funder=not-a-uuid&theme=../../etc",
]


@pytest.mark.parametrize("name", ["results", "suggest", "hits-csv", "hits-json", "hits-atom"])
def test_any_input_gets_a_page(client, site, name):
    """One site for all of them: it takes longer to make than to ask."""
    with translation.override("fi"):
        address = reverse(f"search:{name}")
    refused = {}
    for query in ODD:
        response = client.get(f"{address}?{query}")
        if response.streaming:
            b"".join(response.streaming_content)
        if response.status_code != 200:
            refused[query[:24]] = response.status_code
    assert refused == {}


@given(
    query=st.text(max_size=400),
    facets=st.dictionaries(st.sampled_from(FACETS), st.lists(st.text(max_size=20), max_size=4)),
    page=st.text(max_size=12),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_gets_a_page(client, db, query, facets, page):
    query = query.encode("utf-8", "replace").decode()
    data = {"q": query, "page": page.encode("utf-8", "replace").decode()}
    for name, values in facets.items():
        data[name] = [value.encode("utf-8", "replace").decode() for value in values]
    assert client.get(URL, data).status_code == 200


def test_pages_of_results_are_all_different(client, large_site):
    seen = []
    for page in (1, 2):
        listing = client.get(URL, {"type": "project", "page": page}).context["listing"]
        seen += [hit.key for hit in listing.hits]
    assert len(seen) == len(set(seen)) == 24
    assert re.search(r'href="\?[^"]*page=2"', client.get(URL).content.decode())
