"""What publications add to the home page and to project pages."""

from .models import PublicationIndexPage, PublicationPage, PublicationProject

ON_HOME = 4


def home_section(page, request) -> dict | None:
    """The latest publications; nothing where the site has no list of them."""
    index = PublicationIndexPage.objects.best_for().select_related("locale").first()
    if index is None:
        return None
    return {
        "publication_index": index,
        "publications": PublicationPage.objects.best_for().for_cards().newest_first()[:ON_HOME],
    }


def project_section(page, request) -> dict | None:
    """Publications linked to the project, in whichever language the link was made."""
    links = PublicationProject.objects.filter(
        page__in=PublicationPage.objects.visible(), project__translation_key=page.translation_key
    )
    publications = PublicationPage.objects.best_for().filter(
        translation_key__in=links.values("page__translation_key")
    )
    publications = list(
        publications.select_related("locale").defer("body").prefetch_related("files").newest_first()
    )
    return {"publications": publications} if publications else None
