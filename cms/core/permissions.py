from wagtail.models import PagePermissionTester
from wagtail.permissions import policy_registry


class PagePermissions(PagePermissionTester):
    """Wagtail lets whoever may change a page delete it while it is a draft.

    A translator may change and no more, so deleting also asks for the right to add or publish.
    """

    def can_delete(self, ignore_bulk=False):
        if not super().can_delete(ignore_bulk=ignore_bulk):
            return False
        return self.user.is_superuser or bool({"add", "publish"} & self.permissions)


def may_look(user, model) -> bool:
    """Whether somebody may see the records of a register: any right on them brings that one."""
    return policy_registry.get_by_type(model).user_has_any_permission(
        user, {"add", "change", "delete", "view"}
    )
