"""The caches as production has them: one Redis, three caches that do not see each other."""

import pytest
from django.conf import settings
from django.core.cache import caches

from tests.services import require
from tests.services.process import ServiceUnavailable
from tests.services.redis import redis_server

NAMES = list(settings.CACHES)


@pytest.fixture(scope="module")
def redis_url():
    try:
        with redis_server() as url:
            yield url
    except ServiceUnavailable as error:
        require(False, str(error))


@pytest.fixture
def redis_caches(redis_url, settings):
    settings.CACHES = {
        name: {
            "BACKEND": "cms.core.caches.backends.RedisCache",
            "LOCATION": redis_url,
            "KEY_PREFIX": f"katto-{name}",
        }
        for name in NAMES
    }
    yield caches
    for name in NAMES:
        caches[name].clear()


def test_each_cache_keeps_its_own_keys(redis_caches):
    for name in NAMES:
        redis_caches[name].set("key", name, 60)
    assert [redis_caches[name].get("key") for name in NAMES] == NAMES


@pytest.mark.django_db
def test_a_public_page_is_served_with_redis_behind_it(redis_caches, client):
    first, second = client.get("/fi/"), client.get("/fi/")
    assert first.status_code == second.status_code == 200
    assert first.content == second.content
