"""The menu item and the addresses of bringing in."""

from django.urls import URLPattern, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from projects.admin.listing import ProjectListing

from .views import urlpatterns
from .views.rights import may_bring_in
from .views.take_out import TakeOutTicked, TakingOut, of_listing


class BringInItem(MenuItem):
    def is_shown(self, request) -> bool:
        return may_bring_in(request.user)


@hooks.register("register_admin_urls")
def intake_urls() -> list[URLPattern]:
    return [path("bring-in/", include((urlpatterns, "intake")))]


@hooks.register("register_admin_menu_item")
def bring_in_item() -> MenuItem:
    url = reverse("intake:index")
    return BringInItem(_("Bring in"), url, name="bring-in", icon_name="upload", order=160)


@hooks.register("register_admin_viewset")
def taking_out() -> TakingOut:
    return TakingOut()


hooks.register("register_bulk_action", TakeOutTicked)
ProjectListing.further_exports = (*ProjectListing.further_exports, of_listing)
