"""Dates and amounts typed with the keyboard, as people write them in the language they work in."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from tests.factories import OrganisationFactory, PersonFactory, ProjectFactory, SuperuserFactory

PASSWORD = "correct horse"
SLOW = 60_000  # ms: the admin's first pages, on a busy machine
MESSAGES = {"fi": "Kirjoita se näin: 31.12.2026.", "en": "Write it as 2026-12-31."}
TABS = {"facts": re.compile("^(Facts|Tiedot)"), "money": re.compile("^(People and money|Ihmiset)")}


@pytest.fixture
def sign_in(live_server, new_page):
    def make(language="fi", **options):
        user = SuperuserFactory(username="liisa")
        UserProfile.objects.create(user=user, preferred_language=language)
        page = new_page(
            locale=language, width=1400, height=1000, base_url=live_server.url, **options
        )
        page.set_default_timeout(SLOW)
        page.goto("/admin/login/")
        page.locator("input[name=username]").fill("liisa")
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url("**/admin/")
        return page

    return make


def open_project(page, project, tab="facts") -> None:
    page.goto(reverse("wagtailadmin_pages:edit", args=[project.pk]))
    page.get_by_role("tab", name=TABS[tab]).click()


def write(page, selector: str, text: str) -> None:
    """Key by key into the emptied field, then on with Tab."""
    page.locator(selector).click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def save(page) -> None:
    """What the save button does, without waiting for a footer that may lie below the window."""
    with page.expect_navigation():
        page.evaluate("document.querySelector('[data-edit-form]').requestSubmit()")


def draft(project):
    project.refresh_from_db()
    return project.get_latest_revision_as_object()


@pytest.mark.parametrize("language", ["fi", "en"])
def test_a_typed_date_stays_that_day(sign_in, language):
    project = ProjectFactory()
    page = sign_in(language)
    for typed in ("1.5.2016", "01.05.2016", "2016-05-01"):
        open_project(page, project)
        write(page, "#id_start_date", typed)
        shown = "1.5.2016" if language == "fi" else "2016-05-01"
        expect(page.locator("#id_start_date")).to_have_value(shown)
        expect(page.locator("#id_start_date-fault")).to_have_count(0)
        save(page)
        assert draft(project).start_date == date(2016, 5, 1), typed
    assert page.faults == []


@pytest.mark.parametrize("language", ["fi", "en"])
def test_what_is_no_date_stays_as_typed_and_is_never_saved(sign_in, language):
    project = ProjectFactory(start_date=date(2015, 1, 1))
    page = sign_in(language)
    for typed in ("1.13.2016", "30.2.2016", "1/5/2016", "abc"):
        open_project(page, project)
        write(page, "#id_start_date", typed)
        expect(page.locator("#id_start_date")).to_have_value(typed)
        expect(page.locator("#id_start_date-fault")).to_contain_text(MESSAGES[language])
        save(page)
        expect(page.locator("#id_start_date")).to_have_value(typed)
        expect(page.locator("[id*=start_date-errors]")).to_contain_text(MESSAGES[language])
        assert draft(project).start_date == date(2015, 1, 1), typed


def test_a_day_of_the_calendar_is_chosen_with_the_mouse(sign_in):
    project = ProjectFactory(start_date=date(2016, 5, 1))
    page = sign_in()
    open_project(page, project)
    page.locator("#id_start_date").click()
    page.locator(".xdsoft_datetimepicker:visible td[data-date='17']").first.click()
    expect(page.locator("#id_start_date")).to_have_value("17.5.2016")


def test_dates_without_script(sign_in):
    person = PersonFactory()
    page = sign_in(java_script_enabled=False)
    url = reverse("wagtailsnippets_projects_person:edit", args=[person.pk])
    for typed, saved in (("1.13.2036", None), ("1.5.2036", date(2036, 5, 1))):
        page.goto(url)
        page.locator("#id_public_until").fill(typed)
        page.locator("#id_public_until").press("Enter")
        page.wait_for_load_state("load")
        person.refresh_from_db()
        assert person.public_until == saved


def test_a_time_of_publishing_is_typed(sign_in):
    project = ProjectFactory(live=False)
    page = sign_in()
    page.goto(reverse("wagtailadmin_pages:edit", args=[project.pk]))
    page.evaluate(
        "document.getElementById('schedule-publishing-dialog').dispatchEvent("
        "new CustomEvent('w-dialog:show'))"
    )
    field = "#schedule-publishing-dialog [name=go_live_at]"
    for typed, shown in (("1.13.2036 14.30", None), ("1.5.2036 14:30", "1.5.2036 14.30")):
        write(page, field, typed)
        expect(page.locator(field)).to_have_value(shown or typed)
        expect(page.locator("#id_go_live_at-fault")).to_have_count(0 if shown else 1)


def test_a_listing_is_filtered_by_a_typed_date(sign_in):
    page = sign_in()
    page.goto(reverse("wagtailadmin_reports:site_history"))
    page.locator("[data-controller~=w-drilldown] button").first.click()
    page.locator("[data-controller~=w-drilldown] button[aria-controls*=timestamp]").click()
    field = "input[name=timestamp_from]"
    for typed, shown in (("30.2.2016", "30.2.2016"), ("01.05.2016", "1.5.2016")):
        write(page, field, typed)
        expect(page.locator(field)).to_have_value(shown)


def test_typed_money_is_that_sum_or_refused(sign_in):
    funder = OrganisationFactory(name="Rahasto")
    project = ProjectFactory(funding=[(funder, "main", None)])
    page = sign_in()
    page.set_default_timeout(SLOW)
    typed_sums = {
        "290 780,50 €": Decimal("290780.50"),
        "290780,50": Decimal("290780.50"),
        "290.780,50": Decimal("290780.50"),
        "12,345": None,
        "abc": None,
    }
    for typed, amount in typed_sums.items():
        before = draft(project).realised_public_funding
        open_project(page, project, "money")
        write(page, "#id_realised_public_funding", typed)
        write(page, "#id_funding-0-amount", typed)
        expect(page.locator("#id_funding-0-amount")).to_have_value(typed)
        save(page)
        saved = draft(project)
        assert saved.realised_public_funding == (amount or before), typed
        assert saved.funding.get().amount == (amount or before), typed
        if amount is None:
            expect(page.locator("#id_realised_public_funding")).to_have_value(typed)
            expect(page.locator("[id*=realised_public_funding-errors]")).to_contain_text(typed)
            expect(page.locator("#id_funding-0-amount")).to_have_value(typed)
