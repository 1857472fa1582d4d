"""Current projects on the home page: running ones first, then the newest."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from uuid import UUID

from django.utils import timezone, translation

from cms.core.alphabet import sort_key
from cms.core.bit_sets import places
from cms.core.content_epoch import held
from cms.core.querysets import LocalisedPageQuerySet

from ..models import Organisation, Person, ProjectIndexPage, Status
from .catalogue import catalogue
from .facts import Card, cards
from .registers import registers

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


@dataclass(frozen=True)
class Contact:
    """A person with her projects of today."""

    person: Person
    projects: list[Card]


@dataclass
class ContactGroup:
    """People of one organisation; ``organisation`` is ``None`` for those who have none."""

    organisation: Organisation | None
    people: list[Contact] = field(default_factory=list)


def contacts_section(page, request) -> dict:
    language = translation.get_language()
    people = shown_people(language)
    projects = projects_of({person.translation_key for person in people}, language)
    groups: dict[int | None, ContactGroup] = {}
    for person in people:
        organisation = registers().organisations.get(person.organisation_id, language)
        key = organisation.pk if organisation else None
        group = groups.setdefault(key, ContactGroup(organisation))
        group.people.append(Contact(person, projects[person.translation_key]))
    rest = groups.pop(None, None)
    found = sorted(groups.values(), key=lambda group: alphabet(group.organisation, language))
    return {"groups": [*found, *([rest] if rest else [])]}


def alphabet(record, language: str) -> tuple[str, int]:
    return sort_key(record.name, language), record.pk


def shown_people(language: str) -> list[Person]:
    """Everyone on the contacts page, each in the best language for the reader."""
    register = registers().people
    best = (register.by_key(key, language) for key in register.languages)
    shown = (person for person in best if person.is_public and person.show_on_contacts_page)
    return sorted(shown, key=lambda person: alphabet(person, language))


def projects_of(people: set[UUID], language: str) -> dict[UUID, list[Card]]:
    """Public projects by the key of a person who may be shown there today, by title."""
    today, keys = timezone.localdate(), registers().people.keys
    named: dict[UUID, list[UUID]] = defaultdict(list)
    for project in catalogue().keys:
        for pk, until in catalogue().facts[project].contacts:
            if keys.get(pk) in people and (until is None or until >= today):
                named[project].append(keys[pk])
    found: dict[UUID, list[Card]] = defaultdict(list)
    for card in sorted(
        cards(named, language), key=lambda card: (sort_key(card.title, language), card.words.pk)
    ):
        for person in dict.fromkeys(named[card.key]):
            found[person].append(card)
    return found
