from django.db.models import Prefetch, QuerySet

from projects.models import ProjectPage

from ..documents import SearchDocument, SourceText
from .base import Context, Source, document_id
from .names import place_names

RELATIONS = (
    "organisations__organisation",
    "funding__organisation",
    "municipalities__municipality__region",
    "regions__region",
    "themes__theme",
    "target_groups__target_group",
)


def distinct(values) -> list[str]:
    return list(dict.fromkeys(str(value) for value in values if value))


def project_facets(page: ProjectPage) -> dict[str, list[str]]:
    """The facets of a project, by what is the same in every language: slugs, codes and keys."""
    municipalities = [row.municipality for row in page.municipalities.all()]
    regions = [row.region.code for row in page.regions.all()]
    return {
        "theme": distinct(row.theme.slug for row in page.themes.all()),
        "target_group": distinct(row.target_group.slug for row in page.target_groups.all()),
        "municipality": distinct(place.code for place in municipalities),
        "region": distinct([*regions, *(place.region.code for place in municipalities)]),
        "funder": distinct(row.organisation.translation_key for row in page.funding.all()),
        "programme": distinct([page.programme.translation_key] if page.programme else []),
        "year": distinct(project_years(page)),
    }


def project_years(page: ProjectPage) -> range:
    """The years in which the project runs; just the one that is known where an end is open."""
    start, end = page.start_date or page.last_day, page.last_day or page.start_date
    return range(start.year, min(end.year, start.year + 60) + 1) if start else range(0)


class ProjectSource(Source):
    kind = "project"

    def visible(self) -> QuerySet:
        return ProjectPage.objects.visible()

    def records(self, keys: list) -> QuerySet:
        return (
            self.visible()
            .filter(translation_key__in=keys)
            .select_related("programme", "locale")
            .prefetch_related(*RELATIONS)
        )

    def document(self, record: ProjectPage, locale: str, context: Context) -> SearchDocument:
        language, names = context.language(record), context.names
        organisations = [row.organisation for row in record.organisations.all()]
        organisations += [row.organisation for row in record.funding.all()]
        own = names.all(terms(record), language)
        # A reader asks by the names that she reads, also for what is not translated.
        read = [name for name in names.all(terms(record), locale) if name not in own]
        programmes = [record.programme] if record.programme else []
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
                    *place_names(places(record), language, locale),
                    *names.all(programmes, language, locale),
                    *read,
                ]
            ),
            codes=distinct([record.code, record.acronym]),
            url=context.path(record),
            suggestions={
                "organisation": names.all(organisations, locale),
                "place": place_names(places(record), locale),
            },
            facets={**project_facets(record), "language": context.languages},
            start=record.start_date,
            end=record.last_day,
            published=record.first_published_at,
        )


def terms(project: ProjectPage) -> list:
    """Themes and target groups."""
    rows = [row.theme for row in project.themes.all()]
    return rows + [row.target_group for row in project.target_groups.all()]


def places(project: ProjectPage) -> list:
    """Municipalities, and the regions that are named or that those lie in."""
    towns = [row.municipality for row in project.municipalities.all()]
    areas = [row.region for row in project.regions.all()]
    return [*towns, *areas, *(town.region for town in towns)]


def prefetch_projects(lookup: str) -> Prefetch:
    """For records that take their facets from projects."""
    return Prefetch(
        lookup,
        queryset=ProjectPage.objects.visible()
        .select_related("programme")
        .prefetch_related(*RELATIONS),
    )
