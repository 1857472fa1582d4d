"""Members with their projects and people, for tests of what stays whose."""

from projects.admin.members import make_group
from tests.factories import OrganisationFactory, UserFactory


def editor_of(organisation, may_publish=False):
    """Somebody of the group of an organisation, with no other right."""
    member = make_group(organisation)
    member.may_publish = may_publish
    member.save()
    user = UserFactory()
    user.groups.add(member.group)
    return user


def member_with_editor(name: str, **options):
    organisation = OrganisationFactory(name=name, is_member=True)
    return organisation, editor_of(organisation, **options)


def fresh(user):
    """As the next request has the user: nothing is remembered."""
    return type(user).objects.get(pk=user.pk)
