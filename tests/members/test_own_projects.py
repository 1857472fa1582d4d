"""Which projects are a member's own: what is public says so, and what the umbrella writes."""

import pytest
from wagtail.models import Page

from cms.users import roles
from cms.users.members import members, page_policy
from projects.models import MemberDraft, MemberGroup, ProjectOrganisation
from tests.factories import (
    EditorFactory,
    LocaleFactory,
    OrganisationFactory,
    ProjectFactory,
    SuperuserFactory,
    home_page,
    translate,
)
from tests.members.people import editor_of, fresh, member_with_editor

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def a():
    return member_with_editor("Yhdistys A")


@pytest.fixture
def b():
    return member_with_editor("Yhdistys B")


def may(user, page) -> set[str]:
    tester = Page.objects.get(pk=page.pk).specific.permissions_for_user(fresh(user))
    names = ("edit", "publish", "delete", "move", "unpublish", "copy", "lock", "unlock")
    names += ("set_view_restrictions", "add_subpage")
    return {name for name in names if getattr(tester, f"can_{name}")()}


def listed(user) -> set[str]:
    pages = page_policy.instances_user_has_permission_for(fresh(user), "change")
    return set(pages.values_list("title", flat=True))


@pytest.mark.parametrize(
    "role", ["lead", "implementer", "partner", "partner_municipality", "member"]
)
def test_who_leads_or_takes_part_edits_and_no_more(a, b, role):
    (organisation, editor), (_other, stranger) = a, b
    project = ProjectFactory(title="Oma", organisations=[(organisation, role)])
    assert may(editor, project) == {"edit", "copy"}
    assert listed(editor) == {"Oma"}
    assert may(stranger, project) == set()
    assert listed(stranger) == set()


def test_who_only_pays_does_not(a):
    organisation, editor = a
    project = ProjectFactory(funding=[(organisation, "main", 1)])
    assert may(editor, project) == set()


def test_a_member_that_publishes_takes_its_own_down_and_keeps_the_place():
    organisation, editor = member_with_editor("Yhdistys C", may_publish=True)
    project = ProjectFactory(organisations=[(organisation, "lead")])
    assert may(editor, project) == {"edit", "copy", "publish", "unpublish"}
    other = ProjectFactory()
    assert may(editor, other) == set()
    index = project.get_parent()
    tester = index.specific.permissions_for_user(fresh(editor))
    assert tester.can_publish_subpage()
    assert may(editor, index) == {"add_subpage"}


def test_all_languages_of_a_project_and_of_the_organisation(a):
    organisation, _editor = a
    project = ProjectFactory(organisations=[(organisation, "lead")])
    version = translate(project, "sv", title="Projekt")
    record = organisation.copy_for_translation(LocaleFactory(language_code="sv"))
    record.save()
    editor = editor_of(record)
    assert MemberGroup.objects.count() == 1
    assert may(editor, version) == {"edit", "copy"}


def draft(page, user, *organisations, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    rows = [ProjectOrganisation(organisation=one, role="partner") for one in organisations]
    page.organisations = rows
    return page.save_revision(user=user)


def test_the_umbrellas_draft_counts_and_a_members_does_not(a, b):
    (organisation, editor), (other, stranger) = a, b
    project = ProjectFactory(organisations=[(organisation, "lead")])
    draft(project, editor, organisation, other)
    assert may(stranger, project) == set()
    draft(project, EditorFactory(), organisation, other)
    assert "edit" in may(stranger, project)
    draft(project, EditorFactory(), organisation)
    assert may(stranger, project) == set()


def test_publishing_settles_who_takes_part(a, b):
    (organisation, editor), (other, stranger) = a, b
    project = ProjectFactory(organisations=[(organisation, "lead")])
    draft(project, SuperuserFactory(), other).publish()
    assert may(editor, project) == set()
    assert "edit" in may(stranger, project)
    assert not MemberDraft.objects.exists()


def begun_by(editor, *organisations):
    """As the form for a new page does it: the page, then its first revision."""
    rows = [(one, "lead") for one in organisations]
    page = ProjectFactory(title="Alku", live=False, owner=editor, organisations=rows)
    page.save_revision(user=editor)
    return page


def test_a_project_that_a_member_begins_is_its_own_alone(a, b):
    (organisation, editor), (other, stranger) = a, b
    project = begun_by(editor, organisation, other)
    assert may(editor, project) == {"edit", "copy", "delete", "move"}
    assert may(stranger, project) == set()
    assert listed(stranger) == set()
    colleague = editor_of(organisation)
    assert may(colleague, project) == {"edit", "copy"}
    project.refresh_from_db()
    project.get_latest_revision().publish()
    assert "edit" in may(stranger, project)
    assert "delete" not in may(editor, project)


def test_a_project_begun_without_its_own_name_stays_in_reach(a, b):
    (_organisation, editor), (other, stranger) = a, b
    project = begun_by(editor, other)
    assert "edit" in may(editor, project)
    assert may(stranger, project) == set()


def test_nobody_grabs_a_project_by_a_revision(a, b):
    (organisation, _editor), (other, stranger) = a, b
    project = ProjectFactory(organisations=[(organisation, "lead")])
    draft(project, stranger, other)
    assert may(stranger, project) == set()


def test_a_copy_brings_along_no_partner_of_the_original(a, b):
    (organisation, editor), (other, stranger) = a, b
    rows = [(organisation, "lead"), (other, "partner")]
    project = ProjectFactory(title="Yhteinen", organisations=rows)
    project.save_revision(user=SuperuserFactory())
    copied = project.copy(
        update_attrs={"slug": "kopio", "title": "Kopio"}, user=editor, keep_live=False
    )
    assert "edit" in may(editor, copied)
    assert may(stranger, copied) == set()
    assert "edit" in may(stranger, project)


def test_a_group_made_later_finds_what_drafts_said_before():
    organisation = OrganisationFactory()
    project = ProjectFactory()
    draft(project, EditorFactory(), organisation)
    assert "edit" in may(editor_of(organisation), project)


def test_whoever_is_of_the_umbrella_too_is_bound_by_nothing(a, b):
    (organisation, editor), (other, _stranger) = a, b
    project = ProjectFactory(organisations=[(other, "lead")], live=False)
    staff = EditorFactory()
    staff.groups.add(*editor.groups.all())
    assert {"edit", "copy"} <= may(staff, project)
    draft(project, staff, organisation, other)
    assert "edit" in may(editor, project)


def test_an_organisation_that_goes_leaves_no_rights(a):
    organisation, editor = a
    project = ProjectFactory(organisations=[(organisation, "lead")])
    organisation.delete()
    editor = fresh(editor)
    assert not editor.groups.exists()
    assert members(editor) == {}
    assert may(editor, project) == set()


def test_an_organisation_that_lives_on_in_another_language_keeps_its_group(a):
    organisation, editor = a
    organisation.copy_for_translation(LocaleFactory(language_code="sv")).save()
    project = ProjectFactory(organisations=[(organisation, "lead")])
    organisation.delete()
    assert "edit" in may(editor, project)


def test_page_rights_given_to_the_group_hold_for_nobody(a):
    _organisation, editor = a
    group = editor.groups.get()
    roles.grant_pages(group, ["change_page", "publish_page", "add_page"], home_page())
    group.permissions.add(roles.permission("projects.change_organisation"))
    assert may(editor, ProjectFactory()) == set()
    assert may(editor, home_page()) == set()
    client_side = fresh(editor)
    assert not page_policy.user_has_permission(client_side, "publish")
