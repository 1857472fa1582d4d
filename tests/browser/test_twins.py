"""Twins in a browser: told while a name is typed, joined and made two again by the keyboard."""

import os

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from projects.models import Organisation
from tests.browser.test_admin_axe import violations
from tests.browser.test_translation_editor import enter
from tests.factories import OrganisationFactory, ProjectFactory, SuperuserFactory

REGISTER = "wagtailsnippets_projects_organisation"
SHOTS = os.environ.get("SHOTS")


@pytest.fixture
def page(live_server, new_page, transactional_db):
    stays = OrganisationFactory(name="Kuusiston Setlementti ry", business_id="1234567-1")
    gone = OrganisationFactory(name="Kuusiston setlementti r.y.", city="Kuusisto")
    ProjectFactory(title="Yhdessä", organisations=[(gone, "lead"), (stays, "partner")])
    SuperuserFactory(username="anna")
    page = new_page(locale="en", base_url=live_server.url)
    enter(page, "anna")
    return page


def look(page, name: str) -> None:
    """Axe wide and at 360 px, where nothing is cut off."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 900})


def press(page, role: str, name: str) -> None:
    page.get_by_role(role, name=name, exact=True).first.focus()
    page.keyboard.press("Space" if role in ("checkbox", "radio") else "Enter")


def test_likely_twins_are_told_while_a_name_is_typed(page):
    page.goto(reverse(f"{REGISTER}:add"))
    page.get_by_label("Name", exact=False).first.focus()
    page.keyboard.type("kuusiston setlementti", delay=5)
    told = page.locator("[data-contentpath=name] [role=status]")
    expect(told.get_by_role("link")).to_have_count(2)
    expect(told).to_contain_text("the same name")
    look(page, "typed")
    press(page, "button", "Save")
    expect(page.locator(".messages")).to_contain_text("kuusiston setlementti")
    assert Organisation.objects.count() == 3
    assert page.faults == []


def test_two_are_joined_and_made_two_again_by_the_keyboard(page):
    page.goto(reverse(f"{REGISTER}:list"))
    for box in page.locator("tbody input[type=checkbox]").all():
        box.focus()
        page.keyboard.press("Space")
    page.get_by_role("link", name="Join", exact=False).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Join")
    expect(page.get_by_role("row", name="Town")).to_contain_text("Kuusisto")
    look(page, "join")
    page.get_by_role("radio", name="Kuusiston Setlementti ry").focus()
    page.keyboard.press("Space")
    press(page, "button", "Join")
    message = page.locator(".messages")
    expect(message).to_contain_text("is part of “Kuusiston Setlementti ry” now")
    one = Organisation.objects.get()
    assert (one.name, one.city) == ("Kuusiston Setlementti ry", "Kuusisto")
    press(page, "link", "Undo")
    page.wait_for_url("**/undo/")
    look(page, "undo")
    press(page, "button", "Undo")
    expect(message).to_contain_text("are two again")
    assert Organisation.objects.count() == 2
    page.goto(reverse("joined_report"))
    look(page, "report")
    page.goto(reverse("join_choose", args=["organisation", one.pk]))
    expect(page.get_by_role("heading", name="Likely the same")).to_be_visible()
    look(page, "choose")
    assert page.faults == []
