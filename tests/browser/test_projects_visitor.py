"""A visitor narrows the list, opens a project and comes back; with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", [1280, 360])
def test_a_visitor_filters_and_opens_a_project(sample_site, new_context, width, script):
    page = new_context(width=width, java_script_enabled=script).new_page()
    page.goto(f"{sample_site}/fi/hankkeet/")
    expect(page.locator(".project-card")).to_have_count(5)
    if width == 360:
        page.locator(".filters__summary").click()
    page.locator('input[name="theme"][value="digitalisaatio"]').check()
    page.locator(".filters__submit button").click()

    expect(page).to_have_url(re.compile(r"theme=digitalisaatio"))
    expect(page.locator(".project-card")).to_have_count(2)
    expect(page.locator(".chips .chip")).to_contain_text("Digitalisaatio")

    page.get_by_role("link", name=re.compile("^MOK")).click()
    expect(page.locator("h1")).to_contain_text("MOK")
    expect(page.locator(".funding")).to_contain_text("290 780 €")

    page.go_back()
    page.locator(".chips .chip").first.click()
    expect(page.locator(".project-card")).to_have_count(5)


def test_the_list_and_a_project_are_operated_by_keyboard(sample_site, new_context):
    page = new_context(width=360).new_page()
    page.goto(f"{sample_site}/fi/hankkeet/")
    page.locator(".filters__summary").focus()
    page.keyboard.press("Enter")
    box = page.locator('input[name="theme"][value="digitalisaatio"]')
    expect(box).to_be_visible()
    box.focus()
    page.keyboard.press("Space")
    page.locator(".filters__submit button").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"theme=digitalisaatio"))
    page.get_by_role("link", name=re.compile("^MOK")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("MOK")


def test_a_place_on_a_project_leads_to_the_projects_there(sample_site, new_context):
    page = new_context().new_page()
    page.goto(f"{sample_site}/fi/hankkeet/aito/")
    page.locator(".facts a", has_text="Tornio").first.click()
    expect(page).to_have_url(re.compile(r"/fi/kunnat/tornio/$"))
    expect(page.locator(".project-card")).to_have_count(1)
