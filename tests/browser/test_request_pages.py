"""Asking for translations in a browser: by axe, on a telephone, in the dark, without JavaScript."""

import os

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from cms.translation.requests import ask, preparing
from tests.factories import (
    ContentPageFactory,
    LocaleFactory,
    ProjectFactory,
    SuperuserFactory,
    ThemeFactory,
    project_index,
    translate,
)

from .axe import run_axe
from .test_admin_axe import OPTIONS

LOOKS = [{}, {"width": 360, "height": 800}, {"dark": True}, {"java_script_enabled": False}]


@pytest.fixture
def asked(live_server, monkeypatch):
    """A branch to be asked for, and a request of which nothing is done yet."""
    locales = [LocaleFactory(language_code=code) for code in ("sv", "ar", "ru")]
    for code in ("sv", "ar"):
        translate(project_index(), code)
    root = ContentPageFactory(title="Tietoa meistä ja siitä, mitä teemme")
    ContentPageFactory(title="Saavutettavuus", parent=root)
    root.refresh_from_db()
    project = ProjectFactory(title="Silta", themes=[ThemeFactory(name="Työllisyys")])
    user = SuperuserFactory(username="liisa")
    UserProfile.objects.create(user=user, preferred_language="en")
    make = preparing.made

    def only_swedish(instance, source, locale, by):
        if locale.language_code == "ru":
            raise preparing.NotPossible("The page above it is not there in this language.")
        return make(instance, source, locale, by)

    monkeypatch.setattr(preparing, "made", only_swedish)
    return root, ask(user, [root, project], locales, note="Kiire, kiitos.")


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: next(iter(look), "wide"))
def test_both_pages(live_server, new_page, asked, look, tmp_path):
    root, request = asked
    page = new_page(base_url=live_server.url, **look)
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill("liisa")
    page.locator("input[name=password]").fill("correct horse")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/admin/")
    form = f"{reverse('translation:request')}?pages={root.pk}"
    detail = reverse("translation:request_detail", args=[request.pk])
    for name, address in {"form": form, "detail": detail}.items():
        page.goto(address)
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=f"{folder}/{name}-{next(iter(look), 'wide')}.png", full_page=True)
        if look.get("java_script_enabled", True):
            assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), (
                f"{name} scrolls sideways"
            )
            found = run_axe(page, OPTIONS)
            assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    page.goto(form)
    page.get_by_label("Swedish").check()
    page.get_by_label("What is below them too").check()
    page.get_by_role("button", name="Ask for translations").click()
    page.wait_for_url("**/admin/translation/requests/*/")
    assert "ready for the translators" in page.locator("#request-count").inner_text()
    assert page.faults == []
