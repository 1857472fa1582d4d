"""Current projects on the home page: running ones first, then the newest."""

from itertools import chain, islice

from django.utils import timezone

from cms.core.querysets import LocalisedPageQuerySet

from .cards import cards
from .catalogue import bits, catalogue
from .models import ProjectIndexPage, Status

ON_HOME = 6


def home_section(page, request) -> dict | None:
    index = LocalisedPageQuerySet(ProjectIndexPage).best_for().select_related("locale").first()
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
