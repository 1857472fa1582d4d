"""Nothing moves when a picture arrives: its place is kept from the first paint on."""

import pytest

WHERE = """[...document.querySelectorAll("main *, footer")].map(each => {
    const box = each.getBoundingClientRect();
    return [each.tagName, each.className, Math.round(box.top + scrollY), Math.round(box.height)];
})"""
PAGES = {
    "homepage": "",
    "projectpage": "",
    "publicationindexpage": "",
    "organisation": "/fi/organisaatiot/toivola-luotolan-setlementti-ry/",
}


@pytest.mark.parametrize("width", [1280, 412])
def test_pictures_find_their_places_kept(new_page, sample_site, sample_pages, width):
    for model, address in PAGES.items():
        url = f"{sample_site}{address or sample_pages['fi'][model][0]}"
        page = new_page(width=width)
        waiting = []
        page.route(
            lambda asked: asked.split("?")[0].endswith((".svg", ".png", ".jpg", ".webp", ".avif")),
            lambda route: waiting.append(route),
        )
        page.goto(url, wait_until="domcontentloaded")
        page.wait_for_timeout(500)
        before = page.evaluate(WHERE)
        for route in waiting:
            route.continue_()
        page.unroute_all()
        page.wait_for_load_state("networkidle")
        after = page.evaluate(WHERE)

        assert waiting, url
        assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == []
