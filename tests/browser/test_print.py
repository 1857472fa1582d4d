"""On paper: words and facts. What is there to press or to lead elsewhere is left out."""

import io

import pytest
from pypdf import PdfReader

from .test_axe import paths_of

MOVES = """() => [...document.querySelectorAll(`form, button, input, select, summary, .contents,
  .filters, .filter-links, .filter-bar, .pagination, .breadcrumb, .languages, .site-nav,
  .language-tiles, .skip-link, nav`)]
  .filter((node) => node.checkVisibility() && node.getClientRects().length)
  .map((node) => `${node.tagName}.${node.className}: ${node.textContent.trim().slice(0, 40)}`)"""
UNDERLINED = """() => [...document.querySelectorAll('a')]
  .filter((node) => node.checkVisibility() && node.getClientRects().length
    && getComputedStyle(node).textDecorationLine.includes('underline'))
  .map((node) => node.textContent.trim().slice(0, 40))"""


def printed(page) -> str:
    return "\n".join(part.extract_text() for part in PdfReader(io.BytesIO(page.pdf())).pages)


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_nothing_to_press_on_any_page(page, sample_site, sample_pages, language):
    found = {}
    for path in paths_of(language, sample_pages, page, sample_site):
        page.goto(f"{sample_site}{path}")
        page.emulate_media(media="print")
        moves, underlined = page.evaluate(MOVES), page.evaluate(UNDERLINED)
        if moves or underlined:
            found[path] = (moves, underlined)
        assert page.locator("h1").first.is_visible()
        page.emulate_media(media="screen")
    assert found == {}


def test_a_printed_project_has_its_facts_and_no_table_of_contents(page, sample_site, sample_pages):
    path = next(path for path in sample_pages["fi"]["projectpage"] if "mok" in path)
    page.goto(f"{sample_site}{path}")
    assert page.get_by_text("Tällä sivulla").is_visible()
    text = " ".join(printed(page).split())
    for fact in ("S20688", "Kainuu", "Rahoitus", "290 780", "Tavoitteet"):
        assert fact in text.replace("\u00a0", " "), fact
    for word in ("Tällä sivulla", "Svenska", "Hae hankkeita", "Valikko", "Siirry sisältöön"):
        assert word not in text, word


def test_a_printed_list_has_its_projects_and_no_filters(page, sample_site, sample_pages):
    page.goto(f"{sample_site}{sample_pages['fi']['projectindexpage'][0]}?status=ended")
    text = printed(page)
    assert "MOK" in text
    for word in ("Järjestys", "Näytä hankkeet", "Poista kaikki rajaukset"):
        assert page.get_by_text(word).count(), word
        assert word not in text, word
