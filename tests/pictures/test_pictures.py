"""Pictures on pages and as files."""

import gzip
import re
from datetime import date
from xml.etree import ElementTree

import pytest

from projects.pictures import map as maps
from projects.pictures.making import map_of, timeline_of
from projects.pictures.outlines import outlines
from projects.pictures.rows import by_place
from projects.public.catalogue import catalogue
from tests.factories import OrganisationFactory, ProjectFactory, project_index

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def projects():
    index = project_index()
    funder = OrganisationFactory(name="Lounaisrannan <rahasto> & kumppanit")
    days = {"start_date": date(2020, 1, 1), "end_date": date(2021, 12, 31)}
    ProjectFactory(
        parent=index,
        title="Silta <b>",
        municipalities=["205"],
        funding=[(funder, "main", 10)],
        **days,
    )
    ProjectFactory(parent=index, title="Saari", municipalities=["478"], regions=["18"])
    ProjectFactory(parent=index, title="Ei mitään")
    return index


def zipped(text: str) -> int:
    return len(gzip.compress(text.encode()))


def test_maps_are_small(projects):
    everything = catalogue().everything
    assert zipped(map_of(everything, "fi").svg) <= 12_000
    towns = by_place(everything, "municipality", "fi")
    assert len([row for row in towns if row.value in outlines()["municipality"]]) == 308
    assert zipped(maps.draw(towns, "municipality", "projects", "Kunnat", "x")) <= 25_000


def test_areas_with_projects_are_links_in_the_order_of_the_alphabet(client, projects):
    page = client.get("/fi/hankkeet/?view=map").content.decode()
    drawing = page[page.index('class="map ') :].partition("</svg>")[0]
    labels = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"', drawing)
    assert [label for _url, label in labels] == ["Ahvenanmaa: 1 hanke", "Kainuu: 2 hanketta"]
    assert labels[1][0].endswith("/hankkeet/?region=18")
    assert "CC BY 4.0" in page


@pytest.mark.parametrize("view", ["map", "map-money", "timeline", "money-funder", "money-start"])
def test_what_people_wrote_stays_words(client, projects, view):
    page = client.get(f"/fi/hankkeet/?view={view}").content.decode()
    assert "<rahasto>" not in page
    assert "Silta <b>" not in page


@pytest.mark.parametrize("name", ["map", "map-money", "map-18", "timeline", "money-funder"])
def test_files_stand_alone(client, projects, name):
    drawing = client.get(f"/fi/kuvat/{name}.svg")
    root = ElementTree.fromstring(drawing.content)
    assert root.tag.endswith("svg")
    assert not [each for each in root.iter() if "href" in each.attrib]
    table = client.get(f"/fi/kuvat/{name}.csv?municipality=205").content.decode()
    assert len(table.splitlines()) == 2


def test_other_names_are_not_found(client, projects):
    for name in ("x", "map-99", "map-xx", "money-x"):
        assert client.get(f"/fi/kuvat/{name}.svg").status_code == 404


def test_five_have_a_bar_each_and_many_are_told_by_year(projects):
    assert [row[1].plain for row in timeline_of(catalogue().everything, "fi").rows] == [1]
    for number in range(41):
        ProjectFactory(title=f"Hanke {number}", start_date=date(2010 + number % 3, 1, 1))
    shown = timeline_of(catalogue().everything, "fi")
    assert [row[0].text for row in shown.rows] == ["2010", "2011", "2012", "2020"]


def test_the_numbers_can_be_embedded_anywhere_and_nothing_else_can(client, projects):
    page = client.get("/en/luvut/")
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    for told in (b"Projects whose money is not known: 2.", b"Projects without a place: 1."):
        assert told in page.content
    frame = client.get("/en/luvut/upotus/")
    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame
    assert not frame.cookies
    assert b"<script" not in frame.content


def test_a_site_without_projects_has_nothing_to_show(client):
    project_index()
    for address in ("luvut/", "luvut/upotus/", "hankkeet/?view=map", "kuvat/map.svg"):
        assert client.get(f"/fi/{address}").status_code == 200
