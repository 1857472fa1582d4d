"""Caches that fail: the site is slower, says so once, shows nothing old, takes them up again."""

import logging

import pytest
from django.conf import settings as site_settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from redis import Redis

from cms.core import caches as dispensable
from cms.core import content_epoch
from cms.users import sign_in
from tests.factories.pages import ContentPageFactory, ProjectFactory
from tests.services import require
from tests.services.process import ServiceUnavailable
from tests.services.redis import RedisServer

pytestmark = pytest.mark.one_database

ADDRESSES = [
    "/fi/", "/fi/hankkeet/", "/fi/haku/?q=hanke", "/fi/feeds/projects.atom", "/sitemap.xml",
    "/api/v1/projects", "/robots.txt", "/admin/login/", "/healthz",
]  # fmt: skip


@pytest.fixture(scope="module")
def server():
    server = RedisServer()
    try:
        try:
            server.start()
        except ServiceUnavailable as error:
            require(False, str(error))
        yield server
    finally:
        server.close()


@pytest.fixture
def redis(server, settings, monkeypatch):
    """The caches of production on a server that the test may ill-treat."""
    monkeypatch.setattr(dispensable, "REST_SECONDS", 0)
    if not server.process:
        server.start()
    settings.CACHES = {
        name: {
            "BACKEND": "cms.core.caches.backends.RedisCache",
            "LOCATION": server.url,
            "KEY_PREFIX": f"katto-{name}",
            "OPTIONS": {"STAND_IN": name in settings.STANDS_IN},
        }
        for name in site_settings.CACHES
    }
    yield server
    if not server.process:
        server.start()
    server.go_on()
    for name in site_settings.CACHES:
        caches[name].set("settle", 1)
    with Redis(port=server.port) as client:
        client.flushall()


def stop(server):
    server.stop()


def pause(server):
    server.pause()


def fill(server):
    server.configure(maxmemory="1", maxmemory_policy="noeviction")


def make_a_replica(server):
    """Read-only, and with a master that is not there."""
    server.configure(slave_serve_stale_data="no")
    with Redis(port=server.port) as client:
        client.replicaof("127.0.0.1", 1)


def ask_for_a_password(server):
    server.configure(requirepass="somebody-else-set-it")
    with Redis(port=server.port, password="somebody-else-set-it") as client:
        client.client_kill_filter(_type="normal", skipme=True)


ILLS = [stop, pause, fill, make_a_replica, ask_for_a_password]


def heal(server, ill):
    if ill is stop:
        server.start()
    elif ill is pause:
        server.go_on()
    elif ill is fill:
        server.configure(maxmemory="0")
    elif ill is make_a_replica:
        with Redis(port=server.port) as client:
            client.replicaof("NO", "ONE")
        server.configure(slave_serve_stale_data="yes")
    else:
        with Redis(port=server.port, password="somebody-else-set-it") as client:
            client.config_set("requirepass", "")


@pytest.mark.django_db
@pytest.mark.parametrize("ill", ILLS)
def test_every_address_answers_as_without_a_cache(redis, client, ill, caplog):
    ProjectFactory(title="Hanke")
    before = {address: client.get(address).status_code for address in ADDRESSES}
    assert set(before.values()) == {200}
    caches["pages"].clear()
    ill(redis)
    try:
        caplog.clear()
        for _again in range(2):
            assert {address: client.get(address).status_code for address in before} == before
            assert client.get("/fi/ei-ole/").status_code == 404
        said = [each for each in caplog.records if each.name == "katto.cache"]
        assert [each.levelno for each in said] == [logging.ERROR]
        assert "127.0.0.1" in said[0].getMessage()
    finally:
        heal(redis, ill)
    caches["default"].set("a", 1)
    caches["default"].get("a")
    assert "works again" in caplog.text
    assert client.get("/fi/").status_code == 200
    assert client.get("/fi/").headers["ETag"]


@pytest.mark.django_db
@pytest.mark.parametrize("ill", [stop, pause])
def test_people_sign_in_and_publish_without_redis(redis, client, ill):
    get_user_model().objects.create_superuser("anna", "anna@example.org", "salasana-1234")
    page = ContentPageFactory(title="Sivu")
    ill(redis)
    try:
        answer = client.post(
            "/admin/login/", {"username": "anna", "password": "salasana-1234", "next": "/admin/"}
        )
        assert answer.status_code == 302
        assert client.get("/admin/").status_code == 200
        assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    finally:
        heal(redis, ill)


