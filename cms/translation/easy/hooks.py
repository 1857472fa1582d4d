"""Where the admin leads to easy Finnish: the menus of pages, the front page, the reports."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.core.admin import Line
from cms.core.models import BasePage

from . import listing
from .beginning import may_begin
from .pairs import EASY, FINNISH, easy_pages

urlpatterns = listing.urlpatterns


class EasyMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return listing.is_open(request.user)


@hooks.register("register_reports_menu_item")
def list_item() -> MenuItem:
    url = reverse("translation:easy_list")
    return EasyMenuItem(
        gettext_lazy("Easy Finnish"), url, name="easy-finnish", icon_name="glasses", order=910
    )


@hooks.register("to_do_lines", order=32)
def changed_lines(request) -> Iterator[Line]:
    count = listing.changed(request.user).count()
    url = f"{reverse('translation:easy_list')}?changed=on"
    yield Line(_("Easy Finnish: the Finnish has changed"), url, count)


@hooks.register("register_page_header_buttons")
def button(page: Page, user, next_url=None, **kwargs) -> Iterator[Button]:
    """In the menu of a page: to its easy Finnish, or to begin it."""
    code = page.locale.language_code
    if code not in (EASY, FINNISH) or page.depth < 2 or page.alias_of_id:
        return
    if not issubclass(page.specific_class or Page, BasePage):
        return
    there = easy_pages().filter(translation_key=page.translation_key).first()
    if there is not None:
        if there.specific.permissions_for_user(user).can_edit():
            yield _button(_("Easy Finnish beside Finnish"), reverse("easy_write", args=[there.pk]))
    elif code == FINNISH and may_begin(user, page.specific):
        yield _button(
            _("Make it in easy Finnish"), reverse("translation:easy_make", args=[page.pk])
        )


def _button(label: str, url: str) -> Button:
    return Button(label, url, icon_name="glasses", priority=45)
