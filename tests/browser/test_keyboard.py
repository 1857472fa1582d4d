"""The keyboard alone reaches and operates everything."""

import pytest

FOCUS = """() => {
  const node = document.activeElement;
  const box = node.getBoundingClientRect();
  const style = getComputedStyle(node);
  return {
    tag: node.tagName, href: node.getAttribute('href'), name: node.getAttribute('name'),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
      || style.boxShadow !== 'none',
  };
}"""
WANTED = """() => [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary')]
  .filter((node) => !node.disabled && node.type !== 'hidden' && node.tabIndex >= 0
    && node.getClientRects().length && getComputedStyle(node).visibility !== 'hidden'
    && !node.closest('details:not([open]) > :not(summary)')).length"""


def walk(page, limit=400) -> list[dict]:
    """What Tab reaches, in order, until it leaves the document or comes round again."""
    page.evaluate("document.activeElement.blur()")
    page.evaluate("window.__reached = new Set()")
    steps = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        again = page.evaluate(
            "() => { const node = document.activeElement, set = window.__reached;"
            " const again = node === document.body || set.has(node); set.add(node); return again }"
        )
        if again:
            return steps
        steps.append(page.evaluate(FOCUS))
    raise AssertionError(f"Tab does not come to an end in {limit} steps.")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("model", ["homepage", "projectindexpage", "projectpage"])
def test_tab_reaches_everything_and_shows_where_it_is(
    new_page, sample_site, sample_pages, model, width
):
    page = new_page(width=width)
    page.goto(f"{sample_site}{sample_pages['fi'][model][0]}")
    wanted = page.evaluate(WANTED)
    steps = walk(page)
    # A group of radio buttons is one stop; everything else is one each.
    radios = page.evaluate(
        "() => { const all = [...document.querySelectorAll('input[type=radio]')];"
        " return all.length - new Set(all.map((node) => node.name)).size }"
    )
    assert len(steps) >= wanted - radios
    assert [step for step in steps if not (step["seen"] and step["ring"])] == []


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_the_first_stop_skips_to_the_content(new_page, sample_site, language):
    page = new_page(locale=language)
    page.goto(f"{sample_site}/{language}/")
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUS)
    assert first["tag"] == "A"
    assert first["href"].startswith("#")
    assert first["seen"]
    page.keyboard.press("Enter")
    target = page.locator(first["href"])
    assert target.evaluate("node => node.matches('main') || !!node.closest('main')")
    page.keyboard.press("Tab")
    assert page.evaluate("() => !!document.activeElement.closest('main')")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_filters_by_keyboard(new_page, sample_site, sample_pages, width, script):
    """A visitor narrows the list and opens a project without a mouse."""
    page = new_page(width=width, java_script_enabled=script)
    listing = sample_pages["fi"]["projectindexpage"][0]
    page.goto(f"{sample_site}{listing}")
    folded = page.locator("main details:not([open]) > summary")
    if folded.count() and folded.first.is_visible():
        folded.first.focus()
        page.keyboard.press("Enter")
    choice = page.locator("main a[href*='status=ended'], main input[name=status][value=ended]")
    choice.first.focus()
    if choice.first.evaluate("node => node.tagName") == "INPUT":
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**status=ended**")
    project = page.locator("main h2 a, main h3 a").first
    project.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.split("?")[0] != f"{sample_site}{listing}")
    assert page.locator("h1").is_visible()
