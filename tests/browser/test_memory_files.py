"""The translation memory as a file, in a browser: out, in again, and axe."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cms.translation.models import MemoryEntry
from tests.browser.test_admin_axe import violations
from tests.browser.test_translation_editor import enter
from tests.factories import LocaleFactory, ProjectFactory, SuperuserFactory
from tests.translation.editing import say, sent

WORDS = 'اتفاق "جديد"'


@pytest.fixture
def page(live_server, new_page, transactional_db):
    for code in ("fi", "ar"):
        LocaleFactory(language_code=code)
    say(sent(ProjectFactory(title="Hanke", lead="Sovitaan opinnoista.")), "lead", WORDS)
    SuperuserFactory(username="anna")
    page = new_page(locale="en", base_url=live_server.url)
    enter(page, "anna")
    page.goto(f"{reverse('translation:memory')}?language=ar")
    return page


def fits(page) -> bool:
    page.set_viewport_size({"width": 360, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 1280, "height": 800})
    return wide <= 360


def bring(page, name: str, content: bytes) -> None:
    page.get_by_role("link", name="Translations from a file").click()
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("CSV or TMX file").set_input_files(file)
    assert violations(page) == []
    page.get_by_role("button", name="Look what it would do").click()


@pytest.mark.parametrize("kind", ["TMX", "CSV"])
def test_the_memory_goes_out_and_another_wording_comes_in(page, kind):
    assert violations(page) == []
    assert fits(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name=f"Download as {kind}").click()
    content = waiting.value.path().read_bytes()
    assert waiting.value.suggested_filename == f"memory-fi-ar.{kind.lower()}"
    bring(page, "same", content)
    expect(page.get_by_role("main")).to_contain_text("There is nothing to take.")
    page.get_by_role("button", name="Take nothing").click()
    bring(page, "other", content.decode().replace("اتفاق", "تفاهم").encode())
    expect(page.get_by_role("main")).to_contain_text("New: 1")
    expect(page.locator("td[lang=ar]")).to_have_attribute("dir", "rtl")
    assert violations(page) == []
    assert fits(page)
    page.get_by_role("button", name="Take all of it").click()
    expect(page.get_by_role("main")).to_contain_text("1 translation was taken.")
    assert MemoryEntry.objects.get().target.startswith("تفاهم")
    page.get_by_label("Words").fill("opinto")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.locator("td[lang=ar]")).to_have_count(2)


def test_a_wrong_file_gets_a_sentence(page):
    bring(page, "memory.csv", b"PK\x03\x04")
    expect(page.get_by_role("main")).to_contain_text("Save it as CSV UTF-8.")
    assert violations(page) == []