@pytest.mark.django_db
@pytest.mark.parametrize("ill", [pause, fill, make_a_replica])
def test_what_was_published_meanwhile_is_shown_when_redis_is_back(
    redis, client, ill, django_capture_on_commit_callbacks
):
    """The server keeps what it held: old pages lie there, under an old epoch."""
    page = ContentPageFactory(title="Ennen")
    assert b"Ennen" in client.get(page.url).content
    ill(redis)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            page.title = "Jälkeen"
            page.save_revision().publish()
        # As after the commit: nothing waits for it any more.
        content_epoch.transaction.get_connection().run_on_commit.clear()
        assert "Jälkeen" in client.get(page.url).content.decode()
    finally:
        heal(redis, ill)
    assert "Jälkeen" in client.get(page.url).content.decode()


@pytest.mark.django_db
def test_another_process_sees_the_new_epoch_seconds_later(redis):
    """The one that published has died, and the old copy of the epoch is still in the cache."""
    before = content_epoch.current_epoch()
    content_epoch.ContentEpoch.begin("other")
    with Redis(port=redis.port) as client:
        key = next(key for key in client.scan_iter("*content-epoch"))
        assert 0 < client.ttl(key) <= content_epoch.COPY_SECONDS
        client.delete(key)  # its time is over
    assert content_epoch.current_epoch() == "other" != before


def test_nothing_lost_meanwhile_comes_back(redis):
    cache = caches["renditions"]
    cache.set("changed", "old")
    cache.set("deleted", "old")
    cache.set("untouched", "old")
    redis.pause()
    cache.set("changed", "new")
    cache.delete("deleted")
    redis.go_on()
    assert cache.get_many(["changed", "deleted"]) == {}
    assert cache.get("untouched") == "old"
    cache.set("another", 1)
    with Redis(port=redis.port) as client:
        kept = {key.decode().rsplit(":", 1)[1] for key in client.scan_iter()}
    assert kept == {"untouched", "another"}


def test_an_answer_is_never_none_where_one_was_to_be_made(redis):
    redis.stop()
    for name in site_settings.CACHES:
        assert caches[name].get_or_set("key", lambda: "made", 5) == "made"
        assert caches[name].get("absent", "default") == "default"


@pytest.mark.django_db
def test_limits_are_kept_while_redis_is_away(redis, rf, settings):
    redis.stop()
    view = sign_in.limit_posts(lambda request: "done", "letters", times=2, seconds=60)
    request = rf.post("/")
    request.user = AnonymousUser()
    answers = [view(request) for _number in range(3)]
    assert answers[:2] == ["done", "done"]
    assert answers[2].status_code == 429


def test_a_server_at_rest_is_not_asked(redis, monkeypatch):
    monkeypatch.setattr(dispensable, "REST_SECONDS", 1000)
    cache = caches["pages"]
    redis.stop()
    assert cache.get("key") is None
    redis.start()
    with Redis(port=redis.port) as client:
        calls = client.info("stats")["total_commands_processed"]
        assert [cache.get("key"), cache.set("key", 1)] == [None, None]
        assert client.info("stats")["total_commands_processed"] == calls + 1
    cache.health.rest_until = dict.fromkeys(cache.health.rest_until, 0.0)


def test_what_cannot_be_read_counts_as_absent(redis):
    cache = caches["default"]
    cache.set("key", "value")
    with Redis(port=redis.port) as client:
        client.set(cache.make_key("key"), b"no pickle")
    assert cache.get("key", "default") == "default"
    assert cache.get_or_set("key", "anew") == "anew"


def test_emptying_one_cache_leaves_the_others_keys(redis):
    with Redis(port=redis.port) as client:
        client.set("neighbour", 1)
        caches["pages"].set("a", 1)
        caches["default"].set("a", 1)
        caches["pages"].clear()
        assert caches["pages"].get("a") is None
        assert caches["default"].get("a") == 1
        assert client.get("neighbour") == b"1"


def test_the_log_names_no_password():
    place = "redis://katto:secret@cache.example.org:6380/0"
    from cms.core.caches.backends import RedisCache

    assert RedisCache.name_of(place) == "Redis at cache.example.org:6380"
