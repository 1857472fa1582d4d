"""Publications in project files: their shape, registered with the importer of projects."""

from django.utils.translation import gettext as _

from projects.importing import (
    PAGE,
    WORDS,
    Body,
    Choice,
    Day,
    Document,
    Extension,
    Image,
    Reference,
    Rows,
    Shape,
    Text,
    register,
)

from .models import PublicationFile, PublicationIndexPage, PublicationPage, PublicationProject


def check_files(form: dict, data: dict, place) -> None:
    for number, file in enumerate(data.get("files", [])):
        if ("document" in file) == bool(file.get("url")):
            (place / "files" / number).fault(_("Give a document or a url: one of the two."))


SHAPE = Shape(
    "publications",
    PublicationPage,
    (*PAGE, Choice("kind", "guide"), Day("date", "publication_date"), Image("cover")),
    WORDS,
    rows=(
        Rows(
            "files",
            PublicationFile,
            (Choice("language"), Text("title"), Document("document"), Text("url")),
            ("language",),
            repeats=True,
        ),
        Rows(
            "projects",
            PublicationProject,
            (Reference("project", "projects"),),
            ("project",),
            plain=True,
        ),
    ),
    body=Body(),
    check=check_files,
)


def of_project(page) -> list[PublicationPage]:
    """The publications whose first project is this one, in the source language."""
    links = PublicationProject.objects.filter(
        project__translation_key=page.translation_key, page__locale=page.locale
    ).select_related("page")
    pages = {link.page_id: link.page for link in links}
    return [
        publication
        for publication in sorted(pages.values(), key=lambda p: (p.slug, p.pk))
        if publication.projects.first().project.translation_key == page.translation_key
    ]


def register_publications() -> None:
    register(
        Extension(
            key="publications",
            shape=SHAPE,
            parent=(PublicationIndexPage, "julkaisut", lambda: _("Publications")),
            scheme="publication",
            of_project=of_project,
        )
    )
