"""Where translations stand, My work and the review: by axe, wide and narrow, light and dark."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.translation import review
from cms.translation.models import Work
from tests.browser.test_admin_axe import violations
from tests.factories import (
    LocaleFactory,
    ProjectFactory,
    SuperuserFactory,
    ThemeFactory,
    home_page,
    project_index,
    translate,
)
from tests.translation.workplace import say, sent, translator

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def in_review(live_server) -> Work:
    """A page in Arabic that waits for a review, and one late, returned one in Swedish."""
    for code in ("sv", "ar", "fi-simple"):
        LocaleFactory(language_code=code)
    for code in ("sv", "ar"):
        translate(project_index(), code)
    page = ProjectFactory(title="Silta yli joen", lead="Perheet kohtaavat.")
    arabic, swedish = sent(page, "ar"), sent(page, "sv")
    sent(ThemeFactory(name="Nuoret"), "ar")
    Work.objects.filter(translation=swedish).update(
        due_on=timezone.localdate() - timedelta(days=3),
        reason=Work.Reason.RETURNED,
        comment="Otsikko on väärin.",
        note="Kiireinen.",
    )
    say(arabic)
    return review.hand_over(arabic, translator("ar"))


@pytest.mark.parametrize(("width", "dark", "language"), [(1400, False, "fi"), (360, True, "en")])
def test_nothing_is_in_the_way(live_server, new_page, in_review, width, dark, language):
    user = SuperuserFactory(username="liisa")
    theme = "dark" if dark else "light"
    UserProfile.objects.create(user=user, preferred_language=language, theme=theme)
    page = new_page(width=width, dark=dark, base_url=live_server.url)
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill("liisa")
    page.locator("input[name=password]").fill("correct horse")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/admin/")
    found = violations(page)
    review_url = f"/admin/translation/review/{in_review.pk}/"
    for path in ("/admin/translation/languages/", "/admin/translation/work/", review_url):
        page.goto(path)
        found += violations(page)
        if page.evaluate(SIDEWAYS):
            found.append(f"{path} is wider than the window")
    assert found == []
    assert page.faults == []


def test_all_rows_are_ticked_at_once_and_approved_by_keyboard(live_server, new_page, in_review):
    SuperuserFactory(username="liisa")
    page = new_page(base_url=live_server.url)
    page.goto("/admin/login/?next=/admin/translation/work/%3Fshow=review")
    page.locator("input[name=username]").fill("liisa")
    page.locator("input[name=password]").fill("correct horse")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/work/**")
    page.wait_for_function("window.wagtail?.app")
    page.locator("th input[type=checkbox]").press("Space")
    assert page.locator("td input[type=checkbox]:checked").count() == 1
    page.locator("main form[method=post] button[type=submit]").press("Enter")
    page.wait_for_load_state()
    in_review.refresh_from_db()
    assert in_review.state == Work.State.UP_TO_DATE


def test_what_is_left_of_upstream_by_axe(live_server, new_page, in_review):
    """An alias that may become a translation, and bringing translations up to date by hand."""
    source = in_review.translation.source
    page = source.get_source_instance()
    locale = LocaleFactory(language_code="ru")
    for one in (home_page(), project_index()):
        if not one.has_translation(locale):
            translate(one, "ru")
    alias = page.copy_for_translation(locale, alias=True)
    SuperuserFactory(username="liisa")
    browser = new_page(locale="en", base_url=live_server.url)
    browser.goto("/admin/login/")
    browser.locator("input[name=username]").fill("liisa")
    browser.locator("input[name=password]").fill("correct horse")
    browser.locator("input[name=password]").press("Enter")
    browser.wait_for_url("**/admin/")
    arabic = in_review.translation.get_target_instance()
    addresses = {
        "alias": reverse("wagtailadmin_pages:edit", args=[alias.pk]),
        "update": reverse("wagtail_localize:update_translations", args=[source.pk]),
        "to an alias": reverse("wagtail_localize:convert_to_alias", args=[arabic.pk]),
    }
    found = []
    for name, address in addresses.items():
        assert browser.goto(address).status == 200
        found += violations(browser, name)
    assert found == []
