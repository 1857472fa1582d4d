"""What a first visit costs over the wire, and who is asked for it."""

import pytest

KB = 1000
BUDGETS = {"homepage": (40 * KB, 200 * KB), "projectpage": (30 * KB, 100 * KB)}


SUBJECTS = {
    "luvut": 100 * KB,
    "organisaatiot/toivola-luotolan-setlementti-ry": 100 * KB,
    "maakunnat/kainuu": 100 * KB,
    "kunnat/kajaani": 100 * KB,
    "teemat/kotoutuminen": 100 * KB,
    "jasenet": 100 * KB,
}
"""Pages that views make, with their pictures."""


class Visit:
    """Transferred bytes of a page as Chromium's network layer counts them, headers included."""

    def __init__(self, page, url):
        self.kinds, self.sizes, self.hosts = {}, {}, set()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.responseReceived", self._received)
        session.on("Network.loadingFinished", self._finished)
        page.goto(url, wait_until="networkidle")
        # Pictures further down count too: a visitor scrolls.
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)

    def _received(self, event):
        url = event["response"]["url"]
        if url.startswith("http"):
            self.kinds[event["requestId"]] = (event["type"], url)
            self.hosts.add(url.split("/")[2])

    def _finished(self, event):
        self.sizes[event["requestId"]] = event["encodedDataLength"]

    def total(self, images: bool) -> int:
        return sum(
            self.sizes.get(request, 0)
            for request, (kind, _url) in self.kinds.items()
            if images or kind != "Image"
        )

    def __str__(self):
        rows = sorted(((self.sizes.get(key, 0), *what) for key, what in self.kinds.items()))
        return "\n".join(f"{size:>8} {kind:<10} {url}" for size, kind, url in reversed(rows))


@pytest.mark.parametrize("model", BUDGETS)
@pytest.mark.parametrize("language", ["fi", "en", "ar"])
def test_a_first_visit_stays_within_its_budget(
    new_page, sample_site, sample_pages, language, model
):
    without_images, with_images = BUDGETS[model]
    for path in sample_pages[language][model]:
        visit = Visit(new_page(locale=language), f"{sample_site}{path}")
        assert visit.hosts == {sample_site.split("/")[2]}, f"third parties:\n{visit}"
        assert 0 < visit.total(images=False) <= without_images, f"{path} without images:\n{visit}"
        assert visit.total(images=True) <= with_images, f"{path} with images:\n{visit}"


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_pages_of_what_projects_share_stay_within_theirs(new_page, sample_site, language):
    for path, most in SUBJECTS.items():
        visit = Visit(new_page(locale=language), f"{sample_site}/{language}/{path}/")
        assert visit.hosts == {sample_site.split("/")[2]}, f"third parties:\n{visit}"
        assert 0 < visit.total(images=True) <= most, f"{path}:\n{visit}"


def test_what_is_text_travels_compressed(new_page, sample_site, sample_pages):
    page = new_page()
    plain = []

    def look(response):
        kind = response.headers.get("content-type", "")
        small = int(response.headers.get("content-length", "1000")) < 200
        text = kind.startswith(("text/", "application/json", "image/svg"))
        if text and not small and "content-encoding" not in response.headers:
            plain.append(response.url)

    page.on("response", look)
    page.goto(f"{sample_site}{sample_pages['fi']['projectpage'][0]}", wait_until="networkidle")
    assert plain == []
