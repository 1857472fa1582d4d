"""In any state, the number beside a value is the number of hits with that value."""

import random
from datetime import date

import pytest

from search.documents import FACETS, NOT_STATED
from search.engines.base import Plan
from search.query import make_question

from .conftest import ENGINES, LOCALES, empty_engine
from .documents import TODAY, document

VALUES = {
    "theme": ["work", "home", "health"],
    "target_group": ["young", "old"],
    "region": ["18", "19", "13"],
    "municipality": ["205", "240"],
    "funder": ["fund-a", "fund-b", "fund-c"],
    "programme": ["esf", "amif"],
    "year": ["2021", "2022", "2023"],
    "language": ["fi", "sv"],
}
QUERIES = ["", "kotoutuminen", "vertaisryhmä työ", "kotoutumnen"]
STATES = 200


def documents(draw: random.Random):
    for number in range(80):
        facets = {name: draw.sample(found, draw.randint(0, 2)) for name, found in VALUES.items()}
        start = draw.choice([None, date(2021, 1, 1), date(2024, 1, 1), date(2025, 1, 1)])
        end = draw.choice([None, date(2023, 1, 1), date(2026, 1, 1)]) if start else None
        text = draw.choice(["Kotoutumista vertaisryhmässä.", "Työtä nuorille.", "Retkiä."])
        for locale in LOCALES:
            yield document(
                f"{number}-{locale}",
                f"Hanke {number}",
                text,
                locale=locale,
                language="fi",
                key=str(number),
                type="project" if number % 5 else "publication",
                facets=facets,
                start=start,
                end=end,
            )


@pytest.fixture(scope="module", params=ENGINES)
def varied(request, django_db_blocker):
    with django_db_blocker.unblock(), empty_engine(request) as engine:
        engine.index(documents(random.Random(11)))
        engine.refresh()
        yield engine


def test_every_number_is_what_its_value_gives(varied, django_db_blocker):
    draw, filters, query, not_stated = random.Random(7), {}, "", 0
    with django_db_blocker.unblock():
        for _state in range(STATES):
            plan = make_question(query, "fi", varied).plan
            numbers = varied.search(plan, filters=filters, facets=FACETS, today=TODAY).facets
            name = draw.choice([name for name in FACETS if numbers[name]])
            value = draw.choice(list(numbers[name]))
            clicked = {**filters, name: [value]}
            hits = varied.search(plan, filters=clicked, limit=1, today=TODAY).total
            assert hits == numbers[name][value], (query, filters, name, value)
            not_stated += value == NOT_STATED
            filters = {**filters, name: list({*filters.get(name, ()), value})}
            if len(filters) > 4 or not hits:
                filters, query = {}, draw.choice(QUERIES)
    assert not_stated > STATES / 50


def test_totals_agree_across_locales(varied, django_db_blocker):
    with django_db_blocker.unblock():
        first, *others = (
            varied.search(Plan(locale), facets=FACETS, today=TODAY) for locale in LOCALES
        )
    assert all((each.total, each.facets) == (first.total, first.facets) for each in others)
    assert first.total == 80
