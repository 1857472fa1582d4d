"""Pictures, tables and hits say the same, whatever is chosen: counted anew from plain facts."""

import random
import re
from collections import OrderedDict
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.http import QueryDict

from projects.models import FundingRole, OrganisationRole
from projects.models.sums import AmountKind, AmountSource
from projects.pictures import files, making, money, rows
from projects.public import Facts, addresses, facets, registers
from projects.public.catalogue import Catalogue, Words
from projects.public.filters import ProjectFilters
from tests.factories import OrganisationFactory, ProgrammeFactory, ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TODAY = date(2026, 6, 1)


def invented(number: int, chance: random.Random, records: dict) -> Facts:
    """Some tell everything, some nothing; sums of several moments, years and sources."""
    facts = Facts(UUID(int=number + 1))
    if chance.random() < 0.85:
        facts.start_date = date(chance.randint(2000, 2026), chance.randint(1, 12), 1)
        if chance.random() < 0.8:
            facts.end_date = facts.start_date + timedelta(days=chance.randint(1, 2000))
        if facts.end_date and chance.random() < 0.2:
            facts.extension_end_date = facts.end_date + timedelta(days=200)
    facts.municipalities = [
        (pk,) for pk in chance.sample(records["towns"], chance.choice((0, 1, 3)))
    ]
    facts.regions = [(pk,) for pk in chance.sample(records["regions"], chance.choice((0, 0, 1)))]
    facts.themes = [(pk,) for pk in chance.sample(records["themes"], chance.choice((0, 1, 2)))]
    facts.programme_id = chance.choice([None, *records["programmes"]])
    facts.organisations = [(chance.choice(records["funders"]), OrganisationRole.LEAD, None, None)]
    for pk in chance.sample(records["funders"], chance.choice((0, 1, 2, 3))):
        for kind in chance.sample(["", *AmountKind], chance.choice((1, 1, 2))):
            amount = chance.choice([None, Decimal(chance.randint(1, 10**7)) / 100])
            facts.funding.append((pk, FundingRole.MAIN, amount, str(kind), None))
    if chance.random() < 0.3:
        whole = Decimal(chance.randint(10**6, 10**8)) / 100
        facts.amounts = [(AmountSource.TOTAL, AmountKind.GRANTED, None, whole)]
    return facts


@pytest.fixture
def known(monkeypatch):
    shelf, chance = registers(), random.Random(13)
    records = {
        "towns": list(shelf.municipalities)[:60],
        "regions": list(shelf.regions),
        "themes": [ThemeFactory(slug=f"teema-{number}").pk for number in range(5)],
        "programmes": [ProgrammeFactory().pk for _number in range(4)],
        "funders": [OrganisationFactory().pk for _number in range(9)],
    }
    found = Catalogue.__new__(Catalogue)
    each = [invented(number, chance, records) for number in range(500)]
    found.facts = {facts.key: facts for facts in each}
    found.keys = list(found.facts)
    found.pages = {
        key: {"fi": Words("fi", number, f"Hanke {number}", "", f"/etusivu/hankkeet/{number}/")}
        for number, key in enumerate(found.keys)
    }
    found.places = {key: place for place, key in enumerate(found.keys)}
    found.everything = (1 << len(found.keys)) - 1
    found._orders, found._dated, found.worked_out = {}, {}, OrderedDict()
    for room in (rows, money, facets, addresses):
        monkeypatch.setattr(room, "catalogue", lambda: found)
    sums = [money.money_of(found.facts[key]) for key in found.keys]
    for room in (rows, money):
        monkeypatch.setattr(room, "all_money", lambda: sums)
    return found


def asked(chance: random.Random, known: Catalogue) -> ProjectFilters:
    query, masks = QueryDict(mutable=True), known.masks_on(TODAY)
    for name in chance.sample(sorted(masks.keys() - {"named_region"}), chance.choice((0, 1, 1, 2))):
        if masks[name]:
            query.setlist(name, chance.sample(sorted(masks[name]), min(2, len(masks[name]))))
    return ProjectFilters.parse(query)


def test_pictures_and_tables_agree_with_the_hits_and_with_each_other(known):
    chance, lengths = random.Random(7), set()
    for _turn in range(200):
        mask = known.found(asked(chance, known), TODAY)
        hits = [known.facts[key] for key in known.keys if mask >> known.places[key] & 1]
        lengths.add(len(hits))
        told = [money.money_of(facts) for facts in hits]
        whole = sum((each.total for each in told if each.total is not None), Decimal(0))
        unknown = sum(each.total is None for each in told)
        for by in ("programme", "start"):
            found = making.MONEY[by](mask, "fi")
            assert sum(row.count for row in found) == len(hits)
            assert sum(row.money.known for row in found) == whole
            assert sum(row.money.unknown for row in found) == unknown
        funders = making.MONEY["funder"](mask, "fi")
        assert sum(row.money.known for row in funders) == whole
        for row in rows.by_place(mask, "region", "fi"):
            own = [
                facts for facts in hits if row.value in (facts.facets().get("region") or ["none"])
            ]
            assert row.count == len(own)
            assert row.money.unknown == sum(money.money_of(facts).total is None for facts in own)
        _agrees(making.map_of(mask, "fi"))
        spans, untold = rows.spans(mask, "fi", TODAY)
        assert sum(span.count for span in spans) + untold == len(hits)
    assert len(lengths) > 50


def _agrees(picture) -> None:
    """What is drawn is what the table says."""
    drawn = dict(re.findall(r'aria-label="([^"]+): (\d+) hank', picture.svg))
    table = {row[0].text: row[1].text for row in picture.rows if row[0].url}
    assert drawn == table
    assert len(files.table(picture).strip().splitlines()) == len(picture.rows) + 1


def test_what_is_not_known_is_never_zero():
    moment = money.one_moment
    assert moment([]) is None
    assert moment([("applied", None, Decimal(9))]) is None
    assert moment([("granted", None, None)]) is None
    assert moment([("realised", None, Decimal(3)), ("granted", None, Decimal(5))]) == 5
    assert moment([("", 2024, Decimal(2)), ("", 2025, Decimal(3))]) == 5
    assert moment([("", None, Decimal(4)), ("", 2025, Decimal(3))]) == 4
    assert moment([("planned", None, Decimal(0))]) == 0
