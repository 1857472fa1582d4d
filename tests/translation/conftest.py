import pytest

from tests.factories import (
    ContentPageFactory,
    LocaleFactory,
    ProjectFactory,
    SuperuserFactory,
    project_index,
    translate,
)
from tests.translation.editing import RICH, section, sent
from tests.translation.languages import LANGUAGES


@pytest.fixture
def boss(client):
    client.force_login(SuperuserFactory())
    client.cookies.load({"django_language": "en"})
    return client


@pytest.fixture
def pages(commit):
    """A and B below the home page, B with a page below it, in five languages."""
    commit(lambda: [LocaleFactory(language_code=code) for code in LANGUAGES])
    a = ContentPageFactory(title="A", slug="a", show_in_menus=True)
    b = ContentPageFactory(title="B", slug="b", show_in_menus=True)
    c = ContentPageFactory(title="C", slug="c", parent=b)
    for code in LANGUAGES:
        for page in (a, b, c):
            translate(page, code, title=f"{page.title} {code}")
    return a, b, c


@pytest.fixture
def languages(commit):
    """Three more of them, two with a list of projects."""

    def make():
        for code in ("sv", "ar", "fi-simple"):
            LocaleFactory(language_code=code)
        for code in ("sv", "ar"):
            translate(project_index(), code)

    commit(make)


@pytest.fixture
def translation(db):
    """Of a project into Arabic: title, lead and a passage with a link, ten words."""
    body = [section(RICH)]
    return sent(ProjectFactory(title="Silta", lead="Lyhyesti & selkeästi.", body=body))
