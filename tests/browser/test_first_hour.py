"""The first hour in a browser: from an empty site to a draft; put away, and back."""

from django.urls import reverse
from playwright.sync_api import expect

from home.models import ContentPage
from tests.browser.test_easy import signed_in
from tests.browser.test_members import looked_at
from tests.factories import SuperuserFactory


def test_the_first_hour_of_an_administrator(live_server, new_page):
    SuperuserFactory(username="liisa")
    page, found = signed_in(new_page, live_server, "/admin/"), []
    steps = page.locator(".first-hour-steps > li")
    expect(steps).to_have_count(9)
    looked_at(page, found)

    page.locator(f".first-hour-steps a[href*='{reverse('required_privacy')}']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/first-hour/privacy/")
    looked_at(page, found)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/admin/pages/*/edit/")
    draft = ContentPage.objects.get()
    assert not draft.live

    page.goto("/admin/")
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    expect(page.locator(f".first-hour-steps a[href='{edit}']")).to_have_count(1)
    steps.first.locator("a").click()
    page.wait_for_url("**/admin/settings/**")
    page.locator("input[name=association_name]").fill("Kylän kaverit ry")
    page.locator("input[name=email]").fill("kaverit@example.org")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_selector(".messages .success")
    page.goto("/admin/")
    expect(page.locator(".first-hour-done")).to_have_count(1)

    page.locator("#first-hour-section form button").click()
    expect(page.locator("#first-hour-section")).to_have_count(0)
    page.goto(reverse("first_hour"))
    looked_at(page, found)
    page.locator("button[name=again]").click()
    expect(page.locator("#first-hour-section")).to_have_count(1)
    page.goto(reverse("remove_sample"))
    looked_at(page, found)
    assert found == []
