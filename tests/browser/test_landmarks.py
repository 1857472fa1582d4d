"""Landmarks told apart by name where a page has two of a kind."""

import pytest


@pytest.mark.parametrize("path", ["haku/", "haku/?q=xyzzyq", "ei-ole/"])
def test_two_search_forms_are_told_apart_by_name(page, sample_site, path):
    page.goto(f"{sample_site}/fi/{path}")
    assert page.get_by_role("search", name="Pikahaku").count() == 1
    assert page.get_by_role("search", name="Hae hankkeita").count() == 1
