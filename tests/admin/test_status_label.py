"""The link to the live page is called what it shows (WCAG 2.5.3)."""

import re

import pytest
from django.urls import reverse

from tests.factories import ProjectFactory

pytestmark = pytest.mark.django_db


def test_the_name_of_the_status_begins_with_its_visible_word(admin_client):
    url = reverse("wagtailadmin_pages:edit", args=[ProjectFactory().pk])
    page = admin_client.get(url).content.decode()
    links = re.findall(
        r'page-status-tag[^"]*"\s+aria-label="([^"]*)"(?:[^">]|"[^"]*")*>(.*?)</a>', page, re.DOTALL
    )
    assert links
    for name, content in links:
        visible = re.sub(r"<svg.*?</svg>|<[^>]*>", "", content, flags=re.DOTALL).strip()
        assert visible
        assert name.startswith(visible)
