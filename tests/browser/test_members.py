"""A member's editor is invited, sets her password, edits, and is refused another's project."""

import re

from django.core import mail
from django.urls import reverse
from wagtail.users.models import UserProfile

from projects.models import ProjectPage
from tests.browser.test_admin_axe import violations
from tests.factories import OrganisationFactory, ProjectFactory, SuperuserFactory

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
PASSWORD = "tosi pitkä salasana"


def sign_in(page, name: str, password: str) -> None:
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/admin/")


def looked_at(page, found: list) -> None:
    """Faults of a page as it is, and narrow."""
    wide = page.viewport_size
    for size in (wide, {"width": 360, "height": 800}):
        page.set_viewport_size(size)
        found += violations(page)
        if page.evaluate(SIDEWAYS):
            found.append(f"{page.url} is wider than {size}")
    page.set_viewport_size(wide)


def test_from_the_invitation_to_her_own_project(live_server, new_page, settings):
    settings.BASE_URL = live_server.url
    SuperuserFactory(username="liisa")
    organisation = OrganisationFactory(name="Kylän kaverit ry", is_member=True)
    own = ProjectFactory(title="Kylä liikkuu", organisations=[(organisation, "lead")])
    other = ProjectFactory(title="Toisten hanke")
    found, page = [], new_page(width=1400, height=1000, base_url=live_server.url)
    sign_in(page, "liisa", "correct horse")
    edit = reverse("wagtailsnippets_projects_organisation:edit", args=[organisation.pk])
    page.goto(edit)
    found += violations(page)
    page.locator("button[formaction]").click()
    page.wait_for_url("**/admin/members/**")
    page.locator("input[name=email]").fill("uusi@example.org")
    page.locator("input[name=email]").press("Enter")
    page.wait_for_selector(".messages .success")
    looked_at(page, found)

    link = re.search(r"http\S+/admin/join/\S+", mail.outbox[-1].body)[0]
    guest = new_page(base_url=live_server.url, dark=True)
    guest.goto(link)
    looked_at(guest, found)
    for name, text in (("first_name", "Uusi"), ("last_name", "Ihminen")):
        guest.locator(f"input[name={name}]").fill(text)
    for name in ("new_password1", "new_password2"):
        guest.locator(f"input[name={name}]").fill(PASSWORD)
    guest.locator("input[name=new_password2]").press("Enter")
    guest.wait_for_url("**/admin/login/**")
    sign_in(guest, "uusi@example.org", PASSWORD)
    looked_at(guest, found)
    assert "Toisten hanke" not in guest.content()

    guest.goto(reverse("project_listing:index"))
    guest.get_by_role("link", name="Kylä liikkuu").first.click()
    guest.wait_for_url(f"**/pages/{own.pk}/edit/")
    guest.locator("[name=lead]").fill("Kaikki mukaan.")
    assert guest.locator("[name=action-publish]").count() == 0
    guest.keyboard.press("Control+s")
    guest.wait_for_selector(".messages .success")
    draft = ProjectPage.objects.get(pk=own.pk)
    assert draft.get_latest_revision_as_object().lead == "Kaikki mukaan."
    assert draft.lead == ""

    guest.goto(reverse("wagtailadmin_pages:edit", args=[other.pk]))
    assert guest.url.rstrip("/").endswith("/admin")
    assert guest.locator(".messages .error").count() == 1
    assert "Toisten hanke" not in guest.content()
    guest.goto(link)
    looked_at(guest, found)
    assert UserProfile.objects.filter(user__username="uusi@example.org").exists()
    assert not found, "\n".join(found)
    assert page.faults == []
    assert guest.faults == []
