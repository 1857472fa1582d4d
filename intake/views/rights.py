"""Who brings projects in: staff who may add projects and what these name."""

from django.core.exceptions import PermissionDenied
from wagtail.permissions import page_permission_policy

from cms.translation.policy import as_staff

from ..models import Intake

NEEDED = ("projects.add_organisation", "projects.add_person")


def may_bring_in(user) -> bool:
    """By rights that are known already: the menu asks on every page of the admin."""
    if not (user.is_active and all(as_staff(user, label) for label in NEEDED)):
        return False
    return page_permission_policy.user_has_permission(user, "add")


def require(user) -> None:
    if not may_bring_in(user):
        raise PermissionDenied


def intake_of(user, pk: int) -> Intake:
    """An import: of oneself, or for administrators of anybody."""
    require(user)
    found = Intake.objects.filter(pk=pk).first()
    if found is None or not (user.is_superuser or found.user_id == user.pk):
        raise PermissionDenied
    return found
