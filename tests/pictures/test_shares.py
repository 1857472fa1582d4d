"""The shares of one project's money, on its page and as files."""

import re

import pytest

from tests.factories import LocaleFactory, OrganisationFactory, ProjectFactory, project_index

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def funders():
    return [OrganisationFactory(name=name) for name in ("Iso rahasto", "Pieni <b>", "Kunta")]


def project(funders, amounts, **facts):
    lines = [(funder, "main", amount) for funder, amount in zip(funders, amounts, strict=False)]
    return ProjectFactory(parent=project_index(), title="Silta", funding=lines, **facts)


def figure(client, page, language="fi") -> str:
    shown = client.get(f"/{language}/hankkeet/{page.slug}/").content.decode()
    found = re.search(r'<figure class="picture picture--shares".*?</figure>', shown, re.DOTALL)
    return found[0] if found else ""


def files(client, figure) -> list:
    return [client.get(url) for url in re.findall(r'<a href="([^"]+)" download>', figure)]


def test_shares_are_bars_a_table_and_files(client, funders):
    shown = figure(client, project(funders, (75_000, 25_000)))
    assert 'width="75.00%"' in shown
    assert "75\xa0000\xa0€ (75\xa0%)" in shown
    assert "25\xa0%" in shown
    assert "Pieni &lt;b&gt;" in shown
    assert "Yhteensä: 100\xa0000\xa0€." in shown
    svg, table = files(client, shown)
    assert svg["Content-Type"].startswith("image/svg+xml")
    lines = table.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Rahoittaja,Summa,Osuus"
    assert lines[1] == "Iso rahasto,75000.00,75\xa0%"


def test_bars_begin_where_reading_does(client, funders):
    LocaleFactory(language_code="ar")
    page = project(funders, (75_000, 25_000))
    file = client.get(f"/ar/kuvat/{page.translation_key}.svg").content.decode()
    assert re.findall(r'<rect x="([^"]+)"[^>]*width="([^"]+)" class="bars__bar"', file) == [
        ("25.00%", "75.00%"),
        ("75.00%", "25.00%"),
    ]


def test_what_no_funder_is_told_to_give_is_a_share_of_its_own(client, funders):
    shown = figure(client, project(funders, (60_000,), realised_public_funding=80_000))
    assert "75\xa0%" in shown
    assert "25\xa0%" in shown


@pytest.mark.parametrize("amounts", [(), (5,), (None, None), (5, None), (0, 0)])
def test_there_is_no_picture_where_shares_cannot_be_told(client, funders, amounts):
    page = project(
        funders, amounts, realised_public_funding=90 if amounts == (None, None) else None
    )
    assert figure(client, page) == ""
    assert client.get(f"/fi/kuvat/{page.translation_key}.svg").status_code == 404


def test_another_language_reads_it_and_nobody_a_draft(client, funders):
    LocaleFactory(language_code="ar")
    page = project(funders, (75_000, 25_000))
    shown = client.get(f"/ar/kuvat/{page.translation_key}.csv").content.decode()
    assert "Iso rahasto" in shown
    page.unpublish()
    assert client.get(f"/ar/kuvat/{page.translation_key}.csv").status_code == 404


@pytest.mark.parametrize("key", ["x", "0" * 36, "0" * 32, "00000000-0000-0000-0000-000000000000"])
def test_an_address_that_names_nothing_is_not_found(client, funders, key):
    project_index()
    assert client.get(f"/fi/kuvat/{key}.svg").status_code == 404
