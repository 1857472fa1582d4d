"""News and events as visitors meet them: lists, pages, sections, feeds and calendars."""

import json
import re
from datetime import date, time, timedelta

import pytest
from django.utils import timezone, translation
from icalendar import Calendar
from wagtail.models import PageViewRestriction

from news.models import NewsPage
from news.public import items_about, when
from tests.factories import (
    ImageFactory,
    NewsFactory,
    OrganisationFactory,
    ProjectFactory,
    news_index,
    translate,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def day(offset: int) -> date:
    return timezone.localdate() + timedelta(days=offset)


@pytest.fixture
def some(client):
    """News of last week, an event of last month, one of today, one to come."""
    NewsFactory(title="Uutinen", day=day(-7))
    NewsFactory(title="Vanha tapahtuma", day=day(-31), last_day=day(-30))
    NewsFactory(title="Tuleva tapahtuma", day=day(20), place="Kirjasto")
    NewsFactory(title="Tämän päivän tapahtuma", day=day(-1), last_day=day(0))
    return client


def titles(html: str) -> list[str]:
    return re.findall(r'<h[23] class="card__title">.*?>([^<]+)</a>', html)


def calendar(response) -> Calendar:
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(response.content)


def graph(html: str) -> list[dict]:
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1]
    return json.loads(text)["@graph"]


def test_what_is_to_come_stands_first_and_what_is_over_last(some):
    html = some.get(news_index().url).content.decode()
    order = ["Tämän päivän tapahtuma", "Tuleva tapahtuma", "Uutinen", "Vanha tapahtuma"]
    assert titles(html) == order
    assert len(re.findall(r'<h2 id="news-\d"', html)) == 3
    home = titles(some.get("/fi/").content.decode())
    assert home == order[:3], "what is over is not on the home page"


def test_a_list_is_narrowed_by_kind_and_year_and_ignores_nonsense(some):
    url = news_index().url
    NewsFactory(title="Ennen", day=date(2019, 12, 30), last_day=date(2020, 1, 2))
    for year in (2019, 2020):
        assert titles(some.get(f"{url}?year={year}&kind=event").content.decode()) == ["Ennen"]
    assert "Ennen" not in titles(some.get(f"{url}?kind=news").content.decode())
    for nonsense in ("?year=1e9", "?year=²", "?kind=%00", "?page=-1", "?page=9999999"):
        assert len(titles(some.get(url + nonsense).content.decode())) == 5


def test_an_empty_list_says_so(client):
    html = client.get(news_index().url).content.decode()
    assert 'class="empty"' in html
    assert 'id="home-news"' not in client.get("/fi/").content.decode()
    assert calendar(client.get("/ar/feeds/events.ics")).events == []


def test_it_is_on_the_pages_of_its_project_and_organisation_in_every_language(client):
    project, organisation = ProjectFactory(title="Silta"), OrganisationFactory(name="Sillat ry")
    swedish = translate(project, "sv", title="Bron")
    page = NewsFactory(
        title="Siltajuhla",
        day=day(3),
        start_time=time(12),
        projects=[project],
        organisations=[organisation],
    )
    for address in (project.url, swedish.url):
        assert "Siltajuhla" in titles(client.get(address).content.decode())
    assert [card.title for card in items_about(organisation.translation_key, "sv")] == [page.title]
    translated = translate(page, "sv", title="Brofesten", place="Torget")
    html = client.get(translated.url).content.decode()
    assert "Brofesten" in html
    assert "Bron" in titles(html)
    assert "Sillat ry" in html
    [card] = items_about(organisation.translation_key, "sv")
    assert (card.title, card.place) == ("Brofesten", "Torget")
    assert NewsPage.objects.get(pk=translated.pk).projects.count() == 0, "facts stand once"


def test_nothing_is_told_of_drafts_and_closed_pages(client):
    project, organisation = ProjectFactory(), OrganisationFactory()
    about = {"projects": [project], "organisations": [organisation], "day": day(5)}
    secret = [
        NewsFactory(title="Salaisuus yksi", live=False, place="Salapaikka", **about),
        NewsFactory(title="Salaisuus kaksi", place="Salapaikka", **about),
    ]
    PageViewRestriction.objects.create(page=secret[1], restriction_type="login")
    addresses = ["/fi/", news_index().url, project.url, "/fi/feeds/news.atom", "/sitemap.xml"]
    addresses += ["/fi/feeds/events.ics", "/api/v1/news", "/fi/haku/?q=salaisuus"]
    for address in addresses:
        text = client.get(address).content.decode()
        assert "Sala" not in text.replace("q=salaisuus", ""), address
        assert secret[1].slug not in text, address
    for page in secret:
        assert client.get(f"/fi/feeds/events/{page.translation_key}.ics").status_code == 404
        assert client.get(f"/api/v1/news/{page.translation_key}").status_code == 404
    assert items_about(organisation.translation_key, "fi") == []


