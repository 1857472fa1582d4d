"""What wagtail-localize leaves open, closed: addresses × roles × other people's pages."""

import json
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission
from django.urls import resolve, reverse
from wagtail.models import GroupPagePermission, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.translation.translators import set_up
from cms.users import roles
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    ProjectFactory,
    SuperuserFactory,
    TargetGroupFactory,
    ThemeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

EDITORS, PUBLISHERS = roles.EDITORS.name, roles.PUBLISHERS.name
TRANSLATORS = "Kääntäjät: ruotsi"

RECORDS = {
    "organisation": OrganisationFactory,
    "person": PersonFactory,
    "programme": ProgrammeFactory,
    "theme": ThemeFactory,
    "targetgroup": TargetGroupFactory,
}


@pytest.fixture(autouse=True)
def translators(db):
    set_up(["sv"])


@pytest.fixture
def project(db):
    return ProjectFactory(title="Hanke", lead="Lyhyesti.")


@pytest.fixture
def translation(project, swedish):
    source, _created = TranslationSource.get_or_create_from_instance(project)
    made = Translation.objects.create(source=source, target_locale=swedish)
    made.save_target(publish=False)
    return made


def stranger(client):
    """Somebody who may use the admin and submit translations, and has no right on any page."""
    user = SuperuserFactory(is_superuser=False)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "submit_translation"])
    )
    client.force_login(user)
    return user


def localize(name: str, *args) -> str:
    return reverse(f"wagtail_localize:{name}", args=args)


def refused(response) -> bool:
    """Wagtail answers a refused page request by the admin's front page and a message."""
    return response.status_code == 403 or (
        response.status_code == 302 and response.url == reverse("wagtailadmin_home")
    )


@pytest.mark.parametrize(
    "name",
    [
        "submit_page_translation",
        "update_translations",
        "convert_to_alias",
        "stop_translation",
        "upload_pofile",
        "machine_translate",
    ],
)
def test_addresses_lead_to_our_views(name):
    assert resolve(localize(name, 1)).func.__module__.startswith("cms.translation.")


def test_submitting_needs_the_right_to_edit(client, project, swedish):
    stranger(client)
    url = localize("submit_page_translation", project.pk)
    assert refused(client.get(url))
    assert refused(client.post(url, {"locales": [swedish.pk]}))
    assert not project.get_translations().exists()


def test_submitting_a_snippet_needs_the_right_to_change_it(client, swedish):
    organisation = OrganisationFactory()
    stranger(client)
    url = localize("submit_snippet_translation", "projects", "organisation", organisation.pk)
    assert refused(client.post(url, {"locales": [swedish.pk]}))
    assert not organisation.get_translations().exists()


@pytest.mark.parametrize("group", [EDITORS, PUBLISHERS])
def test_roles_submit_pages_and_snippets(client, member, project, swedish, group):
    member(group)
    organisation = OrganisationFactory()
    for instance, url in (
        (project, localize("submit_page_translation", project.pk)),
        (
            organisation,
            localize("submit_snippet_translation", "projects", "organisation", organisation.pk),
        ),
    ):
        assert client.get(url, follow=True).status_code == 200
        client.post(url, {"locales": [swedish.pk]})
        assert instance.get_translations().exists()


def test_submitting_into_a_language_closed_to_the_user_is_not_offered(
    client, member, project, translation, swedish
):
    member(EDITORS)
    other = ProjectFactory(title="Toinen")
    swedish_home = Page.objects.get(depth=2, locale=swedish)
    GroupPagePermission.objects.filter(page=swedish_home).delete()
    response = client.post(localize("submit_page_translation", other.pk), {"locales": [swedish.pk]})
    assert response.status_code == 200
    assert response.context["form"].errors["locales"]
    assert not other.get_translations().exists()


@pytest.mark.parametrize(
    ("group", "allowed"), [(EDITORS, False), (TRANSLATORS, False), (PUBLISHERS, True)]
)
def test_converting_to_alias_and_stopping_need_the_right_to_publish(
    client, member, project, translation, swedish, group, allowed
):
    member(group)
    target = project.get_translation(swedish)
    client.post(localize("stop_translation", translation.pk))
    translation.refresh_from_db()
    assert translation.enabled is not allowed
    client.post(localize("convert_to_alias", target.pk))
    target.refresh_from_db()
    assert bool(target.alias_of_id) is allowed


