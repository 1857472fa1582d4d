"""The people of the contacts page, by organisation: only those whose details are public now."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from cms.core.alphabet import alphabetical
from cms.core.querysets import locale_rank

from .models import Organisation, Person, ProjectContact, ProjectPage


@dataclass
class ContactGroup:
    """People of one organisation; ``organisation`` is ``None`` for those who have none."""

    organisation: Organisation | None
    people: list[Person] = field(default_factory=list)


def best_records(queryset):
    """Each translatable record once: in the reader's language, else the default, else any."""
    rank = locale_rank()
    better = queryset.model.objects.alias(other_rank=rank).filter(
        translation_key=OuterRef("translation_key"), other_rank__lt=OuterRef("locale_rank")
    )
    return queryset.alias(locale_rank=rank).exclude(Exists(better)).select_related("locale")


def contacts_section(page, request) -> dict:
    """Four queries: people, their organisations, their projects' keys, those projects."""
    people = Person.objects.public().filter(show_on_contacts_page=True)
    people = best_records(people).select_related("organisation").order_by("name", "pk")
    people = list(alphabetical(people))
    projects = _projects_of(people)
    for person in people:
        person.current_projects = projects[person.translation_key]
    return {"groups": _groups(people)}


def _projects_of(people: list[Person]) -> dict:
    """Pages by the ``translation_key`` of the person: a contact is one in every language."""
    keys = [person.translation_key for person in people]
    links = set(
        ProjectContact.objects.public()
        .filter(person__translation_key__in=keys, page__live=True)
        .values_list("person__translation_key", "page__translation_key")
    )
    wanted = {project for _, project in links}
    pages = ProjectPage.objects.best_for().filter(translation_key__in=wanted).order_by("title")
    found = defaultdict(list)
    for page in alphabetical(pages).select_related("locale").defer("body"):
        for person, project in links:
            if project == page.translation_key:
                found[person].append(page)
    return found


def _groups(people: list[Person]) -> list[ContactGroup]:
    keys = {p.organisation.translation_key for p in people if p.organisation}
    organisations = best_records(Organisation.objects.filter(translation_key__in=keys))
    organisations = alphabetical(organisations.order_by("name", "pk"))
    groups = {o.translation_key: ContactGroup(o) for o in organisations}
    rest = ContactGroup(None)
    for person in people:
        key = person.organisation.translation_key if person.organisation else None
        groups.get(key, rest).people.append(person)
    return [group for group in (*groups.values(), rest) if group.people]
