"""The forms of people: a member's editor writes those of the own organisation."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Locale

from cms.core.lists import alphabetical
from cms.translation.facts.panels import FactsForm
from cms.translation.policy import as_staff
from cms.users.members import members

from ..models import Organisation, Person
from ..twins.forms import TwinsForm


class OwnPeople:
    """Mixed into a form with ``for_user``: staff write anybody, a member's editor the own people.

    Theirs come to the public with a project that is published, unless the member publishes itself.
    """

    @property
    def own(self) -> list:
        """The members for whom the user writes; none for staff."""
        user = self.for_user
        staff = user is None or as_staff(user, "projects.change_person")
        return [] if staff else list(members(user).values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.own:
            return cleaned
        named = cleaned.get("organisation")
        keys = {member.organisation for member in self.own}
        if named is None:
            same = Organisation.objects.filter(translation_key__in=keys)
            cleaned["organisation"] = same.order_by("pk").first()
        elif named.translation_key not in keys:
            self.add_error("organisation", ValidationError(_("Choose your own organisation.")))
        if not any(member.may_publish for member in self.own):
            self.instance.show_on_contacts_page = False
            if "show_on_contacts_page" in cleaned:
                cleaned["show_on_contacts_page"] = False
        return cleaned


class PersonForm(OwnPeople, TwinsForm, FactsForm):
    """In the register."""


class NewPersonForm(OwnPeople, forms.ModelForm):
    """In the chooser: organisations of the site's own language alone, a calendar for the last day.

    Of a member's editor, those of the own organisation.
    """

    class Meta:
        model = Person
        fields = ["name", "title", "organisation", "email", "phone", "public_until"]
        widgets = {"public_until": AdminDateInput}

    for_user = None  # the chooser says it

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        shown = Organisation.objects.filter(locale=Locale.get_default(), is_draft=False)
        if self.own:
            keys = [member.organisation for member in self.own]
            shown = shown.filter(translation_key__in=keys)
            self.fields["organisation"].initial = shown.first()
        self.fields["organisation"].queryset = alphabetical(shown)
