"""Axe on a page that stands still, so that no finding hangs on the moment it was looked at."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What lies half below a sticky bar counts as too small a target, what fades in as too pale.
SETTLED = """async () => {
    const ends = (one) => one.effect?.getComputedTiming().endTime !== Infinity;
    await Promise.allSettled(document.getAnimations().filter(ends).map((one) => one.finished));
    for (const scrolled of document.querySelectorAll("*"))
        if (scrolled.scrollTop) scrolled.scrollTo({ top: 0, behavior: "instant" });
}"""


def run_axe(page: Page, options: dict) -> list[dict]:
    """Axe's violations, seen from the top of the page when it is all there and nothing moves."""
    page.wait_for_load_state()
    page.evaluate(SETTLED)
    return Axe().run(page, options=options).response["violations"]
