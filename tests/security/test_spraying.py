"""Guessing passwords with many names or from many addresses gets slow; an office does not."""

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.urls import reverse

from cms.users.sign_in import counted_address

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LOGIN = reverse("wagtailadmin_login")
RIGHT = "oikea salasana"


@pytest.fixture(autouse=True)
def armed(settings):
    settings.AXES_ENABLED = True
    cache.clear()


@pytest.fixture
def office(db):
    users = get_user_model().objects
    return [users.create_superuser(f"hoitaja{number}", "", RIGHT) for number in range(20)]


def attempt(client, username, password="väärä", address="192.0.2.1", language="fi"):
    return client.post(
        LOGIN,
        {"username": username, "password": password},
        REMOTE_ADDR=address,
        headers={"accept-language": language},
    )


def test_thirty_names_from_one_address_are_slowed(client):
    answers = [attempt(client, f"nimi{number}") for number in range(30)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "900"
    assert "15 minuut" in answers[-1].content.decode()


def test_one_name_from_thirty_addresses_is_slowed(client, office):
    answers = [attempt(client, "hoitaja0", address=f"198.51.100.{number}") for number in range(30)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    stranger = attempt(client, "hoitaja0", RIGHT, address="203.0.113.1")
    assert stranger.status_code == 429


def test_an_office_of_twenty_that_mistypes_is_let_in(client, office):
    for user in office:
        for _ in range(3):
            assert attempt(client, user.username).status_code == 200
    for user in office:
        assert attempt(client, user.username, RIGHT).status_code == 302
        client.logout()
    assert not AccessAttempt.objects.exists()


def test_the_owner_gets_in_with_a_browser_that_is_known(client, office):
    answer = attempt(client, "hoitaja0", RIGHT)
    assert answer.status_code == 302
    known = answer.cookies["known_browser"]
    assert known["httponly"]
    assert "hoitaja0" not in known.value
    client.logout()
    for number in range(30):
        attempt(client, "hoitaja0", address=f"198.51.100.{number}")
        attempt(client, f"nimi{number}")
    assert attempt(client, "hoitaja0", RIGHT).status_code == 429
    client.cookies["known_browser"] = known.value
    assert attempt(client, "hoitaja1", RIGHT).status_code == 429
    assert attempt(client, "hoitaja0", RIGHT).status_code == 302


def test_a_known_browser_is_still_counted(client, office):
    attempt(client, "hoitaja0", RIGHT)
    client.logout()
    for _ in range(5):
        answer = attempt(client, "hoitaja0")
    assert answer.status_code == 429


@pytest.mark.parametrize("forged", ["x", "." * 400, "\xff", "a" * 32, "0." * 5000])
def test_nobody_makes_the_cookie(client, forged):
    for number in range(30):
        client.cookies["known_browser"] = forged
        answer = attempt(client, f"nimi{number}")
    assert answer.status_code == 429


@pytest.mark.parametrize("written", ["ｐｕ", "PU", " pu", "pu\x0b", "ｐU"])
def test_a_name_is_one_name_however_it_is_written(client, written):
    for _ in range(4):
        assert attempt(client, "pu").status_code == 200
    assert attempt(client, written).status_code == 429
    assert set(AccessAttempt.objects.values_list("username", flat=True)) == {"pu"}


def test_letters_for_one_account_are_counted_however_its_address_is_written(client):
    url = reverse("wagtailadmin_password_reset")
    for number, email in enumerate(["A@example.org", "a@example.org", "ａ@example.org"] * 2):
        answer = client.post(url, {"email": email}, REMOTE_ADDR=f"192.0.2.{number}")
    assert answer.status_code == 429


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::1", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("192.0.2.7", "192.0.2.7"),
        ("junk", "0.0.0.0"),
    ],
)
def test_addresses_of_one_household_are_one(rf, address, counted):
    assert counted_address(rf.get("/", REMOTE_ADDR=address)) == counted


def test_a_fresh_address_of_the_same_household_changes_nothing(client):
    for number in range(5):
        answer = attempt(client, "pu", address=f"2001:db8:1:2::{number + 1}")
    assert answer.status_code == 429
