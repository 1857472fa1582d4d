import pytest

from tests.admin.editors import editor
from tests.factories import EditorFactory, LocaleFactory, SuperuserFactory


@pytest.fixture
def admin_client(client, db):
    """A client signed in as superuser, in English."""
    client.force_login(SuperuserFactory())
    client.cookies.load({"django_language": "en"})
    return client


@pytest.fixture
def swedish(db):
    return LocaleFactory(language_code="sv")


@pytest.fixture
def member(client, db):
    """Sign the client in as a member of the group of that name."""

    def sign_in(group: str):
        user = EditorFactory(join=group)
        client.force_login(user)
        return user

    return sign_in


@pytest.fixture
def anna(db):
    return editor("Anna")


@pytest.fixture
def bertta(db):
    return editor("Bertta")
