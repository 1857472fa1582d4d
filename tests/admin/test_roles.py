"""Roles × addresses: each role reaches what its work needs, and nothing else."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, Site

from cms.users import roles
from tests.factories import (
    HomePageFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    home_page,
    project_index,
    translate,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

EDITORS, PUBLISHERS = roles.EDITORS.name, roles.PUBLISHERS.name
ALL = {EDITORS, PUBLISHERS}


def snippet(view: str, make):
    def url():
        record = make()
        name = f"wagtailsnippets_projects_{record._meta.model_name}:{view}"
        return reverse(name, args=[] if view in ("add", "list") else [record.pk])

    return url


def page(view: str, **fields):
    return lambda: reverse(f"wagtailadmin_pages:{view}", args=[ProjectFactory(**fields).pk])


ADDRESSES = {
    "front page": (lambda: "/admin/", ALL),
    "project list": (lambda: "/admin/projects/", ALL),
    "publication list": (lambda: "/admin/publications/", ALL),
    "municipalities": (lambda: "/admin/municipalities/", ALL),
    "guide": (lambda: "/admin/guide/", ALL),
    "organisations": (snippet("list", OrganisationFactory), ALL),
    "add a project": (
        lambda: reverse(
            "wagtailadmin_pages:add", args=["projects", "projectpage", project_index().pk]
        ),
        {EDITORS, PUBLISHERS},
    ),
    "edit a project": (page("edit"), ALL),
    "delete a live project": (page("delete"), {PUBLISHERS}),
    "delete a draft": (page("delete", live=False), {EDITORS, PUBLISHERS}),
    "unpublish a project": (page("unpublish"), {PUBLISHERS}),
    "add an organisation": (snippet("add", OrganisationFactory), {EDITORS, PUBLISHERS}),
    "edit an organisation": (snippet("edit", OrganisationFactory), ALL),
    "edit a person": (snippet("edit", PersonFactory), ALL),
    "delete a person": (snippet("delete", PersonFactory), {PUBLISHERS}),
    "edit a programme": (snippet("edit", ProgrammeFactory), {PUBLISHERS}),
    "delete a programme": (snippet("delete", ProgrammeFactory), {PUBLISHERS}),
    "images": (lambda: reverse("wagtailimages:index"), {EDITORS, PUBLISHERS}),
    "add an image": (lambda: reverse("wagtailimages:add_multiple"), {EDITORS, PUBLISHERS}),
    "site settings": (
        lambda: reverse(
            "wagtailsettings:edit",
            args=["home", "sitesettings", Site.objects.get(is_default_site=True).pk],
        ),
        {PUBLISHERS},
    ),
    "terms": (lambda: reverse("terms:index"), {EDITORS, PUBLISHERS}),
    "add a term": (lambda: reverse("terms:add"), {EDITORS, PUBLISHERS}),
    "synonyms": (lambda: reverse("synonymgroup:index"), {PUBLISHERS}),
    "add synonyms": (lambda: reverse("synonymgroup:add"), {PUBLISHERS}),
    "promoted pages": (lambda: reverse("promotion:index"), {PUBLISHERS}),
    "promote a page": (lambda: reverse("promotion:add"), {PUBLISHERS}),
    "searches without an answer": (lambda: reverse("missedsearch:index"), {PUBLISHERS}),
    "users": (lambda: reverse("wagtailusers_users:index"), set()),
    "groups": (lambda: reverse("wagtailusers_groups:index"), set()),
    "sites": (lambda: reverse("wagtailsites:index"), set()),
    "redirects": (lambda: reverse("wagtailredirects:index"), set()),
    "languages": (lambda: reverse("wagtaillocales:index"), set()),
    "collections": (lambda: reverse("wagtailadmin_collections:index"), set()),
}


@pytest.mark.parametrize("group", sorted(ALL))
@pytest.mark.parametrize("name", ADDRESSES)
def test_role_reaches_what_it_needs_and_no_more(client, member, group, name):
    make_url, allowed = ADDRESSES[name]
    url = make_url()
    member(group)
    assert (client.get(url, follow=False).status_code == 200) is (group in allowed)


def test_whoever_looks_after_the_search_finds_it_in_the_menu(client, member):
    member(PUBLISHERS)
    words = client.get("/admin/").content.decode()
    for name in ("synonymgroup:index", "promotion:index", "missedsearch:index"):
        assert reverse(name) in words
    words = {"language": "fi", "words": "vanhus, iäkäs"}
    assert client.post(reverse("synonymgroup:add"), words).status_code == 302


def test_nobody_gets_in_without_signing_in(client):
    for make_url, _allowed in ADDRESSES.values():
        assert client.get(make_url()).status_code == 302


def test_editor_may_submit_and_not_publish(client, member):
    member(EDITORS)
    project = ProjectFactory()
    rights = project.permissions_for_user(member(EDITORS))
    assert rights.can_edit()
    assert not rights.can_publish()
    assert not home_page().get_parent().permissions_for_user(member(EDITORS)).can_add_subpage()


def test_groups_are_made_once_and_are_the_associations_own():
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
    group = Group.objects.get(name=EDITORS)
    group.permissions.clear()
    assert roles.set_up() == []
    assert not group.permissions.exists()
    call_command("set_up_roles", reset=True)
    assert group.permissions.count() == len(roles.EDITORS.rights)
    group.delete()
    assert roles.set_up() == [EDITORS]


def test_new_language_opens_to_whoever_may_edit_the_first(swedish):
    own = Group.objects.create(name="Own")
    roles.grant_pages(own, ["change_page"], home_page())
    translate(home_page(), "sv")
    swedish_home = Page.objects.get(depth=2, locale=swedish)
    rights = GroupPagePermission.objects.filter(page=swedish_home)
    assert {right.group.name for right in rights} == {*ALL, "Own"}


def test_new_home_page_opens_to_the_roles():
    home = HomePageFactory()
    assert home.group_permissions.filter(group__name=PUBLISHERS).count() == len(
        roles.PUBLISHERS.pages
    )
