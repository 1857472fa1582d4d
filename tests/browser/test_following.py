"""A reader follows a search that finds nothing yet: by keyboard, on a phone, and stops again."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from following.models import Follow
from tests.factories import LocaleFactory, project_index


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_a_search_is_followed_confirmed_and_left(phone, live_server, axe, language):
    LocaleFactory(language_code="ar")
    project_index()
    phone.goto(f"{live_server.url}/{language}/haku/?q=kukkapelto")
    axe(phone)
    link = phone.locator(f"#nothing a[href*='/{language}/seuraa/']")
    link.focus()
    phone.keyboard.press("Enter")
    field = phone.locator("#id_email")
    field.fill("ei osoite")
    field.press("Enter")
    expect(phone.get_by_role("alert")).to_be_visible()
    expect(field).to_have_value("ei osoite")
    axe(phone)
    field.fill("aino@example.org")
    field.press("Enter")
    expect(phone.locator("#id_email")).to_have_count(0)
    axe(phone)
    (letter,) = mail.outbox
    (address,) = re.findall(rf"/{language}/seuraa/vahvista/\S+/", letter.body)
    assert not Follow.objects.get().confirmed
    phone.goto(f"{live_server.url}{address}")
    axe(phone)
    phone.locator("main button").click()
    expect(phone.locator("main button")).to_have_count(0)
    assert Follow.objects.get().confirmed
    phone.goto(f"{live_server.url}{address.replace('vahvista', 'lopeta')}")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    phone.locator("main button").last.click()
    expect(phone.locator("main button")).to_have_count(0)
    assert not Follow.objects.exists()
    assert [fault for fault in phone.faults if "400" not in fault] == []
