"""Easy Finnish beside Finnish in a browser: written, hinted at, published, read, and gone stale."""

import pytest
from wagtail.models import Page

from tests.browser.test_admin_axe import violations
from tests.factories import SuperuserFactory
from tests.translation.easy import change, easy_of, finnish_project, uuid

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def finnish(live_server):
    SuperuserFactory(username="liisa")
    return finnish_project()


def signed_in(new_page, live_server, path: str, **options):
    page = new_page(base_url=live_server.url, **options)
    page.goto(f"/admin/login/?next={path}")
    page.locator("input[name=username]").fill("liisa")
    page.locator("input[name=password]").fill("correct horse")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"**{path}")
    return page


def test_a_story(live_server, new_page, finnish, axe):
    page = signed_in(new_page, live_server, f"/admin/translation/easy/make/{finnish.pk}/")
    page.locator("main form button[type=submit]").press("Enter")
    page.wait_for_url("**/admin/translation/easy/*/")
    easy = easy_of(finnish)

    # Written by keyboard, and a hint comes by itself.
    page.locator("#id_title").fill("Silta helposti")
    page.locator("#id_lead").fill("Autamme nuoria.")
    row = page.locator(f"[data-row]:has([name='shown-{uuid(2)}'])")
    editor = row.locator("[role=textbox]")
    editor.focus()
    page.keyboard.type("Ryhmässä keskustellaan. Tule mukaan!")
    hints = row.locator("[data-hints-of-row]")
    hints.get_by_text("keskustellaan").first.wait_for(state="attached")
    assert hints.get_attribute("role") == "status"
    page.locator("button[name=action-publish]").press("Enter")
    page.wait_for_load_state()
    assert Page.objects.get(pk=easy.pk).live

    # One tap on the public page, and one back.
    reader = new_page(base_url=live_server.url)
    reader.goto(finnish.url)
    reader.locator(".easy-switch a").click()
    reader.wait_for_url("**/fi-simple/**")
    assert "Ryhmässä keskustellaan." in reader.content()
    axe(reader)
    reader.locator(".easy-switch a").click()
    reader.wait_for_url("**/fi/**")

    # The Finnish changes, and the writer is told which section.
    change(finnish, 1, "Hankkeessa järjestetään retkiä.")
    page.goto("/admin/translation/easy/?changed=on")
    page.locator(f"a[href='/admin/translation/easy/{easy.pk}/']").click()
    page.wait_for_url(f"**/admin/translation/easy/{easy.pk}/")
    assert page.locator(".easy-row--changed").count() == 1
    row = page.locator(".easy-row--changed")
    assert "retkiä" in row.locator("ins").inner_text()
    row.locator("[name^=right-]").press("Space")
    page.locator(".easy-actions button").first.press("Enter")
    page.wait_for_load_state()
    assert page.locator(".easy-row--changed").count() == 0
    assert page.faults == []


@pytest.mark.parametrize(("width", "dark"), [(1400, False), (360, True)])
def test_nothing_is_in_the_way(live_server, new_page, finnish, width, dark):
    start = f"/admin/translation/easy/make/{finnish.pk}/"
    page = signed_in(new_page, live_server, start, width=width, dark=dark)
    found = violations(page, "begin")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/admin/translation/easy/*/")
    easy = easy_of(finnish)
    change(finnish, 1, "Hankkeessa järjestetään retkiä.")
    change(finnish, 2)
    for path in (f"/admin/translation/easy/{easy.pk}/", "/admin/translation/easy/"):
        page.goto(path)
        for details in page.locator("main details").all():
            details.evaluate("node => { node.open = true }")
        found += violations(page, path)
        if page.evaluate(SIDEWAYS):
            found.append(f"{path} is wider than the window")
    assert found == []
    assert page.faults == []


def test_it_is_written_without_a_script(live_server, new_page, finnish):
    start = f"/admin/translation/easy/make/{finnish.pk}/"
    page = signed_in(new_page, live_server, start, java_script_enabled=False)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/admin/translation/easy/*/")
    row = page.locator(f"[data-row]:has([name='shown-{uuid(2)}'])")
    row.locator("textarea[name$=-plain]").fill("Tule mukaan!\n\n- maanantai\n- tiistai")
    page.locator(".easy-actions button").first.click()
    page.wait_for_load_state()
    body = easy_of(finnish).get_latest_revision_as_object().body
    assert "<li" in body[1].value["text"].source
    assert "Tule mukaan!" in body[1].value["text"].source
    assert page.locator(".easy-verdict").first.is_visible()
