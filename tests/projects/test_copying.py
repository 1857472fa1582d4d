"""A project as a template, and Wagtail's own copies: never a second page with one code."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from cms.users.roles import EDITORS
from projects.models import ProjectCode, ProjectPage
from tests.factories import EditorFactory, pages, records
from tests.translation.rights import translator

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def project():
    funder, person = records.OrganisationFactory(), records.PersonFactory()
    page = pages.ProjectFactory(
        title="Yhdessä",
        lead="Lyhyesti",
        code="S22000",
        acronym="YHD",
        start_date=date(2020, 1, 1),
        end_date=date(2021, 1, 1),
        realised_public_funding=5,
        funding=[(funder, "main", 1000), (funder, "main", 2000)],
        organisations=[(funder, "lead")],
        contacts=[person],
        themes=[records.ThemeFactory()],
        municipalities=["205"],
        body=[("section", {"kind": "aims", "heading": "", "text": "<p>Tavoite</p>"})],
    )
    page.contacts.update(public_until=date(2021, 1, 1))
    page.codes.add(ProjectCode(scheme="EURA", code="12"))
    page.save()
    page = ProjectPage.objects.get(pk=page.pk)
    page.save_revision().publish()
    pages.translate(page, "sv", title="Tillsammans")
    return ProjectPage.objects.get(pk=page.pk)


@override("en")
def test_a_template_has_what_the_next_project_has_in_common(client, project):
    editor = EditorFactory(join=EDITORS.name)
    client.force_login(editor)
    url = reverse("copy_as_template", args=[project.pk])
    assert "Yhdessä" in client.get(url).content.decode()
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[project.pk])).content.decode()
    assert url in edit
    asked = client.post(url, {"title": "Yhdessä"})
    assert str(project.translation_key) in asked.content.decode()

    response = client.post(url, {"title": "Taas yhdessä"})
    new = ProjectPage.objects.exclude(translation_key=project.translation_key).get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[new.pk])
    assert (new.title, new.live, new.owner, new.lead) == ("Taas yhdessä", False, editor, "Lyhyesti")
    assert (new.acronym, new.body[0].value["kind"]) == ("YHD", "aims")
    for told in (new, new.get_latest_revision_as_object()):
        assert (told.code, told.start_date, told.end_date) == ("", None, None)
        assert told.realised_public_funding is None
        assert [(row.role, row.amount) for row in told.funding.all()] == [("main", None)]
        assert [row.public_until for row in told.contacts.all()] == [None]
        assert (told.themes.count(), told.municipalities.count(), told.codes.count()) == (1, 1, 0)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[new.pk])).status_code == 200


def test_who_may_not_edit_it_copies_nothing(client, project):
    client.force_login(translator("sv"))
    swedish = project.get_translations().get()
    for page in (project, swedish):
        url = reverse("copy_as_template", args=[page.pk])
        assert client.post(url, {"title": "Taas"}).url == "/admin/"
    assert ProjectPage.objects.count() == 2


def test_wagtails_own_copies_leave_the_code_and_languages_and_aliases_keep_it(project):
    tree = project.get_parent().specific
    other = tree.copy(
        recursive=True, to=tree.get_parent(), update_attrs={"slug": "toiset", "title": "Toiset"}
    )
    copies = [project.copy(update_attrs={"slug": "kopio"}), other.get_children().first().specific]
    for copy in copies:
        copy = ProjectPage.objects.get(pk=copy.pk)
        assert (copy.code, copy.codes.count(), copy.acronym) == ("", 0, "YHD")
        assert copy.get_latest_revision_as_object().code == ""
        assert all(revision.content["code"] == "" for revision in copy.revisions.all())
    english = project.copy_for_translation(
        records.LocaleFactory(language_code="en"), copy_parents=True
    )
    assert ProjectPage.objects.get(pk=english.pk).carrier.code == "S22000"
    alias = project.create_alias(update_slug="toinen")
    assert ProjectPage.objects.get(pk=alias.pk).code == "S22000"
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_code_that_stands_in_a_draft_is_taken(project):
    project.code = "S33000"
    project.save_revision()
    other = pages.ProjectFactory()
    assert other.code_twin("s33000", None) == ProjectPage.objects.get(pk=project.pk)
    assert other.code_twin("S44000", None) is None
