"""The whole way of a second factor, with codes computed as a telephone does."""

import html
import re
from base64 import b32decode

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import Collection, CollectionViewRestriction, ModelLogEntry

from cms.assets.models import CustomDocument
from cms.users import two_factor
from tests.assets.files import pdf, upload

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HOME = reverse("wagtailadmin_home")
SET_UP = reverse("two_factor_set_up")
VERIFY = reverse("two_factor_verify")
PASSWORD = "correct horse battery"


@pytest.fixture
def user():
    user = get_user_model().objects.create_user("toimittaja", password=PASSWORD)
    group = Group.objects.create(name="Toimitus")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    return user


@pytest.fixture
def device(user):
    device = two_factor.pending_device(user)
    two_factor.enrol(user, device)
    device.refresh_from_db()
    return device


def code_of(device, step=0) -> str:
    device.refresh_from_db()
    totp = TOTP(device.bin_key, drift=device.drift)
    import time

    totp.time = time.time() + step * 30
    return f"{totp.token():06d}"


def sign_in(client, follow=False):
    login = reverse("wagtailadmin_login")
    return client.post(login, {"username": "toimittaja", "password": PASSWORD}, follow=follow)


def test_without_a_device_and_without_the_rule_the_password_is_enough(client, user, settings):
    settings.REQUIRE_TWO_FACTOR = False
    assert sign_in(client, follow=True).status_code == 200
    assert client.get(HOME).status_code == 200


def test_the_rule_sends_everyone_to_enrol_and_then_lets_them_on(client, user, settings):
    settings.REQUIRE_TWO_FACTOR = True
    sign_in(client)
    wanted = reverse("wagtailadmin_explore_root")
    response = client.get(wanted)
    assert response.url == f"{SET_UP}?next={wanted}"
    page = client.get(response.url)
    text = page.content.decode()
    assert "<svg" in text
    key = re.search(r"<code>([A-Z2-7 ]+)</code>", text)[1].replace(" ", "")
    token = TOTP(b32decode(key + "=" * (-len(key) % 8))).token()
    wrong = client.post(SET_UP, {"code": f"{(token + 1) % 1_000_000:06d}", "next": wanted})
    assert wrong.context["form"].errors["code"]
    assert key[:4] in wrong.content.decode()
    assert client.get(wanted).status_code == 302
    TOTPDevice.objects.update(throttling_failure_count=0)
    done = client.post(SET_UP, {"code": f"{token:06d}", "next": wanted})
    codes = re.findall(r"<code>([a-z2-7]+)</code>", done.content.decode())
    assert len(codes) == two_factor.RECOVERY_CODES
    assert wanted in html.unescape(done.content.decode())
    assert client.get(HOME).status_code == 200
    assert ModelLogEntry.objects.filter(action="users.two_factor_on").exists()


