"""What the public sees of a page type, kept apart from its model, and what rooms show on others'.

Models are the bottom of a room: its lists, filters and cards import them, so a model can't import
these to fill its template. As the admin registers a ``ModelAdmin`` for a model, a room registers a
presenter for a page type, in a module that its ``AppConfig.ready`` imports::

    @presenters.register(ProjectIndexPage)
    class ProjectIndexPresenter(Presenter):
        def get_context(self, page, request) -> dict:
            return {"listing": ProjectListing(request.GET)}

:class:`~cms.core.models.BasePage` asks the presenter of its type, or of the nearest type that it
is made of. A presenter keeps nothing: one serves all pages of the type.

The home page shows projects and publications, a project its publications, the contacts page
people; none of them imports the room that knows these. Such a room registers a section in its
``AppConfig.ready``::

    register_section("projects", place="home", order=10,
                     template="components/home_projects.html", get_context=home_section)

and the page's template shows them with ``{% sections "home" %}`` (``core_tags``). Places in use:
``home``, ``contacts``, ``project`` (beside the facts of one project page).
``get_context(page, request)`` gives the names that the template adds to those of the page, or
``None`` to show nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import routing
from .numbers import telephone_numbers


class Presenter:
    """A page type without one of its own has this."""

    schema_type = "WebPage"

    def get_context(self, page, request) -> dict[str, Any]:
        """What the template is given beside what Wagtail gives to all."""
        return {}

    def structured_data(self, page, request) -> dict | list[dict]:
        """What the page is in schema.org's words, without ``@context``.

        Nothing here may name a person whose details are not public now.
        """
        return {
            "@type": self.schema_type,
            "name": page.title,
            "description": page.meta_description,
            "url": absolute(request, page.get_url(request)),
            "inLanguage": page.locale.language_code,
            "dateModified": page.last_published_at,
        }

    def public_urls(self, page) -> dict[str, str]:
        """Addresses of the page in the languages in which everybody may read it."""
        return routing.public_urls(type(page)).get(page.translation_key, {})


_presenters: dict[type, Presenter] = {}
_plain = Presenter()


def register(page_type: type) -> Callable[[type[Presenter]], type[Presenter]]:
    def wrapper(presenter: type[Presenter]) -> type[Presenter]:
        _presenters[page_type] = presenter()
        return presenter

    return wrapper


def presenter_of(page) -> Presenter:
    return next((_presenters[kind] for kind in type(page).__mro__ if kind in _presenters), _plain)


@dataclass(frozen=True)
class Section:
    name: str
    order: int
    template: str
    get_context: Callable


_sections: dict[str, dict[str, Section]] = {}


def register_section(
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


def prune(value) -> Any:
    """``value`` without what is unknown: ``None``, ``""``, ``[]`` and nodes with only a type."""
    if isinstance(value, dict):
        node = {key: prune(item) for key, item in value.items()}
        node = {key: item for key, item in node.items() if item not in (None, "", [], {})}
        return node if set(node) - {"@type"} else {}
    if isinstance(value, list | tuple):
        return [item for item in map(prune, value) if item not in (None, "", [], {})]
    return value


def absolute(request, url: str) -> str:
    """An address of the site with scheme and host; "" for none."""
    if not url.startswith("/") or url.startswith("//"):
        return request.build_absolute_uri(url) if url else ""
    if not hasattr(request, "_site_address"):
        request._site_address = request.build_absolute_uri("/")[:-1]
    return request._site_address + url


def organisation_id(request) -> str:
    """The ``@id`` of the association itself, to point at from other nodes."""
    return absolute(request, "/#association")


def association(frame, request) -> dict:
    settings = frame.settings
    return {
        "@type": "NGO",
        "@id": organisation_id(request),
        "name": frame.name,
        "url": absolute(request, "/"),
        "email": settings.email,
        "telephone": telephone_numbers(settings.phone) or settings.phone,
        "address": settings.postal_address,
        "identifier": settings.business_id,
        "logo": absolute(request, settings.logo.file.url) if settings.logo else "",
    }


@dataclass(frozen=True)
class ViewPage:
    """A public page that a view makes; in a template's context as ``page``.

    With it the page has a canonical address (the path), its languages, a breadcrumb and JSON-LD.
    ``above``: what it lies below, from the home page on, as (title, address). ``node``: what it is
    in schema.org's words.
    """

    title: str
    description: str = ""
    above: tuple[tuple[str, str], ...] = ()
    node: dict | list = field(default_factory=dict)
    url: str = ""

    meta_description = property(lambda self: self.description)

    def get_url(self, request=None) -> str:
        return self.url or request.path

    @property
    def crumbs(self) -> list["ViewPage"]:
        return [ViewPage(title, url=url) for title, url in self.above]

    def structured_data(self, request) -> dict | list:
        return self.node


def breadcrumb(frame, request) -> dict:
    trail = [*frame.crumbs, frame.page or frame.view] if frame.crumbs else []
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": page.title,
                "item": absolute(request, page.get_url(request)),
            }
            for position, page in enumerate(trail, start=1)
        ],
    }


def graph_of(frame, request) -> list[dict]:
    """The nodes for the page in ``frame``; empty for views that are no pages of their own."""
    page = frame.page or frame.view
    if not (page and request):
        return []
    own = page.structured_data(request) if hasattr(page, "structured_data") else []
    own = own if isinstance(own, list) else [own]
    nodes = [association(frame, request), *own, breadcrumb(frame, request)]
    return [node for node in map(prune, nodes) if node]
