"""A Word file becomes a published project, an Excel sheet drafts; looked at wide and narrow."""

import os
from pathlib import Path

import pytest
from wagtail.users.models import UserProfile

from projects.models import ProjectPage
from tests.browser.test_members import looked_at, sign_in
from tests.factories import SuperuserFactory, project_index
from tests.intake.tables import workbook_of
from tests.intake.writers import written

REPORT = """# Silta yhteisöön
Hankkeen toteuttaja on Kylän kaverit ry. Hanke toimii Kemissä ja Torniossa.
Hankekoodi S90001
Toteutusaika 1.5.2023–30.4.2025
Rahoittaja: Euroopan sosiaalirahasto
## Tavoitteet
Ihmiset tutustuvat toisiinsa ja löytävät tekemistä.
## Tulokset
Ryhmiin osallistui 120 ihmistä."""
SHOTS = os.environ.get("SHOTS")


@pytest.fixture
def page(live_server, new_page):
    project_index()
    UserProfile.objects.create(user=SuperuserFactory(username="liisa"), preferred_language="fi")
    page = new_page(width=1400, height=1000, base_url=live_server.url)
    sign_in(page, "liisa", "correct horse")
    page.goto("/admin/bring-in/")
    return page


def shot(page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


def upload(page, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/admin/bring-in/*/")


def test_a_word_file_becomes_a_published_project(page):
    found: list = []
    looked_at(page, found)
    shot(page, "intake-index")
    upload(page, "loppuraportti.docx", written(REPORT, "docx"))
    looked_at(page, found)
    page.locator("tbody th a").first.click()
    page.wait_for_selector(".intake-text mark")
    looked_at(page, found)
    shot(page, "intake-project")
    page.locator("[name=title]").fill("Silta kylään")
    page.locator("fieldset button[type=submit]").click()
    page.wait_for_selector(".messages .success")
    page.locator("button[value=save]").click()
    page.wait_for_selector("button[value=undo]")
    shot(page, "intake-saved")
    page.locator("tbody td a[href*='/pages/']").click()
    page.wait_for_url("**/edit/")
    page.evaluate("document.querySelector('[name=action-publish]').click()")
    page.wait_for_selector(".messages .success")
    silta = ProjectPage.objects.get()
    assert silta.live
    assert (silta.title, silta.code) == ("Silta kylään", "S90001")
    assert sorted(row.municipality.name_fi for row in silta.municipalities.all()) == [
        "Kemi",
        "Tornio",
    ]
    assert not found


def test_an_excel_sheet_of_ten_becomes_drafts_and_goes_again(page):
    found: list = []
    rows = [[f"Hanke {n}", f"S9{n:04}", f"1.{n}.2023", "Rahasto", "Kemi"] for n in range(1, 11)]
    head = ["Hankkeen nimi", "Koodi", "Alkaa", "Rahoittaja", "Kunta"]
    upload(page, "hankkeet.xlsx", workbook_of([head, *rows]))
    looked_at(page, found)
    shot(page, "intake-review")
    for path in ("things", "files"):
        page.locator(f"main a[href*='/{path}/']").first.click()
        page.wait_for_selector(".intake-things")
        looked_at(page, found)
        shot(page, f"intake-{path}")
        page.locator("main form button[type=submit]").click()
        page.wait_for_selector("button[value=save]")
    page.locator("button[value=save]").click()
    page.wait_for_selector("button[value=undo]")
    assert ProjectPage.objects.filter(live=False).count() == 10
    page.goto("/admin/take-out/")
    looked_at(page, found)
    page.go_back()
    page.locator("button[value=undo]").click()
    page.wait_for_function("!document.querySelector('button[value=undo]')")
    assert not ProjectPage.objects.exists()
    assert not found
