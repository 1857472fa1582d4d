from wagtail.models import PagePermissionTester


class PagePermissions(PagePermissionTester):
    """Wagtail lets whoever may change a page delete it while it is a draft.

    A translator may change and no more, so deleting also asks for the right to add or publish.
    """

    def can_delete(self, ignore_bulk=False):
        if not super().can_delete(ignore_bulk=ignore_bulk):
            return False
        return self.user.is_superuser or bool({"add", "publish"} & self.permissions)
