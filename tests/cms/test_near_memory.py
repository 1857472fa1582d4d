"""Hot pages lie in the process's own memory; others' changes are seen when the second is over."""

import threading
import time

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import RequestFactory

from cms.core import caches as memory
from cms.core import content_epoch, page_cache
from cms.core.caches.backends import FileCache
from cms.core.content_epoch import ContentEpoch
from home.models import ContentPage
from tests.factories import ContentPageFactory

pytestmark = pytest.mark.one_database

MARK = "X-Accel-Expires"


@pytest.fixture
def clock(monkeypatch):
    """The clock stands still until the test sets it."""

    def set_to(second):
        monkeypatch.setattr(time, "time", lambda: second)

    set_to(1_800_000_000.5)
    return set_to


@pytest.fixture(autouse=True)
def pages(settings, tmp_path, clock):
    settings.CACHES = {
        **settings.CACHES,
        "pages": {"BACKEND": "cms.core.caches.backends.FileCache", "LOCATION": tmp_path / "cache"},
    }
    return caches["pages"]


@pytest.fixture
def asked(monkeypatch):
    """The keys that the shared cache was asked for."""
    keys, get = [], FileCache.get
    monkeypatch.setattr(FileCache, "get", lambda self, key, *a: keys.append(key) or get(self, key))
    return keys


@pytest.mark.django_db(transaction=True)
def test_within_a_second_a_hot_page_asks_no_cache_and_no_database(
    client, asked, django_assert_num_queries
):
    page = ContentPageFactory(title="Sivu")
    first = client.get(page.url)
    asked.clear()
    with django_assert_num_queries(0):
        again = client.get(page.url)
    assert again.content == first.content
    assert asked == []


@pytest.mark.django_db(transaction=True)
def test_what_this_process_publishes_is_shown_at_once(client):
    page = ContentPageFactory(title="Ennen")
    assert b"Ennen" in client.get(page.url).content
    page.title = "Jälkeen"
    page.save_revision().publish()
    assert "Jälkeen" in client.get(page.url).content.decode()


@pytest.mark.django_db(transaction=True)
def test_what_another_process_publishes_is_shown_when_the_second_is_over(client, pages, clock):
    page = ContentPageFactory(title="Ennen")
    assert b"Ennen" in client.get(page.url).content
    ContentPage.objects.filter(pk=page.pk).update(title="Jälkeen")
    ContentEpoch.begin("other")
    pages.set(content_epoch.KEY, "other", 5)
    clock(1_800_000_001.0)
    assert "Jälkeen" in client.get(page.url).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_clock_that_is_put_back_shows_nothing_old(client, pages, clock):
    page = ContentPageFactory(title="Ennen")
    client.get(page.url)
    ContentPage.objects.filter(pk=page.pk).update(title="Jälkeen")
    pages.set(content_epoch.KEY, "other", 5)
    clock(1_799_999_000.0)
    assert "Jälkeen" in client.get(page.url).content.decode()


@pytest.mark.django_db(transaction=True)
def test_pages_of_an_epoch_that_is_over_leave_the_memory(client, pages, clock):
    page = ContentPageFactory(title="Sivu")
    client.get(page.url)
    assert len(pages.near.pages) == 1
    pages.set(content_epoch.KEY, "other", 5)
    clock(1_800_000_001.0)
    client.get("/fi/")
    assert len(pages.near.pages) == 1
    pages.clear()
    assert not pages.near.pages


def test_it_takes_no_more_bytes_than_it_may(monkeypatch):
    monkeypatch.setattr(memory, "MOST_BYTES", 100)
    near = memory.ProcessMemory()
    for number in range(50):
        near.set(str(number), (b"x" * 30, {}))
        assert near.get(str(number)) == (b"x" * 30, {})
        assert sum(len(content) for content, _headers in near.pages.values()) <= 100


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_names_its_second_to_a_proxy(client, clock):
    page = ContentPageFactory(title="Sivu")
    answers = [client.get(page.url), client.get(page.url), client.head(page.url)]
    clock(1_800_000_007.9)
    answers.append(client.get(page.url))
    tag = {"if_none_match": answers[0]["ETag"]}
    answers.append(client.get(page.url, headers=tag))
    assert answers[-1].status_code == 304
    assert [each[MARK] for each in answers] == 3 * ["@1800000000"] + 2 * ["@1800000007"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "path", ["/fi/?utm_source=x", "/fi/ei-ole/", "/fi/haku/", "/admin/login/", "/robots.txt"]
)
def test_nothing_else_is_marked_for_a_proxy(client, path):
    assert MARK not in client.get(path)
    client.cookies["sessionid"] = "made-up"
    assert MARK not in client.get("/fi/")


def test_who_waited_for_a_page_that_others_were_making_does_not_make_it_again(monkeypatch, clock):
    monkeypatch.setattr(page_cache, "cache_key", lambda request: "key")
    made, all_ask = [], threading.Event()

    def make(request):
        made.append(request)
        assert all_ask.wait(30)
        return HttpResponse("page")

    look_up, looked = page_cache.look_up, []

    def look(key, shared=True):
        looked.extend([key] * shared)
        if len(looked) == 6:
            all_ask.set()
        return look_up(key, shared)

    monkeypatch.setattr(page_cache, "look_up", look)
    middleware, answers = page_cache.PageCacheMiddleware(make), []
    visits = [
        threading.Thread(target=lambda: answers.append(middleware(RequestFactory().get("/fi/"))))
        for _visitor in range(6)
    ]
    for visit in visits:
        visit.start()
    for visit in visits:
        visit.join(60)
    assert {answer.content for answer in answers} == {b"page"}
    assert len(answers) == 6
    assert 1 <= len(made) <= page_cache.AT_ONCE
