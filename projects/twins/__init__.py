"""Which known organisation, person, programme, theme, target group or project this is likely to be.

``organisations("Kylät ry", business_id="…", user=request.user)`` asks once; for many questions
``Organisations(user)`` reads the register once and ``.twins(…)`` asks it. Nobody is shown a record
that she may not see: ``user`` is who asks, None is a command that sees everything.
"""

from typing import Any

from .kinds import (
    SURE,
    Known,
    Organisations,
    People,
    Programmes,
    Reason,
    TargetGroups,
    Themes,
    Twin,
)
from .pages import Projects

__all__ = [
    "KINDS",
    "SURE",
    "Known",
    "Organisations",
    "People",
    "Programmes",
    "Projects",
    "Reason",
    "TargetGroups",
    "Themes",
    "Twin",
    "organisations",
    "people",
    "projects",
]

KINDS: dict[type, type[Known]] = {
    kind.model: kind for kind in (Organisations, People, Programmes, Themes, TargetGroups, Projects)
}
"""By model."""


def organisations(
    name: str = "", *, business_id: str = "", email: str = "", user: Any = None
) -> list[Twin]:
    return Organisations(user).twins(name, business_id=business_id, email=email)


def people(name: str = "", *, email: str = "", user: Any = None) -> list[Twin]:
    return People(user).twins(name, email=email)


def projects(title: str = "", *, code: str = "", user: Any = None) -> list[Twin]:
    return Projects(user).twins(title, code=code)
