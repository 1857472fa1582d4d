"""Who may write easy Finnish, begin it and see the list; what a session that has ended keeps."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, PageViewRestriction

from cms.users.roles import EDITORS, PUBLISHERS
from tests.factories import (
    EditorFactory,
    LocaleFactory,
    ProjectFactory,
    SuperuserFactory,
    UserFactory,
    home_page,
)
from tests.translation.easy import Form, begun, finnish_project, url_of, uuid
from tests.translation.rights import nobody
from tests.translation.workplace import translator

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def finnish(db):
    return finnish_project()


@pytest.fixture
def easy(boss, finnish):
    return begun(boss, finnish)


def enter(client, user) -> None:
    client.logout()
    client.force_login(user)
    client.cookies.load({"django_language": "en"})


def writer_of_easy():
    """Has a right to pages in easy Finnish, and to no others."""
    easy_home = home_page().get_translation(LocaleFactory(language_code="fi-simple"))
    user = nobody()
    group = Group.objects.create(name="Selko")
    GroupPagePermission.objects.create(
        group=group, page=easy_home, permission=permission("change_page")
    )
    user.groups.add(group)
    return user


def permission(codename: str):
    return Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)


def addresses(finnish, easy) -> dict:
    return {
        "write": url_of(easy),
        "list": reverse("translation:easy_list"),
        "make": reverse("translation:easy_make", args=[finnish.pk]),
        "hints": reverse("translation:easy_hints", args=[easy.pk]),
    }


@pytest.mark.parametrize(
    "who", [nobody, lambda: translator("ar"), lambda: UserFactory(), lambda: None]
)
def test_others_are_let_see_and_change_nothing(client, finnish, easy, who):
    user = who()
    client.logout()
    if user:
        enter(client, user)
    before = Page.objects.get(pk=easy.pk).latest_revision_id
    for name, url in addresses(finnish, easy).items():
        for response in (client.get(url), client.post(url, {"title": "Minun", "block": "x y z"})):
            said = response.content.decode()
            assert "Hankkeen tavoitteena" not in said, name
            assert response.status_code != 200, name
    assert Page.objects.get(pk=easy.pk).latest_revision_id == before


@pytest.mark.parametrize("role", [EDITORS, PUBLISHERS])
def test_staff_write_and_begin(client, finnish, easy, role):
    other = finnish_project(title="Toinen", slug="toinen")
    enter(client, EditorFactory(join=role.name))
    form = Form(client, easy)
    form.write(uuid(1), "Tule mukaan!")
    assert form.send().status_code == 302
    assert client.get(reverse("translation:easy_list")).status_code == 200
    assert begun(client, other).live is False


def test_who_may_not_publish_does_not(client, finnish, easy):
    enter(client, EditorFactory(join=EDITORS.name))
    form = Form(client, easy)
    assert form.soup.find(attrs={"name": "action-publish"}) is None
    form.send(action="action-publish")
    assert not Page.objects.get(pk=easy.pk).live


def test_it_is_handed_to_a_workflow_and_closed_meanwhile(client, finnish, easy):
    enter(client, EditorFactory(join=EDITORS.name))
    form = Form(client, easy)
    form.write(uuid(1), "Tule mukaan!")
    assert form.send(action="action-submit").status_code == 302
    page = Page.objects.get(pk=easy.pk)
    assert page.workflow_in_progress
    assert "it can't be changed now" in Form(client, easy).soup.text
    before = page.latest_revision_id
    form.send(title="Toinen")
    assert Page.objects.get(pk=easy.pk).latest_revision_id == before


def test_a_writer_of_easy_finnish_alone_sees_no_finnish_draft(client, boss, finnish, easy):
    Page.objects.filter(pk=finnish.pk).update(live=False)
    enter(client, writer_of_easy())
    html = client.get(url_of(easy)).content.decode()
    assert "Hankkeen tavoitteena" not in html
    assert "you may not see" in html
    Page.objects.filter(pk=finnish.pk).update(live=True)
    assert "Hankkeen tavoitteena" in client.get(url_of(easy)).content.decode()


@pytest.mark.parametrize("kind", ["password", "groups"])
def test_a_writer_of_easy_finnish_alone_reads_no_closed_finnish(client, boss, finnish, easy, kind):
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=finnish.pk), restriction_type=kind, password="salaisuus"
    )
    enter(client, writer_of_easy())
    html = client.get(url_of(easy)).content.decode()
    assert "Hankkeen tavoitteena" not in html
    assert "you may not see" in html
    assert Form(client, easy).send().status_code == 302
    enter(client, EditorFactory(join=EDITORS.name))
    assert "Hankkeen tavoitteena" in client.get(url_of(easy)).content.decode()


def test_the_list_has_only_what_somebody_may_change(client, finnish, easy):
    enter(client, nobody())
    assert client.get(reverse("translation:easy_list")).status_code in (302, 403)
    enter(client, writer_of_easy())
    assert "Silta" in client.get(reverse("translation:easy_list")).content.decode()


def test_a_session_that_has_ended_loses_nothing(client, boss, finnish, easy):
    form = Form(boss, easy)
    form.write(uuid(1), "Tämä on kirjoitettu.")
    boss.logout()
    response = form.send()
    assert response.status_code == 401
    assert "Tämä on kirjoitettu." in response.content.decode()
    enter(client, SuperuserFactory(username="uusi"))
    assert form.send().status_code == 302


def test_a_locked_page_is_read_and_not_written(client, finnish, easy):
    owner = SuperuserFactory(username="lukko")
    Page.objects.filter(pk=easy.pk).update(locked=True, locked_by=owner)
    enter(client, EditorFactory(join=EDITORS.name))
    form = Form(client, easy)
    assert "it can't be changed now" in form.soup.text.replace("’", "'")
    before = Page.objects.get(pk=easy.pk).latest_revision_id
    form.send(title="Minun")
    assert Page.objects.get(pk=easy.pk).latest_revision_id == before


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"title": ""},
        {"title": "x" * 300},
        {"title": "Silta", "block": ["a", "a b c", f"{uuid(77)} {uuid(77)} image", "x " * 40]},
        {"title": "Silta", "block": [f"{uuid(77)} {uuid(77)} section"], f"b-{uuid(77)}-text": "{"},
        {"title": "Silta", "block": [f"s {uuid(7)} section"], f"b-{uuid(7)}-text": "[]"},
        {"title": "Silta", "block": [f"s {uuid(7)} section"], "s-s-place": "9" * 50},
        {"title": "Silta", f"told-{uuid(1)}": "x", f"shown-{uuid(1)}": "y", "told-title": "out"},
        {"title": "Si\x00lta", "lead": "\ufdd0" * 3, "opened_version": "{]"},
        {"title": "Silta", "block": [f"s {uuid(7)} quote"], "s-s-drop": "1"},
    ],
)
def test_nonsense_ends_in_no_fault(boss, finnish, easy, data):
    response = boss.post(url_of(easy), data)
    assert response.status_code in (200, 302)
    assert boss.get(url_of(easy)).status_code == 200


def test_pages_that_are_no_easy_finnish_are_not_found(boss, finnish, easy):
    assert boss.get(reverse("easy_write", args=[finnish.pk])).status_code == 404
    assert boss.get(reverse("easy_write", args=[999_999])).status_code == 404
    assert boss.get(reverse("translation:easy_make", args=[easy.pk])).status_code == 404


def test_a_page_whose_parent_is_missing_is_not_begun(boss):
    LocaleFactory(language_code="fi-simple")
    page = ProjectFactory(title="Yksin")
    response = boss.post(reverse("translation:easy_make", args=[page.pk]), follow=True)
    assert "has to be made in easy Finnish first" in response.content.decode()
