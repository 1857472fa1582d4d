import pytest

from tests.factories import SuperuserFactory


@pytest.fixture
def admin(client):
    client.force_login(SuperuserFactory())
    return client
