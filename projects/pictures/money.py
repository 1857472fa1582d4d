"""What counts as the money of a project, so that sums of many are true.

Sums of different moments of a grant's life are never added together: of each funder, and of the
whole, what was granted counts (or is told without a moment), else what was realised, else what is
planned. What was only applied for is no money. What is not known is unknown and never zero.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from cms.core.content_epoch import held

from ..models.sums import AmountKind, AmountSource
from ..public import Facts, registers
from ..public.catalogue import catalogue

MOMENTS = (AmountKind.GRANTED, AmountKind.REALISED, AmountKind.PLANNED)
WHOLES = (AmountSource.TOTAL, AmountSource.PUBLIC, AmountSource.EU_AND_STATE)


@dataclass(slots=True)
class Money:
    """In euro. ``by_funder``: ``None`` for a funder whose part is not known.

    ``total``: ``None`` where nothing is known; never less than what funders are known to give.
    """

    total: Decimal | None
    by_funder: dict[UUID, Decimal | None] = field(default_factory=dict)

    @property
    def of_funders(self) -> Decimal:
        known = (amount for amount in self.by_funder.values() if amount is not None)
        return sum(known, Decimal(0))

    @property
    def untold(self) -> Decimal | None:
        """What of the total no funder is told to give."""
        return None if self.total is None else self.total - self.of_funders


def one_moment(rows: Iterable[tuple[str, int | None, Decimal | None]]) -> Decimal | None:
    """Of (kind, year, amount): the sum of the first moment that is known.

    A sum of the whole time stands for those of its years.
    """
    known: dict[str, dict[int | None, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for kind, year, amount in rows:
        if amount is not None:
            known[kind or AmountKind.GRANTED][year] += amount
    for moment in MOMENTS:
        if moment in known:
            years = known[moment]
            return years[None] if None in years else sum(years.values(), Decimal(0))
    return None


def money_of(facts: Facts) -> Money:
    keys, lines = registers().organisations.keys, defaultdict(list)
    for pk, _role, amount, kind, year in facts.funding:
        if pk in keys:
            lines[keys[pk]].append((kind, year, amount))
    money = Money(None, {key: one_moment(rows) for key, rows in lines.items()})
    told = [_whole(facts, source) for source in WHOLES]
    told.append(facts.realised_public_funding)
    whole = next((amount for amount in told if amount is not None), None)
    given = [amount for amount in money.by_funder.values() if amount is not None]
    sums = ([whole] if whole is not None else []) + ([money.of_funders] if given else [])
    money.total = max(sums, default=None)
    return money


def _whole(facts: Facts, source: str) -> Decimal | None:
    return one_moment(
        (kind, year, amount) for name, kind, year, amount in facts.amounts if name == source
    )


@held
def all_money() -> list[Money]:
    """Of every public project, by its place in the catalogue."""
    known = catalogue()
    return [money_of(known.facts[key]) for key in known.keys]


@dataclass(slots=True)
class Sum:
    """Of several projects: ``known`` euro, and how many of them do not tell."""

    known: Decimal = Decimal(0)
    projects: int = 0
    unknown: int = 0

    def add(self, amount: Decimal | None) -> None:
        self.projects += 1
        if amount is None:
            self.unknown += 1
        else:
            self.known += amount

    @property
    def is_known(self) -> bool:
        return self.unknown < self.projects


def sum_of(places: Iterable[int]) -> Sum:
    found, known = Sum(), all_money()
    for place in places:
        found.add(known[place].total)
    return found
