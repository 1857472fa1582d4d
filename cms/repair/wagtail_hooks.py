"""Good repair in the admin: the lines of the front page, the reports, the choice of letters."""

from collections.abc import Iterator

from django import forms
from django.urls import URLPattern, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from cms.core.admin import Line

from . import reports, waiting
from .models import LetterChoice


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    return [path("repair/", include((reports.urlpatterns, "repair")))]


@hooks.register("to_do_lines", order=22)
def lines(request) -> Iterator[Line]:
    user = request.user
    if not waiting.keeps_pages(user):
        return
    drafts = waiting.drafts_of_others(user)
    yield Line(_("Other pages that wait to be published"), reverse("repair:drafts"), drafts)
    reviews = waiting.reviews(user).count()
    yield Line(_("Pages whose day of review has come"), reverse("repair:reviews"), reviews)
    broken = len(waiting.broken_uses(user))
    yield Line(_("Broken links"), reverse("repair:links"), broken)
    pictures = waiting.pictures(user).count()
    label = _("Pictures without alternative text")
    yield Line(label, reverse("repair:pictures"), pictures)


class RepairMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return waiting.keeps_pages(request.user)


def _item(name: str, label: str, icon: str, order: int) -> None:
    def item() -> MenuItem:
        url = reverse(f"repair:{name}")
        return RepairMenuItem(label, url, name=f"repair-{name}", icon_name=icon, order=order)

    hooks.register("register_reports_menu_item", item)


_item("reviews", gettext_lazy("Pages to review"), "date", 920)
_item("links", gettext_lazy("Broken links"), "link", 930)
_item("pictures", gettext_lazy("Pictures without alternative text"), "image", 940)


class LetterChoiceForm(forms.ModelForm):
    class Meta:
        model = LetterChoice
        fields = ["weekly", "reminders"]


class LetterChoicePanel(BaseSettingsPanel):
    name = "letters"
    title = gettext_lazy("What needs doing")
    tab = notifications_tab
    order = 150
    form_class = LetterChoiceForm

    def get_form(self) -> LetterChoiceForm:
        choice = LetterChoice.objects.filter(user=self.user).first() or LetterChoice(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return self.form_class(data, instance=choice, prefix=self.name)


@hooks.register("register_account_settings_panel")
def letter_choice(request, user, profile) -> LetterChoicePanel:
    return LetterChoicePanel(request, user, profile)


@hooks.register("register_log_actions")
def name_log_actions(actions) -> None:
    actions.register_action(
        "katto.reviewed",
        gettext_lazy("Read through"),
        gettext_lazy("Read it through and found it right"),
    )
