import pytest

from tests.factories import ContentPageFactory, LocaleFactory, SuperuserFactory, translate
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
