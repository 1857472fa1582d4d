"""Two people edit one page, in two browsers: nobody's words go under."""

import re

import pytest
from playwright.sync_api import expect

from cms.users.roles import PUBLISHERS
from projects.models import ProjectPage
from tests.factories import EditorFactory, ProjectFactory

SLOW = 60_000  # ms: the admin's first pages, on a busy machine


@pytest.fixture
def sign_in(live_server, new_page):
    def open_admin(name: str):
        EditorFactory(join=PUBLISHERS.name, username=name, first_name=name.title())
        page = new_page(locale="en", width=1400, height=1000, base_url=live_server.url)
        page.set_default_timeout(SLOW)
        page.goto("/admin/login/")
        page.locator("input[name=username]").fill(name)
        page.locator("input[name=password]").fill("correct horse")
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(re.compile("/admin/$"))
        return page

    return open_admin


def test_an_editor_meets_what_another_saved_and_keeps_what_was_typed(sign_in):
    project = ProjectFactory(
        title="Silta",
        body=[{"type": "section", "value": {"kind": "aims", "text": "<p>Tavoite</p>"}}],
    )
    address = f"/admin/pages/{project.pk}/edit/"
    anna = sign_in("anna")
    anna.goto(address)
    bertta = sign_in("bertta")
    bertta.goto(address)
    expect(bertta.locator("#body-0-value-kind")).to_be_visible()
    anna.locator("#id_lead").fill("Annan valmis ingressi")
    anna.get_by_role("button", name="More actions").click()
    anna.locator("button[name=action-publish]").click()
    expect(anna.get_by_text("has been published")).to_be_visible()

    bertta.locator("#id_title").fill("Silta yli")
    bertta.get_by_role("button", name="More actions").click()
    bertta.locator("button[name=action-publish]").click()
    expect(bertta.get_by_text("Anna saved this at")).to_be_visible()
    row = bertta.get_by_role("row", name=re.compile("Lead"))
    expect(row).to_contain_text("Annan valmis ingressi")
    bertta.get_by_role("button", name="Go on editing mine").click()
    expect(bertta.locator("#id_title")).to_have_value("Silta yli")
    expect(bertta.locator("#body-0-value-kind")).to_have_value("aims")
    bertta.locator("#id_lead").fill("Yhteinen ingressi")
    bertta.get_by_role("button", name="More actions").click()
    bertta.locator("button[name=action-publish]").click()
    expect(bertta.get_by_text("has been published")).to_be_visible()
    project = ProjectPage.objects.get(pk=project.pk)
    assert (project.lead, project.title) == ("Yhteinen ingressi", "Silta yli")
    assert project.body[0].value["kind"] == "aims"
