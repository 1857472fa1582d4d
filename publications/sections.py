"""What publications add to the home page and to project pages."""

from collections import defaultdict
from uuid import UUID

from django.utils import translation

from cms.core.content_epoch import held

from .models import PublicationIndexPage, PublicationPage, PublicationProject

ON_HOME = 4


@held
def newest(language: str) -> tuple[PublicationIndexPage | None, list[PublicationPage]]:
    """The list of publications and the latest ones, for a reader."""
    index = PublicationIndexPage.objects.best_for(language).select_related("locale").first()
    latest = PublicationPage.objects.best_for(language).for_cards().newest_first()
    return index, list(latest[:ON_HOME])


@held
def publications_by_project() -> dict[UUID, set[UUID]]:
    """Translation keys of public publications by that of the project, whatever the language."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    links = PublicationProject.objects.filter(page__in=PublicationPage.objects.visible())
    for project, publication in links.values_list(
        "project__translation_key", "page__translation_key"
    ):
        found[project].add(publication)
    return found


def home_section(page, request) -> dict | None:
    """The latest publications; nothing where the site has no list of them."""
    index, latest = newest(translation.get_language())
    if index is None:
        return None
    return {"publication_index": index, "publications": latest}


def project_section(page, request) -> dict | None:
    """Publications linked to the project, in whichever language the link was made."""
    keys = publications_by_project().get(page.translation_key)
    if not keys:
        return None
    publications = PublicationPage.objects.best_for().filter(translation_key__in=keys)
    publications = publications.select_related("locale").defer("body").prefetch_related("files")
    return {"publications": list(publications.newest_first())}
