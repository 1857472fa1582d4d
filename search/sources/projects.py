from django.db.models import QuerySet

from projects.models import ProjectPage
from projects.public.facts import Facts, read_facts
from projects.public.registers import registers

from ..documents import LASTING_FACETS, SearchDocument, SourceText
from .base import Context, Source, place_names


def distinct(values) -> list[str]:
    return list(dict.fromkeys(str(value) for value in values if value))


def project_facets(facts: Facts) -> dict[str, list[str]]:
    """The facets of a project, by what is the same in every language: slugs, codes and keys."""
    found = facts.facets()
    return {name: found.get(name, []) for name in LASTING_FACETS} | {
        "year": distinct(project_years(facts))
    }


def project_years(facts: Facts) -> range:
    """The years in which the project runs; just the one that is known where an end is open."""
    start, end = facts.start_date or facts.last_day, facts.last_day or facts.start_date
    return range(start.year, min(end.year, start.year + 60) + 1) if start else range(0)


class Told:
    """A project's facts as its documents in every locale share them."""

    def __init__(self, facts: Facts) -> None:
        shelf = registers()
        self.facts = facts
        self.organisations = known(shelf.organisations, (*facts.organisations, *facts.funding))
        self.programmes = known(shelf.programmes, facts.programmes)
        self.terms = known(shelf.themes, facts.themes)
        self.terms += known(shelf.target_groups, facts.target_groups)
        towns = [shelf.municipalities[pk] for (pk,) in facts.municipalities]
        areas = [shelf.regions[pk] for (pk,) in facts.regions]
        # Municipalities, and the regions that are named or that those lie in.
        self.places = [*towns, *areas, *(town.region for town in towns)]
        self.short_names = [item.short_name for item in self.organisations]
        self.facets = project_facets(facts)


class ProjectSource(Source):
    kind = "project"

    def visible(self) -> QuerySet:
        return ProjectPage.objects.visible()

    def records(self, keys: list) -> list[ProjectPage]:
        facts = facts_by_key(keys)
        told = {key: Told(each) for key, each in facts.items()}
        pages = self.visible().filter(translation_key__in=keys).select_related("locale")
        for page in pages:
            page.told = told.get(page.translation_key) or Told(Facts(page.translation_key))
        return pages

    def document(self, record: ProjectPage, locale: str, context: Context) -> SearchDocument:
        language, names, told = context.language(record), context.names, record.told
        own = names.all(told.terms, language)
        # A reader asks by the names that she reads, also for what is not translated.
        read = [name for name in names.all(told.terms, locale) if name not in own]
        return super().document(
            record,
            locale,
            context,
            title=record.title,
            lead=record.lead,
            body=[SourceText(context.body(record)), SourceText("\n".join(own))],
            names=distinct(
                [
                    *names.all(told.organisations, language, locale),
                    *told.short_names,
                    *place_names(told.places, language, locale),
                    *names.all(told.programmes, language, locale),
                    *read,
                ]
            ),
            codes=distinct([told.facts.code, told.facts.acronym]),
            url=context.path(record),
            suggestions={
                "organisation": names.all(told.organisations, locale),
                "place": place_names(told.places, locale),
            },
            facets={**told.facets, "language": context.languages},
            start=told.facts.start_date,
            end=told.facts.last_day,
            published=record.first_published_at,
        )


def known(register, rows) -> list:
    """The records of a register that rows of facts refer to, in any of their languages."""
    records = (register.get(row[0], "") for row in rows)
    return [record for record in records if record is not None]


def facts_by_key(keys) -> dict:
    """Facts of these projects, by translation key."""
    return read_facts(ProjectPage.objects.filter(translation_key__in=keys, carries_facts=True))