def test_publishing_all_translations_needs_the_right_to_publish(
    client, member, project, translation, swedish
):
    url = localize("update_translations", translation.source_id)
    member(EDITORS)
    assert client.get(url).status_code == 200
    assert refused(client.post(url, {"publish_translations": "on"}))
    assert not project.get_translation(swedish).live
    stranger(client)
    assert refused(client.post(url))


def put(client, url, **fields):
    return client.put(url, urlencode(fields), content_type="application/x-www-form-urlencoded")


def segment_url(translation) -> str:
    segment = translation.source.stringsegment_set.get(context__path="title")
    return localize("edit_string_translation", translation.pk, segment.pk)


def test_translating_and_publishing(
    client, member, project, translation, swedish, django_capture_on_commit_callbacks
):
    member(TRANSLATORS)
    target = project.get_translation(swedish)
    edit = reverse("wagtailadmin_pages:edit", args=[target.pk])
    assert client.get(edit).status_code == 200
    for segment in translation.source.stringsegment_set.all():
        url = localize("edit_string_translation", translation.pk, segment.pk)
        assert put(client, url, value="Projekt").status_code == 201
    assert client.post(edit, {"action": "publish"}).status_code in (302, 403)
    target.refresh_from_db()
    assert not target.live
    member(PUBLISHERS)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit, {"action": "publish"})
    target.refresh_from_db()
    assert target.live
    assert target.title == "Projekt"
    assert target.slug == project.slug


def test_lock_keeps_strings_and_translation_as_they_are(
    client, member, project, translation, swedish
):
    member(PUBLISHERS)
    target = project.get_translation(swedish)
    target.locked, target.locked_by = True, SuperuserFactory()
    target.save()
    response = put(client, segment_url(translation), value="Projekt")
    assert response.status_code == 403
    assert "lukinnut tämän sivun" in json.loads(response.content)["detail"]
    assert not StringTranslation.objects.exists()
    assert client.delete(segment_url(translation)).status_code == 403
    client.post(localize("stop_translation", translation.pk))
    translation.refresh_from_db()
    assert translation.enabled
    client.post(reverse("wagtailadmin_pages:edit", args=[target.pk]), {"action": "publish"})
    target.refresh_from_db()
    assert not target.live


def test_stranger_cannot_touch_strings(client, translation):
    stranger(client)
    assert put(client, segment_url(translation), value="x").status_code == 403


def test_string_without_value_is_a_bad_request(client, member, translation):
    member(TRANSLATORS)
    assert put(client, segment_url(translation)).status_code == 400


@pytest.mark.parametrize("content", [None, b'msgid ""\nmsgstr ""\n', b"\xff\xfe nonsense"])
def test_useless_po_file_gets_a_message(client, member, translation, content):
    from django.core.files.uploadedfile import SimpleUploadedFile

    member(TRANSLATORS)
    files = {} if content is None else {"file": SimpleUploadedFile("sv.po", content)}
    response = client.post(localize("upload_pofile", translation.pk), files, follow=True)
    assert response.status_code == 200
    assert "PO" in response.content.decode()


@pytest.mark.parametrize("model", ["organisation", "person", "programme", "theme", "targetgroup"])
@pytest.mark.parametrize("group", [None, EDITORS])
def test_records_are_named_to_those_who_may_see_them(client, member, model, group):
    """In choosers and in wagtail-localize's list of names for its overrides."""
    record = RECORDS[model]()
    member(group) if group else stranger(client)
    chooser = f"wagtailsnippetchoosers_projects_{model}"
    answers = [
        client.get(reverse(f"{chooser}:choose")),
        client.get(reverse(f"{chooser}:choose_results")),
        client.get(reverse(f"{chooser}:chosen", args=[record.pk])),
        client.get(reverse(f"{chooser}:chosen_multiple"), {"id": record.pk}),
        client.get(localize("snippets_api_listing", "projects", model)),
        client.get(localize("snippets_api_detail", "projects", model, record.pk)),
    ]
    if group:
        assert [answer.status_code for answer in answers] == [200] * 6
    else:
        assert all(refused(answer) for answer in answers)
        assert not any(record.name in answer.content.decode() for answer in answers)
