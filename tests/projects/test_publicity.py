import re
from itertools import pairwise
from math import cos, dist, isclose, pi, sin
from pathlib import Path

import pytest
from django.conf import settings

from projects.models import PublicityRule
from projects.models.organisations import Fund
from projects.public.publicity import FUNDS, publicity_of
from tests.factories import ProgrammeFactory

EMBLEM = Path(settings.BASE_DIR) / "cms" / "static" / "img" / "eu-emblem.svg"
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize(
    ("rule", "language", "statement", "shown_in"),
    [
        (PublicityRule.EU_2021_FUNDED, "fi", "Euroopan unionin rahoittama", "fi"),
        (PublicityRule.EU_2021_COFUNDED, "fi", "Euroopan unionin osarahoittama", "fi"),
        (PublicityRule.EU_2021_FUNDED, "sv", "Finansieras av Europeiska unionen", "sv"),
        (PublicityRule.EU_2021_COFUNDED, "sv", "Medfinansieras av Europeiska unionen", "sv"),
        (PublicityRule.EU_2021_FUNDED, "en", "Funded by the European Union", "en"),
        (PublicityRule.EU_2021_COFUNDED, "en", "Co-funded by the European Union", "en"),
        (PublicityRule.EU_2021_COFUNDED, "fi-simple", "Euroopan unionin osarahoittama", "fi"),
        (PublicityRule.EU_2021_COFUNDED, "so", "Co-funded by the European Union", "en"),
        (PublicityRule.EU_2014, "fi", "Euroopan unioni", "fi"),
        (PublicityRule.EU_2014, "sv", "Europeiska unionen", "sv"),
        (PublicityRule.EU_2014, "so", "European Union", "en"),
    ],
)
def test_the_official_words(rule, language, statement, shown_in):
    publicity = publicity_of(ProgrammeFactory(publicity=rule, fund=Fund.ESF), language)
    assert publicity.has_emblem
    assert (publicity.statement, publicity.language) == (statement, shown_in)


@pytest.mark.parametrize("language", ["fi", "sv", "en", "ru", "ar", "so", "fi-simple"])
@pytest.mark.parametrize("fund", [fund for fund in Fund if fund])
def test_2014_names_the_fund_and_2021_names_none(fund, language):
    old = ProgrammeFactory(publicity=PublicityRule.EU_2014, fund=fund)
    new = ProgrammeFactory(publicity=PublicityRule.EU_2021_FUNDED, fund=fund)
    assert publicity_of(old, language).fund
    assert not publicity_of(new, language).fund


def test_the_funds_of_the_samples():
    assert FUNDS[Fund.ESF]["fi"] == "Euroopan sosiaalirahasto"
    assert FUNDS[Fund.AMIF]["fi"] == "Turvapaikka-, maahanmuutto- ja kotouttamisrahasto"


def test_other_programmes_have_their_own_statement_or_none():
    stea = ProgrammeFactory(own_statement="STEAn tuella")
    publicity = publicity_of(stea, "sv")
    assert (publicity.statement, publicity.language) == ("STEAn tuella", "fi")
    assert not publicity.has_emblem
    assert publicity_of(ProgrammeFactory(), "fi") is None
    assert publicity_of(None, "fi") is None


def test_no_catalogue_can_change_them():
    """The official words are no messages: not one of them goes through gettext."""
    source = (Path(settings.BASE_DIR) / "projects" / "public" / "publicity.py").read_text()
    assert "gettext" not in source


def test_the_emblem_has_the_official_geometry():
    svg = EMBLEM.read_text()
    width, height = map(float, re.search(r'viewBox="0 0 (\d+) (\d+)"', svg).groups())
    assert isclose(width / height, 3 / 2)
    assert "#003399" in svg
    assert "#ffcc00" in svg
    stars = re.findall(r'points="([^"]+)"', svg)
    assert len(stars) == 12
    centre = (width / 2, height / 2)
    for hour, star in enumerate(stars):
        points = [tuple(map(float, point.split(","))) for point in star.split()]
        assert len(points) == 10
        angle = hour * pi / 6
        middle = (
            centre[0] + height / 3 * sin(angle),
            centre[1] - height / 3 * cos(angle),
        )
        outer = points[::2]
        for point in outer:
            assert isclose(dist(point, middle), height / 18, abs_tol=0.02)
        # One point upright, and the sides of a regular pentagram.
        assert isclose(outer[0][0], middle[0], abs_tol=0.02)
        assert outer[0][1] < middle[1]
        sides = [dist(*pair) for pair in pairwise(points)]
        assert max(sides) - min(sides) < 0.05
