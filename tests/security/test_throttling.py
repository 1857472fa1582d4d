import re

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from cms.users.sign_in import client_ip

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LOGIN = reverse("wagtailadmin_login")


@pytest.fixture(autouse=True)
def armed(settings):
    settings.AXES_ENABLED = True
    cache.clear()
    get_user_model().objects.create_superuser("hoitaja", "hoitaja@example.org", "oikea salasana")


def attempt(client, username="hoitaja", password="väärä", language="en", **extra):
    return client.post(
        LOGIN,
        {"username": username, "password": password},
        headers={"accept-language": language},
        **extra,
    )


def test_after_five_wrong_passwords_even_the_right_one_waits(client):
    for _ in range(4):
        assert attempt(client).status_code == 200
    assert attempt(client).status_code == 429
    locked = attempt(client, password="oikea salasana")
    assert locked.status_code == 429
    assert locked["Retry-After"] == "900"
    assert "15 minutes" in locked.content.decode()
    assert "no-store" in locked["Cache-Control"]


def test_the_message_is_the_same_for_a_user_who_does_not_exist(client):
    pages = {}
    for username in ("hoitaja", "keksitty"):
        for _ in range(6):
            response = attempt(client, username=username)
        pages[username] = re.sub(r'"CSRF_TOKEN": "\w+"', "", response.content.decode())
        assert response.status_code == 429
    assert pages["hoitaja"] == pages["keksitty"]


def test_others_in_the_same_office_are_let_in(client):
    get_user_model().objects.create_superuser("toinen", "", "oikea salasana")
    for _ in range(6):
        attempt(client)
    assert attempt(client, "toinen", "oikea salasana").status_code == 302


def test_the_owner_gets_in_from_elsewhere_and_after_the_wait(client):
    for _ in range(6):
        attempt(client, REMOTE_ADDR="192.0.2.1")
    elsewhere = attempt(client, password="oikea salasana", REMOTE_ADDR="192.0.2.2")
    assert elsewhere.status_code == 302


def test_success_forgets_the_failures_and_keeps_no_log(client):
    for _ in range(3):
        attempt(client)
    attempt(client, password="oikea salasana")
    assert not AccessAttempt.objects.exists()
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("username", ["a\0b", "x" * 5000, "'; drop table", "\ud7ff", " "])
def test_odd_names_are_refused_politely(client, username):
    assert attempt(client, username=username).status_code == 200


def test_password_letters_are_limited_per_address(client):
    url = reverse("wagtailadmin_password_reset")
    for _ in range(5):
        assert client.post(url, {"email": "hoitaja@example.org"}).status_code == 302
    assert client.post(url, {"email": "hoitaja@example.org"}).status_code == 429
    assert len(mail.outbox) == 5
    other = client.post(url, {"email": "x@example.org"}, REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 302


def test_a_reset_does_not_tell_who_exists(client):
    url = reverse("wagtailadmin_password_reset")
    answers = {
        (r.status_code, r.url)
        for r in (client.post(url, {"email": f"{n}@example.org"}) for n in ("hoitaja", "keksitty"))
    }
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("count", "header", "expected"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "0.0.0.0"),
        (1, "<script>", "0.0.0.0"),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_only_the_configured_proxies_are_believed(rf, settings, count, header, expected):
    settings.TRUSTED_PROXY_COUNT = count
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=header)
    assert client_ip(request) == expected
