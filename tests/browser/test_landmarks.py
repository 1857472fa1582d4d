"""Axe's best practices too, on every state of a public page, and landmarks told apart by name.

Axe takes two unnamed search forms in different landmarks for two things, a screen reader's list of
landmarks does not: hence a measure of our own beside it.
"""

import pytest

from .test_axe import paths_of

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
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


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["fi", "fi-simple", "ar"])
def test_best_practices(new_page, axe, sample_site, sample_pages, language, width):
    page = new_page(locale=language, width=width)
    failures = []
    for path in paths_of(language, sample_pages, page, sample_site):
        page.goto(f"{sample_site}{path}")
        try:
            axe(page, **RULES)
        except AssertionError as error:
            failures.append(str(error))
        if twins := page.evaluate(TWINS):
            failures.append(f"{path}: landmarks of one name: {twins}")
    assert not failures, "\n\n".join(failures)


@pytest.mark.parametrize("path", ["haku/", "haku/?q=xyzzyq", "ei-ole/"])
def test_two_search_forms_are_told_apart_by_name(page, sample_site, path):
    page.goto(f"{sample_site}/fi/{path}")
    assert page.get_by_role("search", name="Pikahaku").count() == 1
    assert page.get_by_role("search", name="Hae hankkeita").count() == 1
