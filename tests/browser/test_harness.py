"""The instruments themselves: a check that cannot fail proves nothing."""

import pytest
from wagtail.models import Locale, Site


def test_axe_names_what_is_wrong(page, axe):
    page.set_content("<html lang=fi><title>t</title><main><h1>t</h1><img src='x.png'></main>")
    with pytest.raises(AssertionError, match=r"image-alt .*\n +img: <img"):
        axe(page)


def test_console_errors_are_collected(page):
    page.set_content("<script>throw new Error('broken')</script>")
    assert page.faults == ["broken"]


@pytest.mark.parametrize("run", [1, 2])
def test_a_live_site_starts_with_the_rows_of_the_migrations(live_server, page, run):
    """A second run sees them too, although the first ended with a flush."""
    assert Site.objects.filter(is_default_site=True).exists()
    assert Locale.objects.filter(language_code="fi").exists()
    response = page.goto(f"{live_server}/admin/login/")
    assert response.status == 200
    assert page.locator("input[name=password]").is_visible()
