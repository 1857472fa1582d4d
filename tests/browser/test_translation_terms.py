"""Terms in the translation editor, in a browser: marked, read, inserted and undone; and axe."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.test_admin_axe import violations
from tests.browser.test_translation_editor import enter
from tests.factories import ProjectFactory, SuperuserFactory
from tests.translation.editing import own_url, section, segment_of, sent
from tests.translation.glossary import make_term
from tests.translation.machines import serving

SAYS = "<p>Hankkeen osatoteuttajat edistävät <b>kotoutumista</b>.</p>"


@pytest.fixture
def translation(transactional_db):
    make_term("A limited piece of work.", fi="hanke", ar="مشروع, +برنامج, -عملية")
    make_term(fi="kotoutuminen", ar="اندماج")
    make_term(fi="osatoteuttaja", sv="delgenomförare")
    return sent(ProjectFactory(title="Hanke", lead="Lyhyesti.", body=[section(SAYS)]))


@pytest.fixture
def page(live_server, new_page, translation):
    SuperuserFactory(username="anna")
    page = new_page(locale="en", base_url=live_server.url)
    enter(page, "anna")
    page.goto(own_url(translation))
    return page


def test_a_term_is_marked_and_goes_into_the_field(page, translation):
    segment = segment_of(translation, "text")
    row = page.locator(f"#string-{segment.pk}")
    field = row.locator("textarea")
    assert row.locator("[data-source]").inner_text() == (
        "Hankkeen osatoteuttajat edistävät <b>kotoutumista</b>."
    )
    expect(row.get_by_role("list", name="Terms")).to_contain_text("A limited piece of work.")
    expect(row.get_by_role("list", name="Terms")).to_contain_text("no agreed word yet")
    expect(row.get_by_role("button", name="osatoteuttajat")).to_have_count(0)
    row.get_by_role("button", name="Hankkeen", exact=True).click()
    expect(field).to_have_value("مشروع")
    expect(field).to_be_focused()
    button = row.get_by_role("button", name="kotoutumista", exact=True)
    expect(button).to_have_accessible_description("kotoutumista: اندماج")
    button.focus()
    page.keyboard.press("Enter")
    expect(field).to_have_value("مشروع اندماج")
    page.keyboard.press("Control+z")
    expect(field).to_have_value("مشروع")
    expect(row.locator("[data-reading]")).to_be_hidden()
    page.reload()
    expect(row.locator(".translation-kept")).to_contain_text("مشروع")
    assert page.faults == []


def test_a_term_goes_where_the_caret_is_in_a_row_that_was_saved(page, translation):
    segment = segment_of(translation, "title")
    row = page.locator(f"#string-{segment.pk}")
    row.locator("textarea").fill("ABCD")
    row.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[data-said]")).to_have_text("Saved.")
    field = row.locator("textarea")
    field.focus()
    field.evaluate("field => field.setSelectionRange(1, 1)")
    row.get_by_role("button", name="Hanke", exact=True).click()
    expect(field).to_have_value("A مشروع BCD")
    row.get_by_role("button", name="Copy source").click()
    expect(field).to_have_value("Hanke")


def test_axe_and_a_narrow_screen(page):
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 800})
    assert violations(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360


def test_a_term_is_kept_in_the_admin(page):
    page.goto(reverse("terms:add"))
    page.get_by_role("button", name="Add word").click()
    page.locator("#id_words-0-locale").select_option(label="Finnish")
    page.locator("#id_words-0-text").fill("rahoittaja")
    page.get_by_role("button", name="Add word").click()
    page.locator("#id_words-1-locale").select_option(label="Finnish")
    page.locator("#id_words-1-text").fill("Rahoittaja")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("This word is there twice in this language.")).to_be_visible()
    expect(page.locator("#id_words-1-text")).to_have_value("Rahoittaja")
    page.locator("#id_words-1-text").fill("avustaja")
    page.locator("#id_words-1-kind").select_option("forbidden")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("link", name="rahoittaja")).to_be_visible()
    page.goto(reverse("terms:index") + "?q=rahoittajien")
    expect(page.get_by_text("Not to be used: avustaja")).to_be_visible()
    page.goto(reverse("terms:index"))
    assert violations(page) == []


def test_the_glossary_goes_out_and_comes_in_as_a_file(page, tmp_path):
    page.goto(reverse("terms:index"))
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as out:
        page.get_by_role("link", name="CSV").click()
    file = tmp_path / "terms.csv"
    out.value.save_as(file)
    text = file.read_text(encoding="utf-8-sig")
    assert "hanke" in text
    file.write_text(text.replace("اندماج", "إدماج") + "9,,työ,عمل\r\n", encoding="utf-8-sig")
    page.get_by_role("link", name="From a file").click()
    assert violations(page) == []
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Look what it would do").click()
    expect(page.get_by_text("New: 1")).to_be_visible()
    expect(page.get_by_text("Changed: 1")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Take all of it").click()
    expect(page.get_by_text("2 terms were taken.")).to_be_visible()
    expect(page.get_by_text("إدماج")).to_be_visible()
    assert page.faults == []


def test_a_machine_drafts_and_a_person_reads(page, settings, translation):
    with serving(settings):
        page.reload()
        page.get_by_role("button", name="Translate with LibreTranslate").click()
        expect(page.get_by_text("3 strings were translated by LibreTranslate")).to_be_visible()
    row = page.locator(f"#string-{segment_of(translation, 'lead').pk}")
    expect(row).to_contain_text("Machine translation: read it")
    assert violations(page) == []
    row.get_by_role("button", name="It is right").click()
    expect(page.locator("[data-said]")).to_have_text("Saved.")
    expect(row).to_contain_text("Translated")
    link = page.get_by_role("link", name="Machine translations to read")
    expect(link).to_have_text("Machine translations to read (2)")
    link.click()
    expect(page.locator("[data-string]")).to_have_count(2)
