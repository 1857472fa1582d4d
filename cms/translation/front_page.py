"""What the workplace adds to Wagtail's own screens: menu, front page, account.

``wagtail_hooks`` registers it.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from cms.core.admin import Line

from . import policy
from .models import MailChoice, Work
from .table import Things, Wanted
from .work import Item, order_of, to_review, to_translate


class MyWorkPanel(Component):
    """On the front page of the admin: what is due first."""

    name = "my_work"
    template_name = "translation/admin/work_panel.html"
    order = 110
    most = 5

    def __init__(self, request) -> None:
        self.request = request

    def get_context_data(self, parent_context) -> dict[str, Any]:
        works = to_translate(self.request.user).order_by(*order_of("due"), "pk")
        return {"items": [Item(work) for work in works[: self.most]]}


def add_my_work(request, panels: list) -> None:
    if policy.language_rights(request.user):
        panels.append(MyWorkPanel(request))


def translation_lines(request) -> Iterator[Line]:
    """For translators, for reviewers, for staff."""
    user, url = request.user, reverse("translation:work")
    things = Things(user, Wanted(state=Work.State.SOURCE_CHANGED))
    if not things.is_open:
        return
    lacking, handed_over = to_translate(user), to_review(user)
    yield Line(_("Translations that lack words"), f"{url}?show=translate", lacking.count())
    yield Line(_("Translations to review"), f"{url}?show=review", handed_over.count())
    if things.is_staff:
        table = reverse("translation:overview")
        label = _("Pages and records that have changed since they were translated")
        yield Line(label, f"{table}?state={Work.State.SOURCE_CHANGED}", things.rows().count())


class TranslationMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return Things(request.user).is_open


def my_work_item() -> MenuItem:
    url = reverse("translation:work")
    return TranslationMenuItem(
        gettext_lazy("My work"), url, name="my-work", icon_name="clipboard-list", order=140
    )


def table_item() -> MenuItem:
    url = reverse("translation:overview")
    label = gettext_lazy("Languages of pages and records")
    return TranslationMenuItem(label, url, name="languages-table", icon_name="table", order=900)


def leave_out_report(request, items: list) -> None:
    """The table stands in place of wagtail-localize's report."""
    url = reverse("wagtail_localize:translations_report")
    items[:] = [item for item in items if item.url != url]


class MailChoiceForm(forms.ModelForm):
    class Meta:
        model = MailChoice
        fields = ["wanted"]


class MailChoicePanel(BaseSettingsPanel):
    name = "translation_mail"
    title = gettext_lazy("Translations")
    tab = notifications_tab
    order = 200
    form_class = MailChoiceForm

    def get_form(self) -> MailChoiceForm:
        choice = MailChoice.objects.filter(user=self.user).first() or MailChoice(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return self.form_class(data, instance=choice, prefix=self.name)


def mail_choice(request, user, profile) -> MailChoicePanel:
    return MailChoicePanel(request, user, profile)
