"""The translation editor in a browser: keys, what was typed and not saved, two at once, axe."""

import re

import pytest
from playwright.sync_api import expect
from wagtail_localize.models import StringTranslation

from cms.translation.models import Work
from tests.browser.test_admin_axe import violations
from tests.factories import ProjectFactory, SuperuserFactory
from tests.translation.editing import RICH, own_url, say, section, segment_of, sent

LONG = "<p>Hanke toimi vuosina 2021–2027 tunnuksella S22354.</p><p>Toinen kappale.</p>"


@pytest.fixture
def translation(transactional_db):
    body = [section(RICH), section(LONG, "results")]
    return sent(ProjectFactory(title="Silta", lead="Lyhyesti & selkeästi.", body=body))


@pytest.fixture
def open_editor(live_server, new_page, translation):
    def sign_in(name: str = "anna", **options):
        SuperuserFactory(username=name, first_name=name.title())
        page = new_page(locale="en", base_url=live_server.url, **options)
        enter(page, name)
        page.goto(own_url(translation))
        return page

    return sign_in


def enter(page, name: str) -> None:
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill("correct horse")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/admin/")


def field(page, segment):
    return page.locator(f"#text-{segment.pk}")


def data() -> set[str]:
    return set(StringTranslation.objects.values_list("data", flat=True))


def test_a_day_at_the_keyboard(open_editor, translation):
    page = open_editor()
    title, lead = segment_of(translation, "title"), segment_of(translation, "lead")
    page.keyboard.press("Alt+n")
    expect(field(page, title)).to_be_focused()
    page.keyboard.type("جسر")
    page.keyboard.press("Control+Enter")
    expect(field(page, lead)).to_be_focused()
    expect(page.locator("[data-progress]")).to_contain_text("17 of 18 words left")
    page.keyboard.press("Alt+c")
    expect(field(page, lead)).to_have_value("Lyhyesti & selkeästi.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-progress]")).to_contain_text("14 of 18 words left")
    assert data() == {"جسر", "Lyhyesti &amp; selkeästi."}
    assert page.faults == []


def test_the_filters_count_what_was_saved_since(open_editor, translation):
    page = open_editor()
    row = page.locator(f"#string-{segment_of(translation, 'title').pk}")
    untranslated = page.get_by_role("link", name=re.compile("Untranslated"))
    before = int(re.search(r"\d+", untranslated.inner_text())[0])
    row.locator("textarea").fill("جسر")
    row.get_by_role("button", name="Save", exact=True).click()
    expect(untranslated).to_have_text(f"Untranslated ({before - 1})")
    row.get_by_role("button", name="Remove").click()
    expect(untranslated).to_have_text(f"Untranslated ({before})")


def test_what_was_up_to_date_can_be_handed_over_once_corrected(open_editor, translation):
    for segment in translation.source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            data=segment.string.data,
        )
    Work.objects.filter(translation=translation).update(state=Work.State.UP_TO_DATE)
    page = open_editor()
    hand_over = page.get_by_role("button", name="Hand over for review")
    expect(hand_over).to_have_count(0)
    row = page.locator(f"#string-{segment_of(translation, 'title').pk}")
    row.locator("textarea").fill("جسور")
    row.get_by_role("button", name="Save", exact=True).click()
    expect(hand_over).to_have_count(1)
    expect(page.locator("[data-state-of-work]")).to_have_text("In progress")


def test_what_was_typed_outlives_a_reload_and_a_session(open_editor, translation):
    page = open_editor()
    title = segment_of(translation, "title")
    field(page, title).fill("جسر")
    page.reload()
    expect(field(page, title)).to_have_value("")
    page.get_by_role("button", name="Put it into the field").click()
    expect(field(page, title)).to_have_value("جسر")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("sign in again")
    expect(field(page, title)).to_have_value("جسر")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=re.compile("Sign in again")).click()
    enter(opened.value, "anna")
    field(page, title).press("Control+Enter")
    expect(page.locator("[data-progress]")).to_contain_text("17 of 18")
    assert data() == {"جسر"}
    page.reload()
    expect(page.locator(".translation-kept")).to_have_count(0)


