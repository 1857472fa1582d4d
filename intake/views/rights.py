"""Who brings projects in: staff who may add projects and what these name."""

from django.core.exceptions import PermissionDenied
from wagtail.models import Page

from cms.translation.policy import as_staff
from projects.models import ProjectIndexPage

from ..models import Intake

NEEDED = ("projects.add_organisation", "projects.add_person")


def may_bring_in(user) -> bool:
    if not (user.is_active and all(as_staff(user, label) for label in NEEDED)):
        return False
    lists = ProjectIndexPage.objects.all()[:10]
    return any(Page.permissions_for_user(page, user).can_add_subpage() for page in lists)


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
