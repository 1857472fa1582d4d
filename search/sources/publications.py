from django.db.models import Prefetch, QuerySet
from django.utils import translation

from cms.assets.access import is_restricted
from projects.models import ProjectPage
from projects.public import Facts, read_facts
from publications.models import PublicationPage

from ..documents import LASTING_FACETS, SearchDocument, SourceText
from .base import Context, Source
from .projects import distinct, project_facets


class PublicationSource(Source):
    """Publications, with the text inside their files; places and themes come from the projects."""

    kind = "publication"
    model = PublicationPage

    def records(self, keys: list) -> QuerySet:
        projects = Prefetch("projects__project", ProjectPage.objects.visible().defer("body"))
        pages = super().records(keys).prefetch_related("files__document__collection", projects)
        # What the prefetch leaves out is not public: Django has nothing to give there.
        rows = (page.projects.all() for page in pages)
        linked = [[row.project for row in each if hasattr(row, "project")] for each in rows]
        keys = {project.translation_key for each in linked for project in each}
        carriers = ProjectPage.objects.filter(translation_key__in=keys, carries_facts=True)
        facts = read_facts(carriers)
        for page, projects in zip(pages, linked, strict=True):
            keys = (project.translation_key for project in projects)
            known = (facts.get(key) or Facts(key) for key in keys)
            page.linked = list(zip(projects, known, strict=True))
        return pages

    def document(self, record: PublicationPage, locale: str, context: Context) -> SearchDocument:
        files = list(record.files.all())
        language = context.language(record)
        inherited = [project_facets(facts) for _project, facts in record.linked]
        published = record.publication_date
        return super().document(
            record,
            locale,
            context,
            title=record.title,
            lead=record.lead,
            body=[
                SourceText(context.body(record)),
                *(SourceText(file.title, file.language) for file in files if file.title),
                *(
                    SourceText(" ".join(file.document.text.split()), file.language)
                    for file in files
                    if file.document
                    and file.document.text
                    and not is_restricted(file.document, context.closed_collections)
                ),
            ],
            names=distinct(
                [
                    *(project.title for project, _facts in record.linked),
                    *kind_names(record, language, locale),
                ]
            ),
            codes=distinct(facts.acronym for _project, facts in record.linked),
            url=context.path(record),
            facets={
                **{
                    name: distinct(value for facets in inherited for value in facets[name])
                    for name in LASTING_FACETS
                },
                "year": distinct([published.year] if published else []),
                "language": distinct([*context.languages, *(file.language for file in files)]),
            },
            published=published,
        )


def kind_names(record: PublicationPage, *languages: str) -> list[str]:
    """What the publication is (a guide, a video) in these languages."""
    names = []
    for language in languages:
        with translation.override(language):
            names.append(str(record.get_kind_display()))
    return names
