"""A copied project is another project and has no code; the same project elsewhere keeps it."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page

from projects.models import ProjectPage
from tests.admin.forms import read_form
from tests.factories import OrganisationFactory, ProjectFactory, project_index, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    project = ProjectFactory(
        title="Silta",
        slug="silta",
        code="S1",
        acronym="SIL",
        funding=[(OrganisationFactory(), "main", 5)],
    )
    project.save_revision().publish()
    return project


def copy(client, page, **data):
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    fields = {"new_title": "Toinen", "new_slug": "toinen", "publish_copies": "on"}
    parent = page.get_parent().pk
    response = client.post(address, {**fields, "new_parent_page": parent, **data})
    assert response.status_code == 302
    return Page.objects.get(slug=data.get("new_slug", "toinen")).specific


def test_a_copied_project_has_no_code(boss, project):
    other = copy(boss, project)
    assert other.live
    assert other.get_latest_revision_as_object().code == other.code == ""
    assert (other.acronym, other.funding.get().amount) == ("SIL", 5)
    assert all(revision.content["code"] == "" for revision in other.revisions.all())
    assert ProjectPage.objects.get(pk=project.pk).code == "S1"
    edit = reverse("wagtailadmin_pages:edit", args=[project.pk])
    form = read_form(boss.get(edit), "opened_version")
    assert boss.post(edit, {**form, "action-publish": "1"}).status_code == 302


def test_a_copied_branch_has_no_codes(project):
    other = project_index().copy(recursive=True, update_attrs={"slug": "muut"})
    assert [page.code for page in ProjectPage.objects.child_of(other)] == [""]


def test_a_copy_for_translation_keeps_the_code(project):
    english = translate(project, "en")
    assert (english.facts.code, english.slug) == ("S1", "silta")


def test_an_alias_keeps_the_code_and_is_no_twin(boss, project):
    alias = copy(boss, project, alias="on")
    assert (alias.alias_of_id, alias.code) == (project.pk, "S1")
    edit = reverse("wagtailadmin_pages:edit", args=[project.pk])
    form = read_form(boss.get(edit), "opened_version")
    assert boss.post(edit, {**form, "lead": "Uusi", "action-publish": "1"}).status_code == 302
    assert Locale.objects.exists()
    assert ProjectPage.objects.get(pk=alias.pk).lead == "Uusi"
