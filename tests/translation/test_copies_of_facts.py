"""A copy is another thing with the same facts; an old draft gives back what it knew."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from projects.models import ProjectPage
from tests.admin.facts import full_project
from tests.admin.forms import read_form
from tests.admin.test_fact_forms import state
from tests.factories import LocaleFactory, SuperuserFactory, translate

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

STATED = [name for name in ProjectPage.fact_relations if name != "links"]
"""Relations of which a full project has one row; links want another project."""


@pytest.fixture
def staff(client, db):
    client.force_login(SuperuserFactory())
    return client


@pytest.mark.parametrize("language", ["fi", "sv"], ids=["carrier", "translation"])
@pytest.mark.parametrize("publish", ["on", ""])
def test_copy_has_the_facts_but_what_is_one_things_own(staff, language, publish):
    project = full_project()
    page = {"fi": project, "sv": translate(project, "sv", title="Projekt")}[language]
    data = {
        "new_title": "Kopio",
        "new_slug": "kopio",
        "new_parent_page": page.get_parent().pk,
        "publish_copies": publish,
    }
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    assert staff.post(url, data).status_code == 302
    copy = ProjectPage.objects.get(slug="kopio")
    assert copy.carries_facts
    before, after = state(project), state(copy)
    assert after["code"] == ""
    assert after["codes"] == []
    for name in set(ProjectPage.fact_names()) - {"code", "codes", "links"}:
        if name in STATED:
            assert len(after[name]) == len(before[name]) == 1, name
        else:
            assert after[name] == before[name], name
    draft = copy.get_latest_revision_as_object()
    assert draft.acronym == "AITO"
    assert draft.funding.count() == 1
    assert draft.code == ""


def test_copy_of_a_list_copies_the_facts_of_its_projects(staff):
    project = full_project()
    index = translate(project, "sv", title="Projekt").get_parent()
    index.copy(recursive=True, update_attrs={"slug": "kopia"}, to=index.get_parent())
    copy = Page.objects.get(slug="kopia").get_children().get().specific
    assert copy.carries_facts
    assert copy.acronym == "AITO"
    assert copy.funding.count() == 1


@pytest.mark.parametrize("language", ["fi", "sv"], ids=["carrier", "translation"])
def test_alias_in_its_own_language_shows_the_facts_of_today(staff, client, language):
    project = full_project()
    page = {"fi": project, "sv": translate(project, "sv", title="Projekt")}[language]
    data = {
        "new_title": "Alias",
        "new_slug": "alias",
        "new_parent_page": page.get_parent().pk,
        "alias": "on",
    }
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    assert staff.post(url, data).status_code == 302
    alias = ProjectPage.objects.get(slug="alias")
    assert alias.alias_of_id == page.pk
    assert state(alias)["code"] == "S22354"
    assert all(len(state(alias)[name]) == 1 for name in STATED)
    project = ProjectPage.objects.get(pk=project.pk)
    project.code, project.themes = "UUSI", []
    project.save_revision().publish()
    assert state(alias)["code"] == "UUSI"
    assert (len(state(alias)["themes"]), len(state(alias)["funding"])) == (0, 1)
    page = ProjectPage.objects.get(pk=page.pk)
    page.lead = "Uusi johdanto."
    page.save_revision().publish()
    assert state(alias)["code"] == "UUSI"
    assert "UUSI" in client.get(ProjectPage.objects.get(pk=alias.pk).url).content.decode()


def test_old_revision_of_the_carrier_brings_its_facts_back(staff):
    project = full_project()
    old = project.save_revision()
    project.acronym = "UUSI"
    project.save_revision().publish()
    old.as_object().save_revision().publish()
    assert ProjectPage.objects.get(pk=project.pk).acronym == "AITO"


@pytest.mark.parametrize("name", STATED)
def test_old_revision_brings_back_rows_that_were_deleted_since(staff, name):
    project = full_project()
    old = project.save_revision()
    old.publish()
    project = ProjectPage.objects.get(pk=project.pk)
    setattr(project, name, [])
    project.save_revision().publish()
    assert state(project)[name] == []
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[project.pk, old.pk])
    form = read_form(staff.get(revert), "opened_version")
    edit = reverse("wagtailadmin_pages:edit", args=[project.pk])
    assert staff.post(edit, {**form, "action-publish": "1"}).status_code == 302
    after = state(project)
    assert all(len(after[relation]) == 1 for relation in STATED)
    assert after["code"] == "S22354"


def test_draft_goes_on_to_name_a_record_that_lives_on_in_another_language(staff):
    project = full_project()
    project.save_revision().publish()
    funder = project.funding.get().organisation
    other = funder.copy_for_translation(LocaleFactory(language_code="sv"))
    other.save()
    project = ProjectPage.objects.get(pk=project.pk)
    project.acronym = "UUSI"
    draft = project.save_revision()
    funder.delete()
    type(draft).objects.get(pk=draft.pk).publish()
    project = ProjectPage.objects.get(pk=project.pk)
    assert project.acronym == "UUSI"
    assert (project.funding.get().organisation, project.funding.get().amount) == (other, 5000)


def test_old_revision_of_a_page_that_became_the_carrier_keeps_the_facts(staff):
    project = full_project()
    page = translate(project, "sv", title="Projekt")
    old = page.get_latest_revision()
    project.delete()
    heir = ProjectPage.objects.get(pk=page.pk)
    before = state(heir)
    old.refresh_from_db()
    old.publish()
    after = state(ProjectPage.objects.get(pk=page.pk))
    assert {name: after[name] for name in ProjectPage.fact_fields} == {
        name: before[name] for name in ProjectPage.fact_fields
    }
    assert all(len(after[name]) == 1 for name in STATED)


def test_facts_are_published_when_their_time_comes(staff):
    project = full_project()
    project.save_revision().publish()
    page = translate(project, "sv", title="Projekt")
    project = ProjectPage.objects.get(pk=project.pk)
    project.acronym = "UUSI"
    project.go_live_at = timezone.now() + timedelta(hours=1)
    revision = project.save_revision()
    revision.publish()
    assert ProjectPage.objects.get(pk=page.pk).carrier.acronym == "AITO"
    past = timezone.now() - timedelta(minutes=1)
    content = {**revision.content, "go_live_at": past.isoformat()}
    waiting = type(revision).objects.filter(pk=revision.pk)
    waiting.update(approved_go_live_at=past, content=content)
    call_command("publish_scheduled_pages")
    assert ProjectPage.objects.get(pk=page.pk).carrier.acronym == "UUSI"