def test_publishing_and_unpublishing_show_at_once(client, commit):
    page = NewsFactory(title="Juhla", day=day(2), place="Tori")
    url = news_index().url
    assert titles(client.get(url).content.decode()) == ["Juhla"]
    commit(page.unpublish)
    assert titles(client.get(url).content.decode()) == []
    assert calendar(client.get("/fi/feeds/events.ics")).events == []


def test_calendars_have_whole_days_times_and_what_was_cancelled(client):
    NewsFactory(title="Leiri", day=date(2030, 6, 1), last_day=date(2030, 6, 3))
    talk = NewsFactory(
        title="Luento; kaikille, \\ nyt", day=date(2030, 1, 15), start_time=time(17, 30),
        end_time=time(19), link="https://example.org/mukaan", is_cancelled=True,
    )  # fmt: skip
    NewsFactory(title="Uutinen", day=date(2030, 1, 1))
    lecture, camp = calendar(client.get("/en/feeds/events.ics")).events
    assert camp["dtstart"].dt == date(2030, 6, 1)
    assert camp["dtend"].dt == date(2030, 6, 4), "the first day after"
    assert lecture["dtstart"].dt.isoformat() == "2030-01-15T17:30:00+02:00"
    assert lecture["dtstart"].params["TZID"] == "Europe/Helsinki"
    assert lecture["summary"] == talk.title
    assert (lecture["status"], camp["status"]) == ("CANCELLED", "CONFIRMED")
    one = calendar(client.get(f"/fi/feeds/events/{talk.translation_key}.ics"))
    assert [event["uid"] for event in one.events] == [lecture["uid"]], "the same in each language"
    assert one.timezones
    page = client.get(talk.url).content.decode()
    event = next(node for node in graph(page) if node["@type"] == "Event")
    assert event["eventStatus"] == "https://schema.org/EventCancelled"
    assert event["startDate"] == "2030-01-15T17:30:00+02:00"
    assert event["location"] == [{"@type": "VirtualLocation", "url": talk.link}]
    assert 'class="news-notice news-notice--cancelled"' in page
    assert "news-cancelled" in client.get(news_index().url).content.decode()


def test_news_has_its_picture_with_words_and_its_day(client):
    image = ImageFactory(title="kuva.jpg", description="Väkeä torilla")
    page = NewsFactory(title="Uutinen", day=date(2024, 5, 2), image=image)
    html = client.get(page.url).content.decode()
    assert 'alt="Väkeä torilla"' in html
    node = next(each for each in graph(html) if each["@type"] == "NewsArticle")
    assert (node["headline"], node["datePublished"]) == ("Uutinen", "2024-05-02")
    assert node["image"]


def test_it_is_found_by_its_project_and_by_kind(client, commit):
    project = commit(ProjectFactory, title="Kielisilta")
    commit(NewsFactory, title="Avoimet ovet", day=date(2024, 5, 2), projects=[project])
    found = client.get("/fi/haku/?q=kielisilta&type=news").content.decode()
    assert titles(found.replace("<mark>", "").replace("</mark>", "")) == ["Avoimet ovet"]
    [row] = client.get("/api/v1/news").json()["results"]
    assert (row["kind"], row["day"], row["projects"]) == (
        "news",
        "2024-05-02",
        [str(project.translation_key)],
    )


def test_when_is_told_in_the_readers_language():
    page = NewsPage(day=date(2030, 6, 1), start_time=time(9, 5), end_time=time(12))
    with translation.override("ar"):
        assert when.told(page, "en") == "1 June 2030 at 09:05–12:00"
    page = NewsPage(day=date(2030, 6, 1), last_day=date(2030, 6, 3))
    assert when.told(page, "fi") == "1.–3.6.2030"


def test_queries_do_not_grow(client, django_assert_max_num_queries):
    for number in range(25):
        NewsFactory(title=f"Tapahtuma {number}", day=day(number), place="Tori")
    second = titles(client.get(news_index().url + "?page=2").content.decode())
    assert second == [f"Tapahtuma {number}" for number in range(20, 25)]
    with django_assert_max_num_queries(8):
        client.get(news_index().url + "?kind=event")
