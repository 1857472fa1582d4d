"""Editors who open their forms in the same moment each get their own words."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter


@pytest.fixture
def eager_threads():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_rich_text_of_two_forms_is_not_mixed(eager_threads):
    converter = ContentstateConverter(["bold", "link", "h3", "ul"])
    words = [f"Hanke {number}" for number in range(8)]
    texts = [f"<h3>{each}</h3><p>{each} <b>{each}</b></p>" * 20 for each in words]

    def read(number: int) -> None:
        for _turn in range(20):
            state = converter.from_database_format(texts[number])
            assert words[number] in state
            assert not [other for other in words if other != words[number] and other in state]

    with ThreadPoolExecutor(len(words)) as pool:
        list(pool.map(read, range(len(words))))
