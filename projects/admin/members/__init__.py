"""A member association's group: made from its record, its people invited by e-mail.

What the people may do is decided by :mod:`cms.users.members`; here the group comes about.
"""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission

from cms.translation.policy import as_staff
from cms.users import roles

from ...models import MemberGroup, Organisation
from ...models.members import look_at_drafts

FILES = (
    *roles.EDITORS.files,
    "wagtailimages.change_image",
    "wagtaildocs.change_document",
)
MANAGE = "projects.change_membergroup"


def may_manage(user) -> bool:
    """Make groups of members and invite people: administrators, and whoever is given the right."""
    return as_staff(user, MANAGE)


def group_of(organisation: Organisation) -> MemberGroup | None:
    """Whichever language of the organisation's record has it."""
    key = organisation.translation_key
    found = MemberGroup.objects.filter(organisation__translation_key=key).order_by("pk")
    return found.select_related("group", "organisation").first()


@transaction.atomic
def make_group(organisation: Organisation, user=None) -> MemberGroup:
    """The group of an organisation: the one that there is, or a new one with a place for files."""
    carrier = Organisation.objects.select_for_update().get(pk=organisation.carrier.pk)
    if (found := group_of(carrier)) is not None:
        return found
    group = Group.objects.create(name=_free_name(carrier))
    group.permissions.add(roles.permission("wagtailadmin.access_admin"))
    collection = Collection.get_first_root_node().add_child(name=carrier.name)
    for label in FILES:
        GroupCollectionPermission.objects.create(
            group=group, collection=collection, permission=roles.permission(label)
        )
    member = MemberGroup.objects.create(group=group, organisation=carrier, collection=collection)
    look_at_drafts(carrier)
    log(carrier, "projects.member_group", user=user)
    return member


def _free_name(organisation: Organisation) -> str:
    """``Jäsen: Kainuun kylät ry``: data that staff see, so in the site's own language."""
    limit = Group._meta.get_field("name").max_length
    name, number = f"Jäsen: {organisation.name}"[:limit], 1
    while Group.objects.filter(name=name).exists():
        number += 1
        end = f" ({number})"
        name = f"Jäsen: {organisation.name}"[: limit - len(end)] + end
    return name
