"""The forms of people: a member's editor writes those of the own organisation."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.images import get_image_model
from wagtail.models import Locale

from cms.core.lists import alphabetical
from cms.translation.facts.panels import FactsForm
from cms.translation.policy import as_staff
from cms.users.members import is_bound, may_name, members

from ..models import Organisation, Person
from ..twins.forms import TwinsForm


class KnownPictures:
    """Mixed into forms of records: pictures that somebody may not know are as if not sent."""

    def __init__(self, data=None, *args, **kwargs) -> None:
        user, instance = kwargs.get("for_user"), kwargs.get("instance")
        if data and user is not None and is_bound(user):
            data, model = data.copy(), get_image_model()
            for field in self._meta.model._meta.concrete_fields:
                key = data.get(field.name) if field.related_model is model else None
                is_new = key and str(getattr(instance, field.attname, None)) != key
                if is_new and not may_name(user, model, [key]):
                    data[field.name] = ""
        super().__init__(data, *args, **kwargs)


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
        if named is None and "organisation" in self.fields:
            same = Organisation.objects.filter(translation_key__in=keys)
            cleaned["organisation"] = same.order_by("pk").first()
        elif named and named.translation_key not in keys:
            self.add_error("organisation", ValidationError(_("Choose your own organisation.")))
        if not any(member.may_publish for member in self.own):
            self.instance.show_on_contacts_page = False
            if "show_on_contacts_page" in cleaned:
                cleaned["show_on_contacts_page"] = False
        return cleaned


class PersonForm(OwnPeople, KnownPictures, TwinsForm, FactsForm):
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
