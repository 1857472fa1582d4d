"""The instruments themselves: a check that cannot fail proves nothing."""

import pytest


def test_axe_names_what_is_wrong(page, axe):
    page.set_content("<html lang=fi><title>t</title><main><h1>t</h1><img src='x.png'></main>")
    with pytest.raises(AssertionError, match=r"image-alt .*\n +img: <img"):
        axe(page)


def test_console_errors_are_collected(page):
    page.set_content("<script>throw new Error('broken')</script>")
    assert page.faults == ["broken"]
