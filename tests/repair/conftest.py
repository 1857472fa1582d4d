import pytest

from cms.repair import own, reading
from tests.admin.conftest import admin_client, member, swedish  # noqa: F401
from tests.factories import ContentPageFactory


@pytest.fixture
def read():
    """Have read what is noted, and the links of our own looked up."""

    def run():
        reading.take_up()
        own.settle()

    return run


@pytest.fixture
def text_page(db):
    """A page of content with this rich text."""

    def make(html: str, **fields):
        body = [{"type": "text", "value": html, "id": "0b0a5c2e-7e5f-4d2a-9d52-0f5a8f1c7a11"}]
        return ContentPageFactory(body=body, **fields)

    return make
