"""What other rooms show on the home page, without the home page knowing them.

A room registers a section in its ``AppConfig.ready``::

    from cms.core import sections
    sections.register("projects", order=10, template="components/home_projects.html",
                      get_context=home_section)

``get_context(page, request)`` gives the template's own names, or ``None`` to show nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    name: str
    order: int
    template: str
    get_context: Callable


_sections: dict[str, Section] = {}


def register(name: str, *, order: int, template: str, get_context: Callable) -> None:
    """Add the section, or replace the one with this name."""
    _sections[name] = Section(name, order, template, get_context)


def sections_for(page, request) -> list[tuple[Section, dict]]:
    """The sections to show, in order, each with its context."""
    chosen = []
    for section in sorted(_sections.values(), key=lambda section: (section.order, section.name)):
        context = section.get_context(page, request)
        if context is not None:
            chosen.append((section, context))
    return chosen
