"""Where members' groups are met in the admin: on the organisation's record, on Wagtail's page of a
group, and in the history.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import Panel
from wagtail.admin.widgets.button import Button

from ...models import MemberGroup, Organisation
from . import group_of, may_manage
from .views import address_of, urlpatterns

hooks.register("register_admin_urls", lambda: urlpatterns)


@hooks.register("register_permissions")
def offer_right() -> QuerySet[Permission]:
    """To be ticked for a group of staff that invites the members' people."""
    return Permission.objects.filter(
        content_type__app_label="projects", codename="change_membergroup"
    )


@hooks.register("register_snippet_listing_buttons")
def people_of_row(snippet, user, next_url=None) -> Iterator[Button]:
    if isinstance(snippet, Organisation) and may_manage(user):
        yield Button(_("People of the member"), address_of(snippet), icon_name="group", priority=50)


class MemberPanel(Panel):
    """On the organisation's form: one click makes the group."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "projects/admin/member_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and may_manage(self.request.user)

        def get_context_data(self, parent_context=None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            url, member = address_of(self.instance), group_of(self.instance)
            return {**context, "url": url, "member": member}


class MemberRightsForm(forms.Form):
    """In Wagtail's form of a group: whose it is, and whether its people publish."""

    CHOICES = [
        ("drafts", _("Writes drafts; somebody else reviews and publishes")),
        ("publish", _("Publishes by itself")),
    ]

    def __init__(self, data=None, files=None, instance=None, prefix="member_rights") -> None:
        super().__init__(data, files, prefix=prefix)
        self.member = (
            MemberGroup.objects.filter(group=instance).first() if instance and instance.pk else None
        )
        if self.member:
            self.fields["publishing"] = forms.ChoiceField(
                label=_("Its own projects"),
                choices=self.CHOICES,
                required=False,
                widget=forms.Select(attrs={"class": "w-w-full"}),
                initial="publish" if self.member.may_publish else "drafts",
            )

    def save(self) -> None:
        """What was not sent stays as it is."""
        wanted = self.cleaned_data.get("publishing")
        if self.member and wanted:
            self.member.may_publish = wanted == "publish"
            self.member.save(update_fields=["may_publish"])

    def as_admin_panel(self) -> str:
        if not self.member:
            return ""
        context = {"form": self, "url": address_of(self.member.organisation)}
        return render_to_string("projects/admin/member_rights.html", context)


@hooks.register("register_group_permission_panel", order=-200)
def member_rights_panel() -> type[MemberRightsForm]:
    return MemberRightsForm


@hooks.register("register_log_actions")
def name_log_actions(actions) -> None:
    for name, label, message in (
        ("projects.member_group", _("Group of a member"), _("Made the group of the member")),
        ("projects.invited", _("Invitation"), _("Invited to look after a member's projects")),
        ("projects.left_member", _("Left a member"), _("Taken out of the group of a member")),
    ):
        actions.register_action(name, label, message)
