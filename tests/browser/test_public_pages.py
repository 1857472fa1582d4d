"""The frame of every page: menus without script, and both lists at once on a wide screen."""

import re

from playwright.sync_api import expect


def test_menu_and_languages_open_without_script(sample_site, new_page):
    page = new_page(width=360, height=740, java_script_enabled=False)
    page.goto(f"{sample_site}/fi/")
    menu = page.locator("#menu")
    assert not menu.is_visible()
    page.locator("[popovertarget=menu]").first.click()
    assert menu.is_visible()
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    page.locator("[popovertarget=languages]").first.click()
    page.get_by_role("link", name="English").first.click()
    expect(page).to_have_url(re.compile("/en/$"))
    assert page.locator("html").get_attribute("lang") == "en"


def test_wide_screens_show_both_lists_at_once(sample_site, page):
    page.goto(f"{sample_site}/ar/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("#menu").is_visible()
    assert page.locator("#languages").is_visible()
    assert not page.locator("[popovertarget=menu]").first.is_visible()
    assert page.faults == []
