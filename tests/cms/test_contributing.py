"""What newcomers are sent to is there."""

import re

import pytest
from django.conf import settings

PATH = re.compile(r"`([\w.-]+/[\w./-]*)`|\]\(([\w./-]+)\)")
FILES = [
    file
    for file in ("CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs/architecture.md")
    if (settings.BASE_DIR / file).exists()
]


@pytest.mark.parametrize("name", FILES)
def test_every_file_that_is_named_exists(name):
    file = settings.BASE_DIR / name
    missing = [
        code or link
        for code, link in PATH.findall(file.read_text())
        if not (settings.BASE_DIR / code if code else file.parent / link).exists()
    ]
    assert not missing
