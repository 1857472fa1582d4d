"""What needs doing today in a browser: from the front page to the field, and gone when done."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cms.repair import own, reading
from cms.repair.models import Link
from tests.browser.test_admin_axe import violations
from tests.browser.test_easy import SIDEWAYS, signed_in
from tests.factories import (
    ContentPageFactory,
    ImageFactory,
    PersonFactory,
    ProjectFactory,
    SuperuserFactory,
)

REPORTS = ("reviews", "links", "pictures", "drafts")


@pytest.fixture
def worn(live_server):
    """A site that nobody has looked after for a while."""
    owner = SuperuserFactory(username="liisa", first_name="Liisa", last_name="Malli")
    today = timezone.localdate()
    link = '<p><a href="https://a.example.org/erittain/pitka/osoite/jossa-ei-ole-valia">Lue</a></p>'
    ContentPageFactory(
        title="Tietosuojaseloste", review_on=today, owner=owner, body=[("text", link)]
    )
    ContentPageFactory(title="Saavutettavuusseloste", live=False)
    project = ProjectFactory(
        title="Silta työhön",
        end_date=today - timedelta(days=10),
        image=ImageFactory(title="Silta talvella"),
        contacts=[PersonFactory(name="Maija Malli", public_until=today + timedelta(days=5))],
    )
    reading.take_up()
    own.settle()
    Link.objects.update(
        failed_days=2,
        fault="gone",
        status=404,
        first_failed_on=today - timedelta(days=3),
        checked_at=timezone.now(),
    )
    return project


def test_a_line_leads_to_the_field_and_goes_when_done(live_server, new_page, worn):
    page = signed_in(new_page, live_server, "/admin/")
    line = page.locator("#to-do-section .title-wrapper a[href*='missing=results']")
    line.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/projects/?missing=results*")
    place = page.locator(
        f"td a[href='/admin/pages/{worn.pk}/edit/#panel-child-facts-period-section']"
    )
    place.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/**")
    expect(page.locator("#panel-child-facts-period-section")).to_be_visible()
    worn.body = [("section", {"kind": "results", "text": "<p>Opittiin.</p>"})]
    worn.save_revision().publish()
    page.goto("/admin/")
    # It is among the parts of the line of missing parts no more, either.
    expect(page.locator("#to-do-section a[href*='missing=results']")).to_have_count(0)
    page.goto("/admin/repair/reviews/")
    page.locator("main td button").first.press("Enter")
    expect(page.locator("main table")).to_have_count(0)
    assert page.faults == []


@pytest.mark.parametrize(("width", "dark"), [(1400, False), (360, True)])
def test_nothing_is_in_the_way(live_server, new_page, worn, width, dark):
    page = signed_in(new_page, live_server, "/admin/", width=width, dark=dark)
    page.locator("#to-do-section summary").first.click()
    found = violations(page, "front page")
    for path in ("/admin/projects/", *(f"/admin/repair/{name}/" for name in REPORTS)):
        page.goto(path)
        expect(page.locator("main table").first).to_be_visible()
        found += violations(page)
        assert not page.evaluate(SIDEWAYS), path
    assert found == []
    assert page.faults == []
