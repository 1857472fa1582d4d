"""Current projects on the home page: running ones first, then the newest."""

from datetime import date
from itertools import chain, islice

from django.utils import timezone, translation

from cms.core.content_epoch import held
from cms.core.lists import places
from cms.core.permissions import LocalisedPageQuerySet

from .cards import cards
from .catalogue import catalogue
from .models import ProjectIndexPage, Status

ON_HOME = 6


def home_section(page, request) -> dict | None:
    return current(translation.get_language(), timezone.localdate())


@held
def current(language: str, today: date) -> dict | None:
    index = LocalisedPageQuerySet(ProjectIndexPage).best_for(language)
    index = index.select_related("locale").first()
    if index is None:
        return None
    known = catalogue()
    running = known.masks_on(today)["status"].get(Status.RUNNING, 0)
    order = chain(places(running), places(known.everything & ~running))
    keys = (known.keys[place] for place in islice(order, ON_HOME))
    return {
        "project_index": index,
        "projects": cards(keys, language),
        "some_run": bool(running),
    }
