"""What the pages of this room give to their templates, to search engines and to other languages."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from uuid import UUID

from django.utils import timezone, translation

from cms.core import presenters
from cms.core.content_epoch import held
from cms.core.languages import passages_of, same_words
from cms.core.lists import places, sort_key
from cms.core.page_cache import know_parameters
from cms.core.permissions import LocalisedPageQuerySet

from ..models import Organisation, Person, ProjectIndexPage, ProjectPage, SectionValue, Status
from . import open_data, registers
from .catalogue import catalogue
from .filters import ProjectFilters
from .list_page import ProjectListing
from .listing import Card, ProjectFacts, cards, facts_of
from .period import Period
from .publicity import publicity_of

CONTENTS_FROM = 4
RELATED = 3


@presenters.register(ProjectIndexPage)
class ProjectIndexPresenter(presenters.Presenter):
    schema_type = "CollectionPage"

    def get_context(self, page, request) -> dict:
        filters = ProjectFilters.parse(request.GET)
        language = translation.get_language() or page.locale.language_code
        listing = ProjectListing(filters, language)
        know_parameters(request, listing.parameters)
        return {"listing": listing}


@presenters.register(ProjectPage)
class ProjectPresenter(presenters.Presenter):
    def facts(self, page) -> ProjectFacts:
        return ProjectFacts(facts_of(page))

    def public_urls(self, page) -> dict[str, str]:
        pages = catalogue().pages.get(page.translation_key, {})
        return {code: words.url for code, words in pages.items()}

    def get_context(self, page, request) -> dict:
        facts = page.facts
        language = translation.get_language() or page.locale.language_code
        contents = contents_of(page)
        return {
            "facts": facts,
            "period": Period.of(facts),
            "publicity": publicity_of(facts.programme, language),
            "described": any(getattr(block.value, "has_text", True) for block in page.body),
            "contents": contents if len(contents) >= CONTENTS_FROM else [],
            "related": related_projects(facts),
        }

    def structured_data(self, page, request) -> dict:
        return open_data.described(page.facts, page.title, super().structured_data(page, request))


@dataclass(frozen=True)
class ContentsLine:
    """A line of the table of contents; ``language`` where the heading is not in the reader's."""

    anchor: str
    title: str
    language: str


def related_projects(facts: ProjectFacts) -> list[Card]:
    """What a reader may want next: at most three, those that share the most first."""
    return cards(catalogue().related(facts.values, RELATED), facts.language)


def contents_of(page) -> list[ContentsLine]:
    """The sections that have a heading, to jump to."""
    sources, lines, own = passages_of(page).blocks("body"), [], page.locale.language_code
    for block in page.body:
        section = block.value
        if not (isinstance(section, SectionValue) and block.id and section.has_text):
            continue
        source = sources.get(block.id)
        untranslated = isinstance(source, SectionValue) and same_words(
            section.get("heading") or "", source.get("heading")
        )
        with translation.override(own):
            title = str(section.title)
        if title:
            language = passages_of(page).language if untranslated else own
            lines.append(ContentsLine(f"s-{block.id}", title, language))
    return lines


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
        "everything": known.everything,
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
    """Those whose details are public now, each in the best language, by organisation."""
    language = translation.get_language()
    register = registers().people
    best = (register.by_key(key, language) for key in register.languages)
    shown = (person for person in best if person.is_public and person.show_on_contacts_page)
    people = sorted(shown, key=lambda person: alphabet(person, language))
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
