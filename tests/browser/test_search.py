"""The search page as a visitor meets it: facets, suggestions, back button, Arabic, no script."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def number_of_results(page: Page) -> int:
    return int(re.search(r"\d+", page.locator("#results-heading").inner_text())[0])


def test_facets_refresh_in_place_and_back_returns(page, sample_site):
    page.goto(f"{sample_site}/fi/haku/?q=kotoutuminen")
    before = number_of_results(page)
    box = page.get_by_role("checkbox", name=re.compile("Hankkeet"))
    count = int(re.search(r"\d+", box.locator("xpath=..").inner_text())[0])
    page.evaluate("window.stillHere = true")
    box.check()
    expect(page).to_have_url(re.compile("type=project"))
    expect(page.locator("#results-heading")).to_contain_text(str(count))
    assert page.evaluate("window.stillHere"), "the page was not loaded anew"
    expect(page.locator("#results .chips").first).to_contain_text("Hankkeet")
    page.go_back()
    expect(page).to_have_url(re.compile(r"haku/\?q=kotoutuminen$"))
    expect(page.locator("#results-heading")).to_contain_text(str(before))
    assert page.faults == []


def test_opened_filters_stay_open_on_a_phone(new_page, sample_site):
    page = new_page(width=360, height=740)
    page.goto(f"{sample_site}/fi/haku/")
    panel, facet = page.locator("#filters"), page.locator("#f-region")
    panel.locator("summary").first.click()
    facet.locator("summary").click()
    facet.get_by_role("checkbox", name=re.compile("Kainuu")).check()
    expect(page).to_have_url(re.compile("region=18"))
    expect(page.locator("#results .chips").first).to_contain_text("Kainuu")
    expect(panel).to_have_attribute("open", "")
    facet.get_by_role("checkbox", name=re.compile("Kainuu")).uncheck()
    expect(page).not_to_have_url(re.compile("region=18"))
    expect(facet).to_have_attribute("open", "")
    assert page.faults == []


def test_the_focus_stays_on_the_choice_that_refreshes_the_list(page, sample_site):
    page.goto(f"{sample_site}/fi/haku/")
    box = page.locator("input[name=type][value=project]")
    box.focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("type=project"))
    expect(page.locator("#results .chips").first).to_contain_text("Hankkeet")
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    page.keyboard.press("Space")
    expect(page).not_to_have_url(re.compile("type=project"))
    assert page.faults == []


def test_facets_work_without_script(new_page, sample_site):
    page = new_page(java_script_enabled=False)
    page.goto(f"{sample_site}/fi/haku/")
    page.get_by_role("checkbox", name=re.compile("Hankkeet")).check()
    page.get_by_role("button", name="Näytä tulokset").click()
    expect(page).to_have_url(re.compile("type=project"))
    assert number_of_results(page) == 5
    page.get_by_role("link", name=re.compile("Poista:.*Hankkeet")).click()
    expect(page).not_to_have_url(re.compile("type=project"))
    assert number_of_results(page) > 5


def test_suggestions_by_keyboard(page, sample_site, axe):
    page.goto(f"{sample_site}/fi/haku/")
    field = page.locator("#q")
    expect(field).to_have_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("aito")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("AITO-hanke")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    axe(page)
    field.press("Escape")
    expect(field).to_have_value("aito")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press("ArrowDown")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(re.compile("/fi/hankkeet/aito/"))
    assert page.faults == []


def test_highlights_and_misspelling(page, sample_site):
    page.goto(f"{sample_site}/fi/haku/?q=vapaaehtoinen")
    assert page.locator("mark").count() > 0
    page.goto(f"{sample_site}/fi/haku/?q=kotoutumnen")
    page.locator(".did-you-mean a").click()
    expect(page.locator("#q")).to_have_value("kotoutuminen")


def test_not_found_is_told_with_one_click(page, sample_site):
    page.goto(f"{sample_site}/fi/haku/?q=avaruuslento")
    expect(page.locator("#nothing")).to_be_visible()
    page.locator("#missed button").click()
    expect(page.locator(".search-missed")).to_contain_text("Kiitos")
    assert page.faults == []


def test_arabic(new_page, sample_site, axe):
    page = new_page(locale="ar", width=360)
    page.goto(f"{sample_site}/ar/haku/?q=AITO")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator(".project-rows h3").first).to_contain_text("AITO")
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide
    axe(page)
    assert page.faults == []
