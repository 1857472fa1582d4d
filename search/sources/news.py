"""News and events: their words, and the places and themes of the projects that they are about."""

from news.models import NewsPage
from projects.models import ProjectPage
from projects.public import Facts, read_facts

from ..documents import LASTING_FACETS, SearchDocument, SourceText
from .base import Context, Source, distinct, project_facets


class NewsSource(Source):
    kind = "news"
    model = NewsPage

    def records(self, keys: list) -> list[NewsPage]:
        """Facts lie on one page of each item; of its projects those that are public count."""
        pages = list(super().records(keys))
        rows = NewsPage.objects.filter(translation_key__in=keys, carries_facts=True)
        rows = rows.prefetch_related("projects__project", "organisations__organisation")
        carriers = {row.translation_key: row for row in rows}
        linked = {
            key: [each.project for each in row.projects.all()] for key, row in carriers.items()
        }
        wanted = {project.translation_key for projects in linked.values() for project in projects}
        public = ProjectPage.objects.visible().filter(translation_key__in=wanted)
        titles: dict = {}
        for key, title in public.values_list("translation_key", "title"):
            titles.setdefault(key, []).append(title)
        told = ProjectPage.objects.filter(translation_key__in=titles, carries_facts=True)
        facts = read_facts(told)
        for page in pages:
            page.carrier = carriers.get(page.translation_key, page)
            own = [each.translation_key for each in linked.get(page.translation_key, ())]
            page.linked = [
                (titles[key], facts.get(key) or Facts(key)) for key in own if key in titles
            ]
        return pages

    def document(self, record: NewsPage, locale: str, context: Context) -> SearchDocument:
        carrier, language = record.carrier, context.language(record)
        place = record.place or carrier.place
        organisations = [row.organisation for row in carrier.organisations.all()]
        inherited = [project_facets(facts) for _titles, facts in record.linked]
        facets = {
            name: distinct(value for each in inherited for value in each.get(name, ()))
            for name in LASTING_FACETS
        }
        own = [row.organisation.translation_key for row in carrier.organisations.all()]
        facets["organisation"] = distinct([*own, *facets["organisation"]])
        return super().document(
            record,
            locale,
            context,
            title=record.title,
            lead=record.lead,
            body=[SourceText(context.body(record)), *([SourceText(place)] if place else [])],
            names=distinct(
                [
                    *(title for titles, _facts in record.linked for title in titles),
                    *context.names(organisations, language, locale),
                ]
            ),
            codes=distinct(facts.acronym for _titles, facts in record.linked),
            url=context.path(record),
            facets={**facets, "year": [str(carrier.day.year)], "language": context.languages},
            published=carrier.day,
        )
