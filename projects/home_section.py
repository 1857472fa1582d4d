"""Current projects on the home page: running ones first, then the newest."""

from itertools import chain, islice

from django.utils import timezone, translation

from cms.core.content_epoch import held
from cms.core.querysets import LocalisedPageQuerySet

from .cards import cards
from .catalogue import bits, catalogue
from .models import ProjectIndexPage, Status

ON_HOME = 6


@held
def list_page(language: str) -> ProjectIndexPage | None:
    pages = LocalisedPageQuerySet(ProjectIndexPage).best_for(language)
    return pages.select_related("locale").first()


def home_section(page, request) -> dict | None:
    index = list_page(translation.get_language())
    if index is None:
        return None
    known = catalogue()
    running = known.masks_on(timezone.localdate())["status"].get(Status.RUNNING, 0)
    places = chain(bits(running), bits(known.everything & ~running))
    return {
        "project_index": index,
        "projects": cards(known.keys[place] for place in islice(places, ON_HOME)),
        "some_run": bool(running),
    }
