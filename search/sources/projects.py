from django.db.models import QuerySet

from projects.catalogue import Facts, read_facts
from projects.models import ProjectPage
from projects.registers import registers

from ..documents import SearchDocument, SourceText
from .base import Context, Source, document_id
from .names import place_names

INHERITED = ("theme", "target_group", "municipality", "region", "funder", "programme")
"""Facets that a publication has from its projects."""


def distinct(values) -> list[str]:
    return list(dict.fromkeys(str(value) for value in values if value))


def project_facets(facts: Facts) -> dict[str, list[str]]:
    """The facets of a project, by what is the same in every language: slugs, codes and keys."""
    found = facts.facets()
    return {name: found.get(name, []) for name in INHERITED} | {
        "year": distinct(project_years(facts))
    }


def project_years(facts: Facts) -> range:
    """The years in which the project runs; just the one that is known where an end is open."""
    start, end = facts.start_date or facts.last_day, facts.last_day or facts.start_date
    return range(start.year, min(end.year, start.year + 60) + 1) if start else range(0)


class ProjectSource(Source):
    kind = "project"

    def visible(self) -> QuerySet:
        return ProjectPage.objects.visible()

    def records(self, keys: list) -> list[ProjectPage]:
        facts = facts_by_key(keys)
        pages = self.visible().filter(translation_key__in=keys).select_related("locale")
        for page in pages:
            page.known = facts.get(page.translation_key) or Facts(page.translation_key)
        return pages

    def document(self, record: ProjectPage, locale: str, context: Context) -> SearchDocument:
        language, names, facts = context.language(record), context.names, record.known
        shelf = registers()
        organisations = known(shelf.organisations, (*facts.organisations, *facts.funding))
        programmes = known(shelf.programmes, [(facts.programme_id,)])
        own = names.all(terms(facts), language)
        # A reader asks by the names that she reads, also for what is not translated.
        read = [name for name in names.all(terms(facts), locale) if name not in own]
        return SearchDocument(
            id=document_id(self.kind, record.translation_key, locale),
            key=str(record.translation_key),
            type=self.kind,
            locale=locale,
            language=language,
            title=record.title,
            lead=record.lead,
            body=[SourceText(context.body(record)), SourceText("\n".join(own))],
            names=distinct(
                [
                    *names.all(organisations, language, locale),
                    *(item.short_name for item in organisations),
                    *place_names(places(facts), language, locale),
                    *names.all(programmes, language, locale),
                    *read,
                ]
            ),
            codes=distinct([facts.code, facts.acronym]),
            url=context.path(record),
            suggestions={
                "organisation": names.all(organisations, locale),
                "place": place_names(places(facts), locale),
            },
            facets={**project_facets(facts), "language": context.languages},
            start=facts.start_date,
            end=facts.last_day,
            published=record.first_published_at,
        )


def known(register, rows) -> list:
    """The records of a register that rows of facts refer to, in any of their languages."""
    records = (register.get(row[0], "") for row in rows)
    return [record for record in records if record is not None]


def terms(facts: Facts) -> list:
    """Themes and target groups."""
    shelf = registers()
    return known(shelf.themes, facts.themes) + known(shelf.target_groups, facts.target_groups)


def places(facts: Facts) -> list:
    """Municipalities, and the regions that are named or that those lie in."""
    shelf = registers()
    towns = [shelf.municipalities[pk] for (pk,) in facts.municipalities]
    areas = [shelf.regions[pk] for (pk,) in facts.regions]
    return [*towns, *areas, *(town.region for town in towns)]


def facts_by_key(keys) -> dict:
    """Facts of these projects, by translation key."""
    return read_facts(ProjectPage.objects.filter(translation_key__in=keys, carries_facts=True))
