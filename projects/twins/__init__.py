"""Which known organisation, person, programme, theme, target group or project this is likely to be.

``organisations("Kylät ry", business_id="…", user=request.user)`` asks once; for many questions
``Organisations(user)`` reads the register once and ``.twins(…)`` asks it. Nobody is shown a record
that she may not see: ``user`` is who asks, None is a command that sees everything.
"""

from typing import Any

from django.db.models import Model
from wagtail.models import Page

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
    "of_thing",
    "organisations",
    "people",
    "projects",
]

KINDS: dict[type, type[Known]] = {
    kind.model: kind for kind in (Organisations, People, Programmes, Themes, TargetGroups, Projects)
}
"""By model."""


def of_thing(thing: Model, user: Any) -> list[Twin]:
    """Twins of what is there already."""
    known = KINDS[type(thing)](user)
    name = thing.title if isinstance(thing, Page) else thing.name
    marks = {reason: getattr(thing, field) for reason, field in known.marks.items()}
    return known.twins(name, but=thing.translation_key, **marks)


def organisations(
    name: str = "", *, business_id: str = "", email: str = "", user: Any = None
) -> list[Twin]:
    return Organisations(user).twins(name, business_id=business_id, email=email)


def people(name: str = "", *, email: str = "", user: Any = None) -> list[Twin]:
    return People(user).twins(name, email=email)


def projects(title: str = "", *, code: str = "", user: Any = None) -> list[Twin]:
    return Projects(user).twins(title, code=code)
