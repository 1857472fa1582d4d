from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from . import two_factor_views

hooks.register("register_admin_urls", lambda: two_factor_views.urlpatterns)


@hooks.register("register_account_menu_item")
def two_factor_of_own_account(request) -> dict:
    return {
        "url": reverse("two_factor"),
        "label": _("Two-factor sign-in"),
        "help_text": _("A code from your telephone besides the password."),
    }


@hooks.register("register_user_listing_buttons")
def two_factor_of_a_colleague(user, request_user) -> Iterator[Button]:
    allowed = request_user.has_perm("users.change_user") and user != request_user
    if allowed and (request_user.is_superuser or not user.is_superuser):
        yield Button(
            _("Take away two-factor sign-in"),
            reverse("two_factor_reset", args=[user.pk]),
            icon_name="key",
            priority=40,
        )


@hooks.register("register_log_actions")
def two_factor_log(actions) -> None:
    actions.register_action(
        "users.two_factor_on", _("Two-factor sign-in on"), _("Turned two-factor sign-in on")
    )
    actions.register_action(
        "users.two_factor_off", _("Two-factor sign-in off"), _("Turned two-factor sign-in off")
    )
