from projects.models import ProjectPage
from projects.public import Facts, read_facts, registers

from ..documents import LASTING_FACETS, SearchDocument, SourceText
from .base import Context, Source, place_names


def distinct(values) -> list[str]:
    return list(dict.fromkeys(str(value) for value in values if value))


def project_facets(facts: Facts) -> dict[str, list[str]]:
    """The facets of a project, by what is the same in every language: slugs, codes and keys.

    Its years are those in which it runs; just the one that is known where an end is open.
    """
    found = facts.facets()
    start, end = facts.start_date or facts.last_day, facts.last_day or facts.start_date
    years = range(start.year, min(end.year, start.year + 60) + 1) if start else ()
    return {name: found.get(name, []) for name in LASTING_FACETS} | {"year": [*map(str, years)]}


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
    model = ProjectPage

    def records(self, keys: list) -> list[ProjectPage]:
        facts = ProjectPage.objects.filter(translation_key__in=keys, carries_facts=True)
        told = {key: Told(each) for key, each in read_facts(facts).items()}
        pages = super().records(keys)
        for page in pages:
            page.told = told.get(page.translation_key) or Told(Facts(page.translation_key))
        return pages

    def document(self, record: ProjectPage, locale: str, context: Context) -> SearchDocument:
        language, names, told = context.language(record), context.names, record.told
        own = names(told.terms, language)
        # A reader asks by the names that she reads, also for what is not translated.
        read = [name for name in names(told.terms, locale) if name not in own]
        return super().document(
            record,
            locale,
            context,
            title=record.title,
            lead=record.lead,
            body=[SourceText(context.body(record)), SourceText("\n".join(own))],
            names=distinct(
                [
                    *names(told.organisations, language, locale),
                    *told.short_names,
                    *place_names(told.places, language, locale),
                    *names(told.programmes, language, locale),
                    *read,
                ]
            ),
            codes=distinct([told.facts.code, told.facts.acronym]),
            url=context.path(record),
            suggestions={
                "organisation": names(told.organisations, locale),
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
