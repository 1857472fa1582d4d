"""Nothing moves when a picture arrives: its place is kept from the first paint on."""

import pytest

WHERE = """[...document.querySelectorAll("main *, footer")].map(each => {
    const box = each.getBoundingClientRect();
    return [each.tagName, each.className, Math.round(box.top + scrollY), Math.round(box.height)];
})"""
PICTURES = (".svg", ".png", ".jpg", ".webp", ".avif")
PAGES = {
    "homepage": "",
    "projectpage": "",
    "publicationindexpage": "",
    "organisation": "/fi/organisaatiot/toivola-luotolan-setlementti-ry/",
}


@pytest.mark.parametrize("width", [1280, 412])
@pytest.mark.parametrize("model", PAGES)
def test_pictures_find_their_places_kept(new_page, sample_site, sample_pages, model, width):
    page, waiting = new_page(width=width), []
    page.route(lambda url: url.endswith(PICTURES), lambda route: waiting.append(route))
    page.goto(
        f"{sample_site}{PAGES[model] or sample_pages['fi'][model][0]}",
        wait_until="domcontentloaded",
    )
    page.wait_for_timeout(500)
    before = page.evaluate(WHERE)
    for route in waiting:
        route.continue_()
    page.unroute_all()
    page.wait_for_load_state("networkidle")
    after = page.evaluate(WHERE)

    assert waiting
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == []
