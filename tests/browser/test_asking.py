"""A newcomer asks about a project by keyboard, in Arabic, on a phone."""

import pytest
from playwright.sync_api import expect

from asking.models import Question
from tests.factories import LocaleFactory, ProjectFactory, project_index


@pytest.fixture
def project(live_server):
    LocaleFactory(language_code="ar")
    return ProjectFactory(parent=project_index(), title="Silta")


def test_a_question_is_asked_by_keyboard_in_arabic(project, phone, live_server, axe):
    phone.goto(f"{live_server.url}/ar/kysy/{project.translation_key}/")
    axe(phone)
    wide = phone.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    phone.locator("#id_message").focus()
    phone.keyboard.type("هل المشروع مفتوح؟")
    phone.keyboard.press("Tab")
    phone.keyboard.type("آمنة")
    phone.keyboard.press("Tab")
    phone.keyboard.type("amina")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("alert")).to_be_visible()
    expect(phone.locator("#id_message")).to_have_value("هل المشروع مفتوح؟")
    axe(phone)
    phone.locator("#id_email").fill("amina@example.org")
    phone.locator("#id_email").press("Enter")
    phone.wait_for_url("**/kiitos/")
    axe(phone)
    assert Question.objects.get().name == "آمنة"
