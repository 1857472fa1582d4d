"""Open data of every search: all hits, in the reader's language, with stable identifiers."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from search.question import SearchParameters
from search.service import ask

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def body(response) -> str:
    return b"".join(response.streaming_content).decode("utf-8-sig")


def test_csv_holds_every_hit_beyond_a_page(client, large_site):
    response = client.get("/fi/haku/hits.csv", {"type": "project"})
    assert response.streaming
    rows = list(csv.DictReader(io.StringIO(body(response))))
    assert (
        len(rows) == ask(SearchParameters(facets={"type": ("project",)}), "fi").result.total == 24
    )
    row = next(row for row in rows if "HANKE1" in row["Koodit"])
    assert row["id"] == str(large_site[1].translation_key)
    assert row["Rahoittaja"] == "Rahasto 1"
    assert row["Osoite"].startswith("http://testserver/fi/hankkeet/")


def test_csv_columns_are_in_the_language_asked_for(client, site):
    finnish = body(client.get("/fi/haku/hits.csv")).splitlines()[0]
    swedish = body(client.get("/sv/haku/hits.csv")).splitlines()[0]
    assert "Rahoittaja" in finnish
    assert "Finansiär" in swedish
    assert finnish.split(",")[0] == swedish.split(",")[0] == "id"


def test_a_cell_is_never_a_formula(client, commit, site):
    site[0].title = '=HYPERLINK("https://example.net")'
    commit(lambda: site[0].save_revision().publish())
    titles = [
        row["Otsikko"] for row in csv.DictReader(io.StringIO(body(client.get("/fi/haku/hits.csv"))))
    ]
    assert '\'=HYPERLINK("https://example.net")' in titles


def test_json_gives_identifiers_and_names(client, site):
    found = json.loads(body(client.get("/en/haku/hits.json", {"q": "HANKE1"})))["results"]
    assert found[0]["codes"] == ["HANKE1"] or "HANKE1" in found[0]["codes"]
    assert {"id", "name"} == set(found[0]["funder"][0])


def test_atom_follows_a_search_and_names_no_person(client, site):
    response = client.get("/fi/haku/hits.atom", {"region": "18"})
    feed = ElementTree.fromstring(response.content)
    entries = feed.findall(f"{ATOM}entry")
    hits = ask(SearchParameters(facets={"region": ("18",)}), "fi").result
    assert len(entries) == hits.total > 0
    assert "Kainuu" in feed.findtext(f"{ATOM}title")
    everything = client.get("/fi/haku/hits.atom").content.decode()
    assert "Aino Esimerkki" not in everything
