"""Every public page type, for everyone: languages, light and dark, wide and narrow, large text.

A page is opened once for all that is asked of it. Axe's best practices count too, and landmarks
must be told apart by name: axe takes two unnamed search forms in different landmarks for two
things, a screen reader's list of landmarks does not.
"""

import pytest

LANGUAGES = ["fi", "en", "ar"]
ALL_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What the dark look changes; everything else was seen in the light."""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
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

TWINS = """() => {
  const role = (node) => node.getAttribute('role')
    || {NAV: 'navigation', ASIDE: 'complementary', SECTION: 'region', SEARCH: 'search',
        FORM: 'form'}[node.tagName];
  const name = (node) => node.getAttribute('aria-label')
    || (node.getAttribute('aria-labelledby') || '').split(' ').filter(Boolean)
      .map((id) => document.getElementById(id).textContent.trim()).join(' ');
  const known = {};
  for (const node of document.querySelectorAll('nav, aside, search, section, form, [role=search],'
       + '[role=region], [role=navigation]')) {
    const unnamed = ['SECTION', 'FORM'].includes(node.tagName) && !name(node)
      && !node.getAttribute('role');
    if (unnamed || !node.checkVisibility()) continue;
    (known[`${role(node)}: ${name(node)}`] ||= []).push(node.className);
  }
  return Object.entries(known).filter(([, nodes]) => nodes.length > 1);
}"""


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


@pytest.mark.parametrize("language", [*LANGUAGES, "fi-simple"])
def test_every_page_for_everyone(new_page, axe, sample_site, sample_pages, language):
    page = new_page(locale=language)
    failures = []
    for path in paths_of(language, sample_pages, page, sample_site):
        page.set_viewport_size(WIDE)
        page.goto(f"{sample_site}{path}")
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            failures += [f"{size['width']} px: {each}" for each in faults_of(page, path, axe)]
    assert not failures, "\n\n".join(failures)


def faults_of(page, path: str, axe) -> list[str]:
    found = violations(axe, page, ALL_RULES)
    if twins := page.evaluate(TWINS):
        found.append(f"{path}: landmarks of one name: {twins}")
    page.emulate_media(color_scheme="dark")
    found += [f"in the dark: {each}" for each in violations(axe, page, COLOURS)]
    page.emulate_media(color_scheme="light")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if out := page.evaluate(OVERFLOW) + page.evaluate(CUT_OFF):
        found.append(f"{path}: text at 200 % sticks out or is cut off: {out}")
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def violations(axe, page, rules) -> list[str]:
    try:
        axe(page, **rules)
    except AssertionError as error:
        return [str(error)]
    return []


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


def test_forced_colours_and_paper_have_no_violations(new_page, axe, sample_site, sample_pages):
    page = new_page(forced_colors="active")
    page.goto(f"{sample_site}{sample_pages['fi']['projectpage'][0]}")
    axe(page)
    page.emulate_media(media="print", forced_colors="none")
    assert page.locator("h1").is_visible()
