"""The tick that says that translations stay valid, in the form of a page."""

import os

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation, TranslationSource

from tests.factories import ContentPageFactory, LocaleFactory, SuperuserFactory

TICK = "#id_translations_stay_valid"


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, False), (1280, True)])
def test_the_tick_is_found_and_ticked(live_server, new_page, axe, width, dark):
    UserProfile.objects.create(user=SuperuserFactory(username="liisa"), preferred_language="fi")
    source, _ = TranslationSource.get_or_create_from_instance(ContentPageFactory(title="Silta"))
    Translation.objects.create(source=source, target_locale=LocaleFactory(language_code="sv"))
    page = new_page(width=width, height=900, dark=dark, base_url=live_server.url)
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill("liisa")
    page.locator("input[name=password]").fill("correct horse")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/admin/")
    page.goto(reverse("wagtailadmin_pages:edit", args=[source.get_source_instance().pk]))
    page.locator("[data-controller~=w-tabs] [role=tab]").nth(1).click()
    tick = page.locator(TICK)
    tick.scroll_into_view_if_needed()
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/stay_valid-{width}-{dark}.png")
    tick.focus()
    page.keyboard.press("Space")
    expect(tick).to_be_checked()
    axe(page, runOnly={"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
