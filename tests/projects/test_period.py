from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import translation

from projects.public.period import Period

TODAY = date(2026, 6, 15)


def period(start=None, end=None, extension=None, precision="day"):
    return Period.of(
        SimpleNamespace(
            start_date=start,
            end_date=end,
            extension_end_date=extension,
            date_precision=precision,
        )
    )


@pytest.mark.parametrize(
    ("language", "precision", "expected"),
    [
        ("fi", "day", "1.2.2018–31.12.2019"),
        ("sv", "day", "1.2.2018–31.12.2019"),
        ("en", "day", "1 February 2018 – 31 December 2019"),
        ("fi", "month", "2/2018–12/2019"),
        ("en", "month", "February 2018 – December 2019"),
        ("fi", "year", "2018–2019"),
        ("ar", "year", "\u200f2018–2019"),
    ],
)
def test_as_exactly_as_it_is_known(language, precision, expected):
    with translation.override(language):
        assert period(date(2018, 2, 1), date(2019, 12, 31), None, precision).planned == expected


def test_months_of_one_year_share_it():
    with translation.override("fi"):
        extended = period(date(2021, 3, 1), date(2023, 5, 31), date(2023, 9, 30), "month")
        assert extended.planned == "3/2021–5/2023"
        assert extended.extension == "6–9/2023"
        assert extended.years == "2021–2023"


@pytest.mark.parametrize("language", ["fi", "sv", "en", "ru", "ar", "so", "fi-simple"])
def test_half_a_period_is_words(language):
    with translation.override(language):
        assert "2024" in period(date(2024, 1, 1)).years
        assert "2017" in period(end=date(2017, 12, 31)).planned
        assert period().planned == period().years == ""
        assert not period()


def test_the_bar_marks_the_extension_and_today():
    bar = period(date(2026, 1, 1), date(2026, 9, 30), date(2026, 12, 31)).bar(TODAY)
    assert bar.planned + bar.extension == pytest.approx(100)
    assert bar.planned == pytest.approx(273 / 365 * 100, abs=0.01)
    assert 0 < bar.now < bar.planned


@pytest.mark.parametrize(
    "dates",
    [(), (None, date(2020, 1, 1)), (date(2021, 1, 1), date(2020, 1, 1))],
)
def test_nothing_is_drawn_of_what_is_not_known(dates):
    assert period(*dates).bar(TODAY) is None


def test_a_project_without_an_end_has_an_open_bar():
    assert period(date(2020, 1, 1)).bar(TODAY).open_end
