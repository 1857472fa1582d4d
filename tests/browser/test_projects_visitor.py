"""A visitor narrows the list, opens a project and comes back; with and without JavaScript."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from projects.models import FundingRole
from tests.factories import OrganisationFactory, ProjectFactory, ThemeFactory, project_index


@pytest.fixture
def site(live_server):
    index = project_index()
    index.save_revision().publish()
    work, home = ThemeFactory(name="Työ", slug="tyo"), ThemeFactory(name="Koti", slug="koti")
    funder = OrganisationFactory(name="Kohtaamisten rahasto")
    ProjectFactory(
        title="Työpolku",
        start_date=date(2018, 1, 1),
        end_date=date(2019, 1, 1),
        themes=[work],
        municipalities=["205"],
        funding=[(funder, FundingRole.MAIN, 1000)],
        body=[("section", {"kind": "aims", "heading": "", "text": "<p>Töihin.</p>"})],
    )
    ProjectFactory(title="Kotipolku", start_date=date(2020, 1, 1), themes=[home])
    return live_server.url


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", [1280, 360])
def test_a_visitor_filters_and_opens_a_project(site, new_context, width, script):
    page = new_context(width=width, java_script_enabled=script).new_page()
    page.goto(f"{site}/fi/hankkeet/")
    expect(page.locator(".project-card")).to_have_count(2)
    if width == 360:
        page.locator(".filters__summary").click()
    page.locator('input[name="theme"][value="tyo"]').check()
    page.locator(".filters__submit button").click()

    expect(page).to_have_url(re.compile(r"theme=tyo"))
    expect(page.locator(".project-card")).to_have_count(1)
    expect(page.locator(".chips .chip")).to_contain_text("Työ")

    page.locator(".project-card a").click()
    expect(page.locator("h1")).to_have_text("Työpolku")
    expect(page.locator(".funding")).to_contain_text("Kohtaamisten rahasto")

    page.go_back()
    page.locator(".chips .chip").first.click()
    expect(page.locator(".project-card")).to_have_count(2)


def test_the_list_and_a_project_are_operated_by_keyboard(site, new_context):
    page = new_context(width=360).new_page()
    page.goto(f"{site}/fi/hankkeet/")
    page.locator(".filters__summary").focus()
    page.keyboard.press("Enter")
    box = page.locator('input[name="theme"][value="koti"]')
    expect(box).to_be_visible()
    box.focus()
    page.keyboard.press("Space")
    page.locator(".filters__submit button").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"theme=koti"))
    page.locator(".project-card a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Kotipolku")


def test_a_place_on_a_project_leads_to_the_projects_there(site, new_context):
    page = new_context().new_page()
    page.goto(f"{site}/fi/hankkeet/?theme=tyo")
    page.locator(".project-card a").click()
    page.locator(".facts a", has_text="Kajaani").click()
    expect(page).to_have_url(re.compile(r"/fi/hankkeet/\?municipality=205$"))
    expect(page.locator(".project-card")).to_have_count(1)
