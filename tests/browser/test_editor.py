"""An editor makes a project with logo, section, funder and contact, from empty form to page."""

import re

import pytest
from playwright.sync_api import expect

from cms.users.roles import PUBLISHERS
from projects.models import ProjectPage
from tests.factories import EditorFactory, PersonFactory, png, project_index

PASSWORD = "correct horse"
SLOW = 60_000  # ms: the admin's first pages, on a busy machine


@pytest.fixture
def editor_page(live_server, new_page):
    project_index()
    PersonFactory(name="Maija Malli", title="hankevastaava", email="maija@example.org")
    EditorFactory(join=PUBLISHERS.name, username="liisa")
    page = new_page(locale="en", width=1400, height=1000, base_url=live_server.url)
    page.set_default_timeout(SLOW)
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill("liisa")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    return page


def modal(page):
    return page.locator(".modal-content")


def choose_logo(page) -> None:
    page.locator("#id_logo-chooser").get_by_role("button", name="Choose").click()
    modal(page).get_by_role("tab", name="Upload").click()
    modal(page).locator("input[type=file]").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": png(400, 120)}
    )
    modal(page).locator("#id_image-chooser-upload-title").fill("Uuden hankkeen logo")
    modal(page).get_by_role("button", name="Upload").click()
    expect(page.locator("#id_logo")).not_to_have_value("")


def add_section(page, text: str) -> None:
    page.locator("button.c-sf-add-button:visible").first.click()
    page.locator(".w-combobox__option, [role=option]").filter(has_text="Section").first.click()
    page.locator("#body-0-value-kind").select_option("aims")
    page.locator("[contenteditable=true]:visible").first.click()
    page.keyboard.type(text)


def add_new_funder(page, name: str, amount: str) -> None:
    page.locator("#id_funding-ADD").click()
    page.locator("#id_funding-0-organisation-chooser").get_by_role("button", name="Choose").click()
    modal(page).get_by_role("tab", name="Add a new organisation").click()
    modal(page).locator("#id_name").fill(name)
    modal(page).get_by_role("button", name="Add and choose").click()
    expect(page.locator("#id_funding-0-organisation-title")).to_have_text(name)
    page.locator("#id_funding-0-amount").fill(amount)


def add_known_contact(page, name: str) -> None:
    page.locator("#id_contacts-ADD").click()
    page.locator("#id_contacts-0-person-chooser").get_by_role("button", name="Choose").click()
    modal(page).get_by_role("link", name=name).click()
    expect(page.locator("#id_contacts-0-person-title")).to_have_text(name)


def publish(page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.locator("button[name=action-publish]").click()


def test_editor_makes_a_project_and_sees_it_on_the_site(editor_page, page, live_server):
    admin = editor_page
    admin.get_by_role("link", name="Projects", exact=True).click()
    admin.get_by_role("link", name="Add project").click()

    admin.locator("#id_title").fill("Uusi hanke")
    admin.locator("#id_lead").fill("Yhdessä kohti työtä.")
    choose_logo(admin)
    add_section(admin, "Hanke auttaa nuoria eteenpäin.")
    admin.get_by_role("tab", name="Facts").click()
    admin.locator("#id_code").fill("S12345")
    admin.get_by_role("tab", name="People and money").click()
    add_new_funder(admin, "Esimerkkirahasto", "12000")
    add_known_contact(admin, "Maija Malli")

    admin.get_by_role("button", name="Toggle preview").click()
    preview = admin.frame_locator("iframe[title=Preview]").first
    expect(preview.get_by_role("heading", level=1)).to_have_text(
        re.compile("Uusi hanke"), timeout=SLOW
    )

    # Wagtail saves a new page by itself: a button that is pressed meanwhile would add it twice.
    admin.wait_for_url("**/admin/pages/*/edit/")
    publish(admin)
    admin.wait_for_url("**/admin/pages/*/")
    project = ProjectPage.objects.get(slug="uusi-hanke")
    assert project.live
    assert project.owner.username == "liisa"

    page.set_default_timeout(SLOW)
    page.goto(f"{live_server.url}/fi/hankkeet/uusi-hanke/")
    main = page.get_by_role("main")
    for text in (
        "Uusi hanke",
        "Yhdessä kohti työtä.",
        "Hanke auttaa nuoria eteenpäin.",
        "S12345",
        "Esimerkkirahasto",
        "Maija Malli",
    ):
        expect(main).to_contain_text(text)
    expect(main).to_contain_text(re.compile(r"12\s000"))
    expect(main.locator("img[alt='Uuden hankkeen logo']")).to_be_visible()
    assert page.faults == []
