"""What a visitor is told of a project, piece by piece: terms, organisations in roles, money."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from cms.core import formatting

from ..models.organisations import Organisation
from ..models.relations import FundingRole, OrganisationRole
from ..models.sums import AmountKind, AmountSource


@dataclass(frozen=True)
class Term:
    """A value to filter by, with its name and the language that the name is in."""

    value: str
    label: str
    language: str


@dataclass(frozen=True)
class RoleGroup:
    role: OrganisationRole
    parts: list = field(default_factory=list)

    organisations = property(lambda self: [part.organisation for part in self.parts])


@dataclass(frozen=True)
class Funding:
    organisation: Organisation
    role: FundingRole
    amount: Decimal | None
    kind: str = ""
    year: int | None = None

    # "Granted 2024": what a further amount of the same funder is told by.
    @property
    def told(self) -> str:
        kind = AmountKind(self.kind).label if self.kind else ""
        return " ".join(str(part) for part in (kind, self.year) if part)


@dataclass(frozen=True)
class Sum:
    source: AmountSource
    kind: AmountKind
    year: int | None
    amount: Decimal


@dataclass(frozen=True)
class Part:
    """An organisation in a role; ``period`` if it takes part in less than all of the project."""

    organisation: Organisation
    role: str
    start: date | None = None
    end: date | None = None

    period = property(lambda self: formatting.period(self.start, self.end, "day"))
