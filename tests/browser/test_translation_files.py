"""Work outside, in a browser: each kind of file out and in, seen before it is taken; and axe."""

import polib
import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail_localize.models import StringTranslation

from cms.translation.exchange import kinds
from tests.browser.test_admin_axe import violations
from tests.browser.test_translation_editor import enter
from tests.factories import ProjectFactory, SuperuserFactory
from tests.translation.editing import RICH, own_url, section, segment_of, sent
from tests.translation.files import workbook

LINK = 'اقرأ <a id="a1">المزيد</a> و<b>تعال</b> 2021–2027.'
CODED = 'اقرأ <pc id="a1">المزيد</pc> و<pc id="b-1">تعال</pc> 2021–2027.'


@pytest.fixture
def translation(transactional_db):
    return sent(ProjectFactory(title="Silta 2021", lead="Lyhyesti.", body=[section(RICH)]))


@pytest.fixture
def page(live_server, new_page, translation):
    SuperuserFactory(username="anna")
    page = new_page(locale="en", base_url=live_server.url)
    enter(page, "anna")
    return page


def translated(kind: str, content: bytes) -> bytes:
    """As a translator brings it back: a title with another year, and running text."""
    if kind == "xlsx":
        return workbook(content, in_cells)
    text = content.decode()
    if kind == "po":
        file = polib.pofile(text)
        for entry in file:
            says = {"Silta 2021": "جسر 2012"}
            entry.msgstr = LINK if entry.msgid.startswith("Lue") else says.get(entry.msgid, "")
        return str(file).encode()
    text = text.replace('state="initial"', 'state="translated"')
    text = text.replace("2021</source>", "2021</source><target>جسر 2012</target>")
    return text.replace("2027.</source>", f"2027.</source><target>{CODED}</target>").encode()


def in_cells(page) -> None:
    for row in page.iter_rows(min_row=2):
        if row[1].value == "Silta 2021":
            row[2].value = "جسر 2012"
        elif row[1].value.startswith("Lue"):
            row[2].value = LINK


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_out_of_the_editor_and_in_again(page, translation, kind, tmp_path):
    page.goto(own_url(translation))
    with page.expect_download() as download:
        page.get_by_role("link", name=f"Download {kinds.NAMES[kind]}").click()
    back = tmp_path / "työ"
    back.write_bytes(translated(kind, download.value.path().read_bytes()))
    page.get_by_text("Translate elsewhere: upload a file").click()
    page.get_by_label("PO, XLIFF or XLSX file that was downloaded here").set_input_files(back)
    page.get_by_role("button", name="Look what it would do").click()
    expect(page.get_by_role("heading", name="New (2)")).to_be_visible()
    expect(page.locator(".files-warnings").first).to_contain_text("2021")
    expect(page.locator("dd[lang=ar]").first).to_have_attribute("dir", "rtl")
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not StringTranslation.objects.exists()
    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_text("2 strings were taken.")).to_be_visible()
    title = segment_of(translation, "title")
    expect(page.locator(f"#text-{title.pk}")).to_have_value("جسر 2012")
    assert set(StringTranslation.objects.values_list("data", flat=True)) == {"جسر 2012", LINK}


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_many_at_once_from_my_work(page, translation, kind, tmp_path):
    other = sent(ProjectFactory(title="Silta 2021", lead="Toinen."))
    page.goto(reverse("translation:work"))
    page.get_by_role("link", name="Work outside: files out and in").click()
    expect(page.get_by_role("heading", name="Bring it back")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Languages").select_option(label="Finnish → Arabic")
    page.get_by_label("Kind of file").select_option(label=kinds.NAMES[kind])
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    back = tmp_path / "työ"
    back.write_bytes(translated(kind, download.value.path().read_bytes()))
    page.set_viewport_size({"width": 360, "height": 800})
    page.get_by_label("PO, XLIFF or XLSX file").set_input_files(back)
    page.get_by_role("button", name="Look what it would do").click()
    expect(page.get_by_role("button", name="Take it")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_text("were taken.")).to_be_visible()
    said = StringTranslation.objects.filter(data="جسر 2012")
    assert set(said.values_list("context__object_id", flat=True)) == {
        translation.source.object_id,
        other.source.object_id,
    }


def test_a_damaged_file_is_told(page, tmp_path):
    page.goto(reverse("translation:files"))
    back = tmp_path / "työ.po"
    back.write_bytes(b'msgid "half')
    page.get_by_label("PO, XLIFF or XLSX file").set_input_files(back)
    page.get_by_role("button", name="Look what it would do").click()
    expect(page.get_by_text("it is damaged")).to_be_visible()
    assert violations(page) == []
