"""Objects for tests. ``ProjectFactory`` makes a live project with nothing but what is asked for."""

from .assets import DocumentFactory, ImageFactory, png, svg
from .pages import (
    ContactsPageFactory,
    ContentPageFactory,
    HomePageFactory,
    NewsFactory,
    ProjectFactory,
    ProjectIndexFactory,
    PublicationFactory,
    PublicationIndexFactory,
    home_page,
    news_index,
    project_index,
    publication_index,
    translate,
)
from .records import (
    LocaleFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    TargetGroupFactory,
    ThemeFactory,
)
from .users import EditorFactory, SuperuserFactory, UserFactory

__all__ = [
    "ContactsPageFactory",
    "ContentPageFactory",
    "DocumentFactory",
    "EditorFactory",
    "HomePageFactory",
    "ImageFactory",
    "LocaleFactory",
    "NewsFactory",
    "OrganisationFactory",
    "PersonFactory",
    "ProgrammeFactory",
    "ProjectFactory",
    "ProjectIndexFactory",
    "PublicationFactory",
    "PublicationIndexFactory",
    "SuperuserFactory",
    "TargetGroupFactory",
    "ThemeFactory",
    "UserFactory",
    "home_page",
    "news_index",
    "png",
    "project_index",
    "publication_index",
    "svg",
    "translate",
]
