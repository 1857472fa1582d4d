"""What rooms show on the pages of rooms below them, which do not know of them.

The home page shows projects and publications, a project shows its publications, the contacts page
shows people; none of them imports the room that knows these. A room registers a section in its
``AppConfig.ready``::

    from cms.core import sections
    sections.register("projects", place="home", order=10,
                      template="components/home_projects.html", get_context=home_section)

and the page's template shows them with ``{% sections "home" %}`` (``core_tags``). Places in use:
``home``, ``contacts``, ``project`` (beside the facts of one project page).
``get_context(page, request)`` gives the names that the template adds to those of the page, or
``None`` to show nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    name: str
    order: int
    template: str
    get_context: Callable


_sections: dict[str, dict[str, Section]] = {}


def register(
    name: str, *, place: str = "home", order: int, template: str, get_context: Callable
) -> None:
    """Add the section to the place, or replace the one with this name."""
    _sections.setdefault(place, {})[name] = Section(name, order, template, get_context)


def sections_for(place: str, page, request) -> list[tuple[Section, dict]]:
    """The sections to show in a place, in order, each with its context."""
    chosen = []
    registered = _sections.get(place, {}).values()
    for section in sorted(registered, key=lambda section: (section.order, section.name)):
        context = section.get_context(page, request)
        if context is not None:
            chosen.append((section, context))
    return chosen
