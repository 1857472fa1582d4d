"""Groups of translators: what they are given, and how far it reaches."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page, PageViewRestriction

from cms.translation import policy
from cms.translation.models import LanguageRights
from cms.translation.translators import set_up
from cms.users.roles import EDITORS, grant_pages
from tests.admin.forms import read_form
from tests.factories import (
    LocaleFactory,
    OrganisationFactory,
    ProgrammeFactory,
    ProjectFactory,
    SuperuserFactory,
    ThemeFactory,
    home_page,
    translate,
)
from tests.translation.rights import languages, nobody, sent, translator
from tests.translation.workplace import say

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ARABIC, SOMALI = "Kääntäjät: arabia", "Kääntäjät: somali"


def rights_of(name: str) -> dict:
    group = Group.objects.get(name=name)
    pages = GroupPagePermission.objects.filter(group=group)
    return {
        "models": set(group.permissions.values_list("codename", flat=True)),
        "pages": set(pages.values_list("page__locale__language_code", "permission__codename")),
        "files": group.collection_permissions.count(),
        "languages": set(group.language_rights.values_list("locale__language_code", "may_publish")),
    }


def test_command_makes_a_group_for_each_language_and_again_none(capsys):
    languages("ar")
    call_command("set_up_translators", "ar", "so")
    assert ARABIC in capsys.readouterr().out
    expected = {
        "models": {"access_admin"},
        "pages": {("ar", "change_page")},
        "files": 0,
        "languages": {("ar", False)},
    }
    assert rights_of(ARABIC) == expected
    assert rights_of(SOMALI) == expected | {"pages": set(), "languages": {("so", False)}}
    groups = Group.objects.count()
    call_command("set_up_translators", "so", "ar", "ar")
    assert Group.objects.count() == groups
    assert rights_of(ARABIC) == expected


@pytest.mark.parametrize(
    ("code", "reason"),
    [("fi", "translated from"), ("fi-simple", "by hand"), ("xx", "no language"), ("", "no lang")],
)
def test_command_names_what_nobody_translates_into(code, reason):
    with pytest.raises(CommandError, match=reason) as told:
        call_command("set_up_translators", "ar", code)
    assert "sv, en, ru, ar, so" in str(told.value)
    assert not Group.objects.filter(name=ARABIC).exists()


def test_home_page_that_comes_later_opens_to_its_translators_alone():
    set_up(["ar", "so"])
    own = Group.objects.create(name="Omat")
    for name in ("Omat", SOMALI):
        # Somebody shows translators the Finnish pages too: no right to other languages follows.
        grant_pages(Group.objects.get(name=name), ["change_page"], home_page())
    translate(home_page(), "ar")
    arabic = Page.objects.get(depth=2, locale__language_code="ar")
    given = GroupPagePermission.objects.filter(page=arabic)
    assert {ARABIC, "Omat", EDITORS.name} <= {right.group.name for right in given}
    assert SOMALI not in {right.group.name for right in given}
    assert own.page_permissions.filter(page=arabic).exists()


def test_shipped_roles_have_no_translators_of_all_languages():
    assert not Group.objects.filter(name="Kääntäjät").exists()
    call_command("set_up_roles", reset=True)
    assert not Group.objects.filter(name="Kääntäjät").exists()
    group = Group.objects.create(name="Kääntäjät")
    call_command("set_up_roles", reset=True)
    set_up(["ar"])
    assert not group.permissions.exists()


def group_form(client, group: Group | None = None, **fields):
    name = "wagtailusers_groups"
    url = reverse(f"{name}:edit", args=[group.pk]) if group else reverse(f"{name}:add")
    form = {**read_form(client.get(url), "name"), **fields}
    return client.post(url, form)


def test_form_of_a_group_gives_and_takes_languages(client):
    languages("ar")
    LocaleFactory(language_code="fi-simple")
    client.force_login(SuperuserFactory())
    assert group_form(client, name="Uusi", **{"language_rights-ar": "words"}).status_code == 302
    assert rights_of("Uusi")["languages"] == {("ar", False)}
    assert rights_of("Uusi")["pages"] == {("ar", "change_page")}
    group = Group.objects.get(name="Uusi")
    html = client.get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()
    assert 'name="language_rights-ar"' in html
    assert 'name="language_rights-fi"' not in html
    assert 'name="language_rights-fi-simple"' not in html
    group_form(client, group, **{"language_rights-ar": "publish"})
    assert rights_of("Uusi")["languages"] == {("ar", True)}
    assert group_form(client, group, **{"language_rights-ar": "anything"}).status_code == 200
    group_form(client, group, **{"language_rights-ar": ""})
    assert rights_of("Uusi")["languages"] == {("ar", True)}
    group_form(client, group, **{"language_rights-ar": "no"})
    # Without the language, what is left would be the right of staff to change these pages.
    assert rights_of("Uusi")["languages"] == rights_of("Uusi")["pages"] == set()


def edit(thing) -> str:
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:edit", args=[thing.pk])
    return reverse(f"wagtailsnippets_projects_{thing._meta.model_name}:edit", args=[thing.pk])


@pytest.mark.parametrize("make", [ProjectFactory, OrganisationFactory, ThemeFactory])
def test_translator_opens_what_is_translated_into_the_language_and_no_more(client, make):
    languages("ar", "sv")
    thing = sent(make(), "ar", "sv")
    client.force_login(translator("ar"))
    assert client.get(edit(thing.versions["ar"])).status_code == 200
    for language in ("source", "sv"):
        assert client.get(edit(thing.versions[language])).status_code == 302
    # Once it is stopped, the form is the ordinary one, with facts and all.
    thing.translations["ar"].enabled = False
    thing.translations["ar"].save()
    assert client.get(edit(thing.versions["ar"])).status_code == 302
    client.post(edit(thing.versions["ar"]), {"name": "x", "title": "x"})
    thing.versions["ar"].refresh_from_db()
    assert str(thing.versions["ar"]) != "x"


def test_translator_does_nothing_else_with_records(client):
    languages("ar", "sv")
    organisation = sent(OrganisationFactory(name="Säätiö"), "ar", "sv")
    own, other = organisation.versions["ar"], organisation.versions["sv"]
    client.force_login(translator("ar"))
    name = "wagtailsnippets_projects_organisation"
    for view, args in {"add": [], "delete": [own.pk]}.items():
        assert client.get(reverse(f"{name}:{view}", args=args)).status_code == 302
        client.post(reverse(f"{name}:{view}", args=args), {"name": "Uusi", "kind": "other"})
    for view in ("history", "usage"):
        assert client.get(reverse(f"{name}:{view}", args=[other.pk])).status_code == 302
    other.refresh_from_db()
    own.refresh_from_db()
    assert type(own).objects.count() == 3
    bulk = reverse("wagtail_bulk_action", args=["projects", "organisation", "delete"])
    client.post(f"{bulk}?id={own.pk}&id={other.pk}", {})
    assert type(own).objects.count() == 3


def test_translator_does_nothing_else_with_pages(client):
    languages("ar", "sv")
    page = sent(ProjectFactory(title="Hanke"), "ar", "sv")
    own, other = page.versions["ar"], page.versions["sv"]
    client.force_login(translator("ar"))
    for action in ("delete", "move", "publish", "unpublish"):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        client.post(f"{url}?id={own.pk}&id={other.pk}", {"chooser": own.get_parent().pk})
    for action in ("delete", "copy", "unpublish", "set_privacy", "history", "usage"):
        url = reverse(f"wagtailadmin_pages:{action}", args=[other.pk])
        assert client.get(url).status_code in (302, 403)
    for action in ("delete", "copy", "unpublish", "convert_alias"):
        client.post(reverse(f"wagtailadmin_pages:{action}", args=[own.pk]), {})
    assert type(own).objects.filter(pk__in=[own.pk, other.pk], live=False).count() == 2


def listed(client, url: str, **query) -> set[str]:
    response = client.get(url, query)
    assert response.status_code == 200
    return {record.locale.language_code for record in response.context["object_list"]}


def test_listings_show_a_translator_the_own_language_alone(client):
    languages("ar", "sv")
    sent(OrganisationFactory(name="Säätiö"), "ar", "sv")
    url = reverse("wagtailsnippets_projects_organisation:list")
    client.force_login(translator("ar"))
    assert listed(client, url) == {"ar"}
    assert listed(client, url, locale="") == {"ar"}
    assert listed(client, url, locale="sv") == set()
    export = client.get(url, {"export": "csv", "locale": ""})
    rows = b"".join(export.streaming_content).decode().strip().splitlines()
    assert len(rows) == 2


def test_mixed_rights_do_not_multiply(client):
    """An editor of every language who also translates one edits records of a programme in none but
    that, and by its words alone.
    """
    languages("ar", "sv")
    programme, organisation = sent(ProgrammeFactory(), "ar", "sv"), sent(OrganisationFactory())
    user = translator("ar")
    user.groups.add(Group.objects.get(name=EDITORS.name))
    client.force_login(user)
    assert client.get(edit(programme.versions["ar"])).status_code == 200
    for language in ("source", "sv"):
        assert client.get(edit(programme.versions[language])).status_code == 302
    assert client.get(edit(organisation.versions["source"])).status_code == 200
    page = sent(ProjectFactory(), "sv").versions
    assert client.get(edit(page["source"])).status_code == 200
    assert client.get(edit(page["sv"])).status_code == 200


def test_rights_of_a_translators_group_hold_in_its_language_only(client):
    """Whatever the association ticks for such a group beside."""
    languages("ar", "sv")
    user = translator("ar")
    group = Group.objects.get(name=ARABIC)
    group.permissions.set(Group.objects.get(name=EDITORS.name).permissions.all())
    for home in Page.objects.filter(depth=2):
        grant_pages(group, ["add_page", "change_page", "publish_page"], home)
    page, record = sent(ProjectFactory(), "ar", "sv"), sent(OrganisationFactory(), "ar", "sv")
    client.force_login(user)
    for thing in (page, record):
        for language in ("source", "sv"):
            version = thing.versions[language]
            assert not policy.may_edit(user, version)
            assert client.get(edit(version)).status_code == 302
        assert not policy.may_request(user, thing.versions["source"])
        assert policy.may_translate(user, thing.translations["ar"])
        assert not policy.may_translate(user, thing.translations["sv"])
    assert policy.may_publish(user, page.translations["ar"])
    assert not policy.may_publish(user, page.translations["sv"])


@pytest.mark.parametrize("action", ["delete", "unpublish", "set_privacy", "set_page_position"])
def test_no_right_to_a_language_reaches_the_page_in_the_others(client, action):
    """Deleted, unpublished, closed or moved, a page goes in all its languages."""
    languages("ar", "sv")
    user = translator("ar")
    for home in Page.objects.filter(depth=2):
        grant_pages(Group.objects.get(name=ARABIC), ["add_page", "publish_page"], home)
    page = sent(ProjectFactory(title="Hanke"), "ar", "sv")
    sent(ProjectFactory(title="Toinen"), "ar", "sv")
    for version in page.versions.values():
        version.save_revision().publish()
    before = list(Page.objects.order_by("pk").values_list("pk", "path", "live"))
    own, data = page.versions["ar"].pk, {"restriction_type": "login"}
    client.force_login(user)
    client.post(reverse(f"wagtailadmin_pages:{action}", args=[own]) + "?position=1", data)
    if action in ("delete", "unpublish"):
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        client.post(f"{bulk}?id={own}", {"include_descendants": "on", "all_languages": "on"})
    assert list(Page.objects.order_by("pk").values_list("pk", "path", "live")) == before
    assert not PageViewRestriction.objects.exists()
    # What is there in this language alone is the group's own.
    alone = ProjectFactory(parent=page.versions["ar"].get_parent(), owner=user)
    assert alone.locale.language_code == "ar"
    assert alone.permissions_for_user(type(user).objects.get(pk=user.pk)).can_unpublish()


@pytest.mark.parametrize("sign", ["localize-convert-to-alias", "localize-restart-translation"])
@pytest.mark.parametrize("make", [ProjectFactory, OrganisationFactory, ThemeFactory])
def test_no_word_in_a_form_leads_around_the_review(client, make, sign):
    languages("ar")
    thing = sent(make(), "ar")
    own = thing.versions["ar"]
    before = type(own).objects.filter(pk=own.pk).values().get()
    say(thing.translations["ar"])
    client.force_login(translator("ar"))
    client.post(edit(own), {sign: "1", "action": "publish"})
    assert {**type(own).objects.filter(pk=own.pk).values().get(), "draft_title": 0} == {
        **before,
        "draft_title": 0,
    }


def test_a_group_may_be_given_publishing(client):
    languages("ar", "sv")
    user = translator("ar")
    things = [sent(make(), "ar", "sv") for make in (ProjectFactory, ThemeFactory)]
    assert not any(policy.may_publish(user, thing.translations["ar"]) for thing in things)
    LanguageRights.objects.filter(locale=Locale.objects.get(language_code="ar")).update(
        may_publish=True
    )
    user = type(user).objects.get(pk=user.pk)
    for thing in things:
        assert policy.may_publish(user, thing.translations["ar"])
        assert not policy.may_publish(user, thing.translations["sv"])


def test_translator_makes_no_page_of_an_alias(client, commit):
    languages("ar")
    page = ProjectFactory(title="Hanke")
    alias = page.copy_for_translation(LocaleFactory(language_code="ar"), alias=True)
    client.force_login(translator("ar"))
    client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    alias.refresh_from_db()
    assert alias.alias_of_id == page.pk


@pytest.mark.parametrize(
    "action", ["publish", "unpublish", "delete", "move", "ask_for_translations"]
)
def test_ticked_pages_that_are_not_the_users_are_not_named(client, action):
    languages("sv", "ar")
    own = sent(ProjectFactory(title="Silta"), "ar").versions["ar"]
    draft = ProjectFactory(title="Salainen luonnos", live=False)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    for user in (nobody(), translator("ar")):
        client.force_login(user)
        html = client.get(f"{url}?id={draft.pk}&id={own.pk}", follow=True).content.decode()
        assert "Salainen" not in html