def test_a_device_is_asked_for_at_the_next_sign_in(client, device):
    old_session = None
    sign_in(client)
    old_session = client.session.session_key
    for address in (HOME, reverse("wagtailusers_users:index"), reverse("wagtailadmin_account")):
        assert client.get(address).url.startswith(VERIFY)
    assert client.get(SET_UP).url.startswith(VERIFY)
    assert client.get(HOME, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
    device.last_t = -1
    device.save()
    response = client.post(VERIFY, {"code": code_of(device), "next": HOME})
    assert response.url == HOME
    assert client.get(HOME).status_code == 200
    assert client.session.session_key != old_session


@pytest.mark.parametrize("code", ["", "000000", "abc", "x" * 500, "\0", "١٢٣٤٥٦", "-1", "1e5"])
def test_a_wrong_code_is_refused_and_said(client, device, code):
    sign_in(client)
    response = client.post(VERIFY, {"code": code})
    assert response.status_code == 200
    assert response.context["form"].errors["code"]
    assert client.get(HOME).status_code == 302


def test_a_code_works_once(client, device):
    sign_in(client)
    device.last_t = -1
    device.save()
    code = code_of(device)
    client.post(VERIFY, {"code": code})
    client.logout()
    sign_in(client)
    assert client.post(VERIFY, {"code": code}).status_code == 200
    assert client.get(HOME).status_code == 302


def test_guessing_is_slowed_down(client, device):
    sign_in(client)
    for _ in range(3):
        client.post(VERIFY, {"code": "000000"})
    right = code_of(device, step=1)
    assert client.post(VERIFY, {"code": right}).context["form"].errors["code"]


def test_a_recovery_code_works_once_and_spaces_do_not_matter(client, user, device):
    code = two_factor.new_recovery_codes(user)[0]
    sign_in(client)
    assert client.post(VERIFY, {"code": f" {code[:4]} {code[4:].upper()} "}).status_code == 302
    assert client.get(HOME).status_code == 200
    assert two_factor.recovery_codes_left(user) == two_factor.RECOVERY_CODES - 1
    client.logout()
    sign_in(client)
    assert client.post(VERIFY, {"code": code}).status_code == 200


def test_the_next_address_stays_on_the_site(client, device):
    sign_in(client)
    code = two_factor.new_recovery_codes(device.user)[0]
    response = client.post(VERIFY, {"code": code, "next": "https://example.org/"})
    assert response.url == HOME


def test_half_signed_in_is_nobody_on_the_public_side(client, device):
    collection = Collection.get_first_root_node().add_child(name="Sisäiset")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    document = CustomDocument.objects.create(
        title="x", file=upload("a.pdf", pdf()), collection=collection
    )
    sign_in(client)
    assert client.get(document.url).status_code == 302
    client.post(VERIFY, {"code": two_factor.new_recovery_codes(device.user)[0]})
    assert client.get(document.url).status_code == 200


def test_signing_out_is_always_possible(client, device):
    sign_in(client)
    client.post(reverse("wagtailadmin_logout"))
    assert not client.session.get("_auth_user_id")


def test_own_second_factor_is_changed_with_a_code_only(client, device):
    sign_in(client)
    codes = two_factor.new_recovery_codes(device.user)
    client.post(VERIFY, {"code": codes[0]})
    status = reverse("two_factor")
    assert client.get(status).status_code == 200
    assert client.post(status, {"off": "1", "code": "000000"}).status_code == 200
    assert two_factor.confirmed_device(device.user)
    StaticDevice.objects.update(throttling_failure_count=0)
    fresh = client.post(status, {"codes": "1", "code": codes[1]})
    assert len(re.findall(r"<code>", fresh.content.decode())) == two_factor.RECOVERY_CODES
    assert client.get(HOME).status_code == 200
    codes = two_factor.new_recovery_codes(device.user)
    client.post(status, {"off": "1", "code": codes[0]})
    assert not two_factor.confirmed_device(device.user)
    assert client.get(HOME).status_code == 200


def test_an_administrator_takes_it_away_and_others_cannot(client, admin_client, admin_user, device):
    url = reverse("two_factor_reset", args=[device.user.pk])
    sign_in(client)
    client.post(VERIFY, {"code": two_factor.new_recovery_codes(device.user)[0]})
    for foreign in (url, reverse("two_factor_reset", args=[admin_user.pk])):
        assert client.post(foreign).status_code == 302
    assert two_factor.confirmed_device(device.user)
    assert device.user.username in admin_client.get(url).content.decode()
    admin_client.post(url)
    assert not two_factor.confirmed_device(device.user)
    assert ModelLogEntry.objects.filter(action="users.two_factor_off").exists()
    index = admin_client.get(reverse("wagtailusers_users:index")).content.decode()
    assert url in index


def test_a_user_manager_cannot_disarm_a_superuser(client, user, admin_user):
    user.user_permissions.add(Permission.objects.get(codename="change_user"))
    two_factor.enrol(admin_user, two_factor.pending_device(admin_user))
    sign_in(client)
    client.post(reverse("two_factor_reset", args=[admin_user.pk]))
    assert two_factor.confirmed_device(admin_user)


@pytest.mark.parametrize("language", ["fi", "en"])
def test_the_pages_open_in_both_admin_languages(client, user, language, settings):
    from wagtail.users.models import UserProfile

    settings.REQUIRE_TWO_FACTOR = True
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()
    sign_in(client)
    assert f'lang="{language}"' in client.get(SET_UP).content.decode()


def test_the_account_page_leads_to_it(admin_client):
    page = admin_client.get(reverse("wagtailadmin_account")).content.decode()
    assert reverse("two_factor") in page


def test_secrets_are_not_cached(client, user, settings):
    settings.REQUIRE_TWO_FACTOR = True
    sign_in(client)
    assert "no-store" in client.get(SET_UP)["Cache-Control"]