def test_the_second_of_two_sees_both_texts(open_editor, translation):
    page = open_editor()
    title = segment_of(translation, "title")
    say(translation, "title", "أول")
    field(page, title).fill("ثان")
    page.keyboard.press("Control+Enter")
    row = page.locator(f"#string-{title.pk}")
    expect(row.get_by_role("alert")).to_contain_text("meanwhile")
    expect(row.locator("[data-theirs]")).to_have_text("أول")
    expect(field(page, title)).to_have_value("ثان")
    row.get_by_role("button", name="Save mine over it").click()
    expect(row.get_by_role("alert")).to_have_count(0)
    assert data() == {"ثان"}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1400, 360])
def test_axe_finds_nothing(open_editor, translation, width, dark):
    say(translation, "title", "جسر 2021–2027")
    say(translation, "lead", "<u>x</u>")
    page = open_editor(width=width, dark=dark)
    found = violations(page, "editor")
    text = segment_of(translation, "text")
    field(page, text).fill("x")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("is missing")
    assert found + violations(page, "with a fault") == []
    fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(fits)
    assert page.faults == [] or "400" in page.faults[0]


def test_the_checks_speak_while_one_types_and_are_dismissed_by_keyboard(open_editor, translation):
    page = open_editor()
    lead = segment_of(translation, "lead")
    row = page.locator(f"#string-{lead.pk}")
    field(page, lead).press_sequentially("واضح وقصير ٢٠٢٦.")
    expect(row.locator("[data-typed-findings]")).to_contain_text("2026")
    field(page, lead).press("Control+a")
    field(page, lead).press_sequentially("واضح وقصير.")
    expect(row.locator("[data-typed-findings]")).to_have_text("")
    field(page, lead).press("Control+a")
    field(page, lead).press_sequentially("واضح وقصير ٢٠٢٦.")
    row.get_by_role("button", name="Save", exact=True).press("Enter")
    warned = page.get_by_role("link", name=re.compile("With warnings"))
    expect(warned).to_have_text("With warnings (1)")
    row.get_by_text("Not a fault?").press("Enter")
    assert violations(page, "with a warning") == []
    row.get_by_label("Why it is right").fill("Vuosi on tiedossa")
    row.get_by_label("Why it is right").press("Enter")
    expect(warned).to_have_text("With warnings (0)")
    expect(row.get_by_role("button", name="It is a fault after all")).to_be_focused()
    expect(row).to_contain_text("Vuosi on tiedossa")
    page.set_viewport_size({"width": 360, "height": 800})
    assert violations(page, "narrow, with a dismissal") == []
    assert page.faults == []


def test_an_earlier_translation_is_used_by_keyboard_alone(open_editor, translation):
    other = sent(ProjectFactory(title="Toinen hanke", lead="Lyhyesti & selkeästi sanottuna."))
    say(other, "lead", "باختصار وبوضوح.")
    page = open_editor()
    title, lead = segment_of(translation, "title"), segment_of(translation, "lead")
    field(page, title).focus()
    page.keyboard.press("Control+Enter")  # Nothing is written: the field stays.
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == f"text-{lead.pk}":
            break
    row = page.locator(f"#string-{lead.pk}")
    expect(row.locator("[data-help] [role=status]")).to_contain_text("1 earlier")
    expect(row).to_contain_text("Toinen hanke")
    assert violations(page, "with a suggestion") == []
    page.keyboard.press("Alt+1")
    expect(field(page, lead)).to_have_value("باختصار وبوضوح.")
    page.keyboard.press("Control+z")
    expect(field(page, lead)).to_have_value("")
    page.keyboard.press("Alt+1")
    page.keyboard.press("Control+Enter")
    expect(row).to_have_attribute("data-state", "done")
    assert StringTranslation.objects.filter(data="باختصار وبوضوح.").count() == 2
    page.set_viewport_size({"width": 360, "height": 800})
    field(page, lead).focus()
    expect(row.get_by_role("button", name="Use")).to_have_count(0)
    assert violations(page, "narrow") == []
