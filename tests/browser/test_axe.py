"""Every public page type, for everyone: languages, light and dark, wide and narrow, large text."""

import pytest

LANGUAGES = ["fi", "en", "ar"]
TYPES = {
    "homepage",
    "contentpage",
    "contactspage",
    "projectindexpage",
    "projectpage",
    "publicationindexpage",
    "publicationpage",
    "newsindexpage",
    "newspage",
}
VIEWS = (
    *("luvut", "luvut/upotus", "jasenet", "organisaatiot", "kunnat"),
    *("organisaatiot/toivola-luotolan-setlementti-ry", "maakunnat/kainuu", "teemat/kotoutuminen"),
)
"""Pages that views make, below a language's prefix."""
# The same measure for every page: nothing sticks out of the window sideways.
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('body *')]
    .filter((node) => { const box = node.getBoundingClientRect();
      return box.width && (box.right > width + 1 || box.left < -1); })
    .slice(0, 5).map((node) => `${node.tagName}.${node.className}: ${node.textContent.trim()
      .slice(0, 60)}`).concat(`${document.documentElement.scrollWidth} > ${width}`);
}"""
# Text that its own box hides although nobody asked for an ellipsis.
CUT_OFF = """() => [...document.querySelectorAll('main *, header *, footer *')].filter((node) => {
  const style = getComputedStyle(node);
  if (node.clientHeight < 8 || node.clientWidth < 8 || style.display === 'inline') return false;
  const x = /hidden|clip/.test(style.overflowX) && node.scrollWidth > node.clientWidth + 2;
  const y = /hidden|clip/.test(style.overflowY) && node.scrollHeight > node.clientHeight + 2;
  return (x || y) && node.textContent.trim() && style.position !== 'absolute';
}).slice(0, 5).map((node) => `${node.tagName}.${node.className}: ${node.textContent.trim()
  .slice(0, 60)}`)"""


def paths_of(language, sample_pages, page, sample_site) -> list[str]:
    """One list for every check: all page types, filtered, searched with and without hits, 404, and
    a project that the language lacks.
    """
    pages = sample_pages[language]
    projects = [path.replace("/fi/", f"/{language}/") for path in sample_pages["fi"]["projectpage"]]
    lacking = [path for path in projects if path not in pages["projectpage"]]
    listing = pages["projectindexpage"][0]
    paths = [path for model in sorted(TYPES) for path in pages.get(model, [])]
    page.goto(f"{sample_site}/{language}/")
    search = page.locator("form[role=search], [role=search] form, search form").first
    action = search.get_attribute("action") or listing
    field = search.locator("input[type=search]").first.get_attribute("name")
    return [
        *paths,
        *lacking[:1],
        f"{listing}?status=ended",
        f"{listing}?status=ended&year=1901",
        f"{action}?{field}=AITO",
        f"{action}?{field}=xyzzyq",
        f"/{language}/there-is-no-such-page/",
        *(f"{listing}?view={view}" for view in ("map", "timeline", "money-funder")),
        *(f"/{language}/{way}/" for way in VIEWS),
        f"/{language}/seuraa/?of={listing}",
    ]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_violations(new_page, axe, sample_site, sample_pages, language, dark, width):
    page = new_page(locale=language, dark=dark, width=width)
    failures = []
    for path in paths_of(language, sample_pages, page, sample_site):
        page.goto(f"{sample_site}{path}")
        try:
            axe(page)
        except AssertionError as error:
            failures.append(str(error))
    assert not failures, "\n\n".join(failures)


def test_every_page_type_is_in_the_sample(sample_pages):
    assert set(sample_pages["fi"]) >= TYPES
    assert {"homepage", "projectindexpage", "projectpage"} <= set(sample_pages["ar"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_horizontal_scroll_at_320_px(new_page, sample_site, sample_pages, language):
    page = new_page(locale=language, width=320, height=640)
    found = {}
    for path in paths_of(language, sample_pages, page, sample_site):
        page.goto(f"{sample_site}{path}")
        if out := page.evaluate(OVERFLOW):
            found[path] = out
    assert found == {}


@pytest.mark.parametrize("language", ["fi", "ar"])
@pytest.mark.parametrize("width", [1280, 360])
def test_text_at_200_percent_stays_whole(new_page, sample_site, sample_pages, language, width):
    page = new_page(locale=language, width=width)
    found = {}
    for path in paths_of(language, sample_pages, page, sample_site):
        page.goto(f"{sample_site}{path}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if out := page.evaluate(OVERFLOW) + page.evaluate(CUT_OFF):
            found[path] = out
    assert found == {}


def test_forced_colours_and_paper_have_no_violations(new_page, axe, sample_site, sample_pages):
    page = new_page(forced_colors="active")
    page.goto(f"{sample_site}{sample_pages['fi']['projectpage'][0]}")
    axe(page)
    page.emulate_media(media="print", forced_colors="none")
    assert page.locator("h1").is_visible()
