"""What people come with, each from the home page and in at most five clicks."""

import pytest


@pytest.fixture
def click(axe):
    """Follow a link of the page; every page on the way is without a fault."""

    def make(page, name: str, exact: bool = False) -> None:
        page.clicks = getattr(page, "clicks", 0) + 1
        page.locator("main").get_by_role("link", name=name, exact=exact).first.click()
        page.wait_for_load_state()
        axe(page)

    return make


def test_a_journalist_asks_what_the_money_for_kainuu_is_and_who_got_it(page, sample_site, click):
    page.goto(f"{sample_site}/fi/")
    click(page, "Kainuu: 2 hanketta")
    assert page.get_by_role("heading", level=1).inner_text() == "Kainuu"
    assert "290 780" in page.locator("#picture-money-funder").inner_text().replace("\xa0", " ")
    click(page, "Kainuun Nuotta ry", exact=True)
    assert page.url.endswith("/fi/organisaatiot/kainuun-nuotta-ry/")
    click(page, "MOK – Maahanmuuttajien osallisuus Kainuussa", exact=True)
    assert page.url.endswith("/fi/hankkeet/mok/")
    assert page.clicks <= 5


def test_an_official_asks_what_the_municipality_takes_part_in(page, sample_site, click):
    page.goto(f"{sample_site}/fi/")
    click(page, "Kunnat", exact=True)
    click(page, "Kemi", exact=True)
    click(page, "AITO-hanke (ESR & STEA) 2021–2023", exact=True)
    assert page.locator("main").get_by_role("link", name="Kemi", exact=True).count() >= 1
    assert page.clicks <= 5


def test_a_newcomer_finds_in_arabic_what_there_is_near_and_whom_to_ask(
    new_page, sample_site, click
):
    """On a narrow phone, in the dark, with the keyboard on the map."""
    phone = new_page(locale="ar", width=360, height=740, dark=True)
    phone.goto(f"{sample_site}/ar/")
    area = phone.locator('.map a[href$="/lappi/"]')
    area.focus()
    with phone.expect_navigation():
        phone.keyboard.press("Enter")
    assert "/ar/maakunnat/" in phone.url
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.locator("main .project-card a.card__link").first.click()
    phone.wait_for_load_state()
    assert "/ar/hankkeet/" in phone.url
    assert phone.locator("html").get_attribute("dir") == "rtl"
    assert phone.faults == []


def test_areas_of_the_map_are_reached_in_the_order_of_their_names(page, sample_site):
    page.goto(f"{sample_site}/fi/hankkeet/?view=map")
    names = page.eval_on_selector_all(".map a", "all => all.map(a => a.getAttribute('aria-label'))")
    assert names == sorted(names)
    assert len(names) >= 4
    page.locator(".map a").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == names[1]
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "region=" in page.url
