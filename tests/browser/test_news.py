"""An editor makes an event about a project; visitors meet it there and play the project's video."""

import pytest
from playwright.sync_api import expect

from cms.users.roles import PUBLISHERS
from news.models import NewsPage
from tests.factories import EditorFactory, ProjectFactory, news_index

PASSWORD = "correct horse"
PLAYER = "https://www.youtube-nocookie.com/**"


@pytest.fixture
def project(live_server):
    news_index()
    return ProjectFactory(
        title="Silta",
        body=[
            ("video", {"title": "Sillan tarina", "url": "https://youtu.be/abcdefghijk"}),
            ("numbers", {"heading": "", "rows": [{"number": 96, "unit": "women", "label": ""}]}),
        ],
    )


@pytest.fixture
def editor_page(project, live_server, new_page):
    EditorFactory(join=PUBLISHERS.name, username="liisa")
    page = new_page(locale="en", width=1400, height=1000, base_url=live_server.url)
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill("liisa")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")
    return page


def make_event(page) -> None:
    page.goto(f"/admin/pages/add/news/newspage/{news_index().pk}/")
    page.locator("#id_title").fill("Avoimet ovet")
    page.locator("#id_day").fill("1.6.2035")
    page.locator("#id_place").fill("Kirjasto")
    page.keyboard.press("Escape")
    page.locator("#id_projects-ADD").click()
    page.locator("#id_projects-0-project-chooser").get_by_role("button", name="Choose").click()
    page.locator(".modal-content").get_by_role("link", name="Silta").first.click()
    expect(page.locator("#id_projects-0-project-title")).to_have_text("Silta")
    page.get_by_role("button", name="More actions").click()
    page.locator("button[name=action-publish]").click()
    expect(page.locator(".messages .success")).to_be_visible()


def test_an_event_is_on_its_projects_page_and_a_video_plays_there(
    editor_page, project, page, phone, live_server, axe
):
    make_event(editor_page)
    event = NewsPage.objects.get()
    asked = []
    for visitor in (page, phone):
        visitor.route(PLAYER, lambda route: (asked.append(1), route.fulfill(body="<p>Player"))[1])
        visitor.goto(f"{live_server.url}{project.url}")
        axe(visitor)
        assert asked == []
    page.get_by_role("link", name="Sillan tarina").press("Enter")
    expect(page.locator("iframe[title='Sillan tarina']")).to_be_focused()
    assert asked
    axe(page)
    page.get_by_role("link", name="Avoimet ovet").click()
    page.wait_for_url(f"**{event.url}")
    expect(page.get_by_text("Kirjasto")).to_be_visible()
    axe(page)
    page.goto(f"{live_server.url}{news_index().url}")
    axe(page)
    assert page.faults == []
