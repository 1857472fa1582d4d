"""From the organisation's record to somebody who signs in: the group, the letter, the link."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from projects.admin.members import group_of, inviting, make_group, may_manage
from projects.admin.members.inviting import InvitationTokens
from projects.models import MemberGroup
from tests.factories import (
    EditorFactory,
    OrganisationFactory,
    SuperuserFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
EMAIL = "Uusi.Ihminen@example.org"
PASSWORD = {
    "first_name": "Uusi",
    "last_name": "Ihminen",
    "new_password1": "tosi pitkä salasana",
    "new_password2": "tosi pitkä salasana",
}


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Kylä & Kaverit ry", is_member=True)


@pytest.fixture
def url(organisation, admin_client):
    admin_client.cookies.load({"django_language": "en"})
    url = reverse("member_people", args=[organisation.pk])
    admin_client.post(url, {"action": "make"})
    return url


def link() -> str:
    return re.search(r"/admin/join/\S+", mail.outbox[-1].body)[0]


def invited(admin_client, url, email=EMAIL):
    with override("en"):
        response = admin_client.post(url, {"email": email}, follow=True)
    return response.content.decode()


def test_one_click_on_the_record_makes_the_group(admin_client, organisation):
    edit = reverse("wagtailsnippets_projects_organisation:edit", args=[organisation.pk])
    form = admin_client.get(edit)
    url = reverse("member_people", args=[organisation.pk])
    assert f'formaction="{url}"' in form.content.decode()
    for _twice in range(2):
        assert admin_client.post(url, {"action": "make", "name": "ignored"}).status_code == 302
    member = MemberGroup.objects.get()
    assert member.group.name == "Jäsen: Kylä & Kaverit ry"
    assert not member.may_publish
    assert [one.codename for one in member.group.permissions.all()] == ["access_admin"]
    assert not member.group.page_permissions.exists()
    assert member.collection.name == organisation.name


def test_groups_of_two_members_with_one_name():
    for _number in range(2):
        make_group(OrganisationFactory(name="N" * 200))
    names = {member.group.name for member in MemberGroup.objects.all()}
    assert len(names) == 2
    assert max(map(len, names)) <= 150


def test_an_invited_person_sets_a_password_once_and_signs_in(admin_client, url, client):
    assert "The invitation has been sent" in invited(admin_client, url)
    assert mail.outbox[-1].to == [EMAIL]
    assert "Kylä & Kaverit ry" in mail.outbox[-1].subject
    user = get_user_model().objects.get(email=EMAIL)
    assert user.username == EMAIL.lower()
    assert list(user.groups.all()) == [MemberGroup.objects.get().group]

    page = client.get(link(), follow=True)
    assert "no-cache" in page["Cache-Control"]
    step = page.redirect_chain[-1][0]
    assert "set-password" in step
    assert client.post(step, {**PASSWORD, "new_password2": "muu"}).status_code == 200
    assert client.post(step, PASSWORD).url == reverse("wagtailadmin_login")
    user.refresh_from_db()
    assert user.get_full_name() == "Uusi Ihminen"
    assert user.check_password(PASSWORD["new_password1"])
    assert "_auth_user_id" not in client.session

    used = client.get(link(), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "This invitation has been used" in used
    credentials = {"username": user.username, "password": PASSWORD["new_password1"]}
    client.post(reverse("wagtailadmin_login"), credentials)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_a_second_factor_is_asked_for_as_of_anybody(admin_client, url, client, settings):
    invited(admin_client, url)
    settings.REQUIRE_TWO_FACTOR = True
    step = client.get(link(), follow=True).redirect_chain[-1][0]
    client.post(step, PASSWORD)
    credentials = {"username": EMAIL.lower(), "password": PASSWORD["new_password1"]}
    client.post(reverse("wagtailadmin_login"), credentials)
    home = client.get(reverse("wagtailadmin_home"))
    assert home.url.startswith(reverse("two_factor_set_up"))


def test_a_link_expires(admin_client, url, client, settings, monkeypatch):
    invited(admin_client, url)
    late = InvitationTokens()._now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 9)
    monkeypatch.setattr(InvitationTokens, "_now", lambda self: late)
    page = client.get(link(), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "This invitation is too old" in page


@pytest.mark.parametrize("change", [lambda x: x[:-3], lambda x: x[:-1] + "ä/", lambda x: x + "z/"])
def test_a_broken_link_is_told(admin_client, url, client, change):
    invited(admin_client, url)
    response = client.get(change(link()), follow=True, HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code in (200, 404)
    assert "new_password1" not in response.content.decode()


def test_whoever_has_an_account_is_added_and_gets_no_link(admin_client, url):
    user = UserFactory(email="vanha@example.org")
    assert "has an account already" in invited(admin_client, url, "VANHA@example.org")
    assert user.groups.get().member
    assert "/admin/join/" not in mail.outbox[-1].body
    assert mail.outbox[-1].to == ["vanha@example.org"]
    assert get_user_model().objects.filter(email__iexact="vanha@example.org").count() == 1


def test_no_link_opens_an_account_of_staff(admin_client, url, client):
    staff = EditorFactory(email="vaki@example.org")
    staff.set_unusable_password()
    staff.save()
    invited(admin_client, url, staff.email)
    assert "/admin/join/" not in mail.outbox[-1].body
    token = inviting.tokens.make_token(staff)
    assert inviting.tokens.fault(staff, token) == "wrong"


def test_a_closed_account_stays_closed(admin_client, url):
    user = UserFactory(email="entinen@example.org", is_active=False)
    assert "account of this address is closed" in invited(admin_client, url, user.email)
    assert not user.groups.exists()
    assert not mail.outbox


def test_a_letter_that_fails_leaves_nothing_behind(admin_client, url, monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(inviting, "send_mail", refuse)
    assert "could not be sent" in invited(admin_client, url)
    assert not get_user_model().objects.filter(email=EMAIL).exists()
    monkeypatch.undo()
    assert "has been sent" in invited(admin_client, url)


def test_the_same_address_gets_no_second_letter_at_once(admin_client, url):
    invited(admin_client, url)
    assert "has just been sent" in invited(admin_client, url)
    assert len(mail.outbox) == 1
    cache.delete(inviting._mark(EMAIL))
    assert "has been sent" in invited(admin_client, url)
    assert link()


def test_inviting_is_throttled(admin_client, url):
    emails = [f"x{number}@example.org" for number in range(61)]
    answers = {admin_client.post(url, {"email": email}).status_code for email in emails}
    assert answers == {302, 429}


@pytest.mark.parametrize("email", ["", "ei osoite", "a@example.org\nBcc: b@example.org", "x" * 400])
def test_what_is_no_address_is_refused(admin_client, url, email):
    assert admin_client.post(url, {"email": email}).status_code == 200
    assert not mail.outbox


def test_whoever_leaves_has_no_rights_and_an_unused_account_goes(admin_client, url, organisation):
    invited(admin_client, url)
    member, user = group_of(organisation), get_user_model().objects.get(email=EMAIL)
    old = link()
    admin_client.post(url, {"action": "remove", "person": user.pk})
    assert not get_user_model().objects.filter(pk=user.pk).exists()
    assert "new_password1" not in admin_client.get(old, follow=True).content.decode()
    kept = UserFactory()
    kept.groups.add(member.group)
    stranger = UserFactory()
    for person in (kept, stranger):
        admin_client.post(url, {"action": "remove", "person": person.pk})
        assert get_user_model().objects.filter(pk=person.pk).exists()
    assert not kept.groups.exists()


def test_publishing_is_a_choice_here_and_in_the_settings_of_groups(admin_client, url, organisation):
    for action, may in (("publish", True), ("withhold", False)):
        admin_client.post(url, {"action": action})
        assert group_of(organisation).may_publish is may
    group = group_of(organisation).group
    page = reverse("wagtailusers_groups:edit", args=[group.pk])
    html = admin_client.get(page).content.decode()
    assert "member_rights-publishing" in html
    assert "Kylä &amp; Kaverit ry" in html


def test_only_who_may_manage_members_comes_here(client, organisation):
    url = reverse("member_people", args=[organisation.pk])
    editor = EditorFactory()
    client.force_login(editor)
    for answer in (client.get(url), client.post(url, {"action": "make"})):
        assert answer.status_code == 302
    assert not MemberGroup.objects.exists()
    assert not may_manage(editor)
    assert may_manage(SuperuserFactory())


def test_the_history_tells_who_invited(admin_client, url):
    invited(admin_client, url)
    actions = set(ModelLogEntry.objects.values_list("action", flat=True))
    assert {"projects.member_group", "projects.invited"} <= actions


def test_the_letter_is_in_the_language_of_whoever_gets_it(admin_client, url):
    with override("fi"):
        admin_client.post(url, {"email": EMAIL}, HTTP_ACCEPT_LANGUAGE="fi")
    assert "Kylä & Kaverit ry" in mail.outbox[-1].body
