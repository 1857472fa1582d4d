"""What the public sees of a page type, kept apart from its model.

Models are the bottom of a room: its lists, filters and cards import them, so a model can't import
these to fill its template. As the admin registers a ``ModelAdmin`` for a model, a room registers a
presenter for a page type, in a module that its ``AppConfig.ready`` imports::

    @presenters.register(ProjectIndexPage)
    class ProjectIndexPresenter(Presenter):
        def get_context(self, page, request) -> dict:
            return {"listing": ProjectListing(request.GET)}

:class:`~cms.core.models.BasePage` asks the presenter of its type, or of the nearest type that it
is made of. A presenter keeps nothing: one serves all pages of the type. What one page type shows
on the page of another is a section (:mod:`cms.core.sections`).
"""

from collections.abc import Callable
from typing import Any

from . import routing
from .structured_data import absolute


class Presenter:
    """A page type without one of its own has this."""

    schema_type = "WebPage"

    def get_context(self, page, request) -> dict[str, Any]:
        """What the template is given beside what Wagtail gives to all."""
        return {}

    def structured_data(self, page, request) -> dict | list[dict]:
        """What the page is in schema.org's words (see :mod:`cms.core.structured_data`)."""
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
