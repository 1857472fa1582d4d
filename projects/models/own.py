"""The form of a project in the hands of a member's people.

What they may not know is as if it had not been sent: a form shows the names of what it was given.
The member itself stays among the organisations, and is put among those of a project that it begins.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.translation.policy import is_limited
from cms.users.members import may_name, members

from .organisations import Organisation
from .relations import OrganisationRole, ProjectOrganisation

PICTURES = re.compile(r"(^|-)(image|logo|photo)$")


class OwnProjectForm:
    """Mixed into the form of a project page. Staff's forms are as they were."""

    def __init__(self, data=None, *args, **kwargs) -> None:
        user, instance = kwargs.get("for_user"), kwargs.get("instance")
        place = instance if instance is not None and instance.pk else kwargs.get("parent_page")
        self.is_limited = bool(user and place is not None and is_limited(user, place))
        if data and self.is_limited:
            data = without_unknown(data, user, instance)
        super().__init__(data, *args, **kwargs)

    @cached_property
    def own_keys(self) -> set:
        return {member.organisation for member in members(self.for_user).values()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_limited:
            for name, value in list(cleaned.items()):
                if names := unknown_in(self.instance, name, value, self.for_user):
                    error = ValidationError(
                        _("You may not use this: %(names)s. Choose from the lists."),
                        params={"names": names},
                    )
                    self.add_error(name, error)
        return cleaned

    def twin_error(self, twin: Page, code: str) -> ValidationError:
        """A project that somebody may not see is not named."""
        if self.is_limited and not twin.permissions_for_user(self.for_user).can_edit():
            return ValidationError(
                _("Another project has the code %(code)s already. Check the code."),
                params={"code": code},
            )
        return ValidationError(
            _("“%(title)s” has the code %(code)s already. Check it, or edit that project."),
            params={"title": twin.get_admin_display_title(), "code": code},
        )

    def is_valid(self) -> bool:
        rows = self.formsets.get("organisations")
        if not super().is_valid() or not self.is_limited or rows is None:
            return super().is_valid()
        if self.instance.pk and not self._names_own(rows):
            error = ValidationError(
                _("Your own organisation has to stay among the organisations of the project.")
            )
            rows._non_form_errors = rows.error_class(error.messages)
            return False
        return True

    def _names_own(self, rows) -> bool:
        given = [row.cleaned_data for row in rows.forms if hasattr(row, "cleaned_data")]
        named = [row.get("organisation") for row in given if not row.get("DELETE")]
        return any(one and one.translation_key in self.own_keys for one in named)

    def save(self, commit=True) -> Page:
        is_new = not self.instance.pk
        page = super().save(commit)
        rows = self.formsets.get("organisations")
        if is_new and self.is_limited and rows is not None and not self._names_own(rows):
            self._join(page)
        return page

    def _join(self, page: Page) -> None:
        """A project without its maker would be out of reach at once."""
        own = Organisation.objects.filter(translation_key__in=self.own_keys).order_by("pk").first()
        roles = {row.role for row in page.organisations.all()}
        is_led = OrganisationRole.LEAD in roles
        role = OrganisationRole.MEMBER if is_led else OrganisationRole.LEAD
        page.organisations.add(ProjectOrganisation(organisation=own, role=role))


def without_unknown(data: QueryDict, user, instance: Page) -> QueryDict:
    """What was sent, with blanks in place of records and pictures that the user may not know.

    What the page names already stays.
    """
    data = data.copy()
    sent: dict[type[Model], dict[str, str]] = {}
    for key in data:
        if (model := _named_by(key, type(instance))) and data[key].isdecimal():
            sent.setdefault(model, {})[key] = data[key]
    for model, values in sent.items():
        known = may_name(user, model, values.values()) | _already(instance, model)
        for key, value in values.items():
            if int(value) not in known:
                data[key] = ""
    return data


def _named_by(key: str, page_model: type[Page]) -> type[Model] | None:
    """What the value of this field of the form is the primary key of."""
    relation, _dash, rest = key.partition("-")
    model, name = page_model, key
    if relation in page_model.fact_relations:
        model = page_model._meta.get_field(relation).related_model
        name = rest.partition("-")[2]
    elif PICTURES.search(key):
        return get_image_model()
    fields = {field.name: field for field in model._meta.concrete_fields if field.many_to_one}
    target = fields[name].related_model if name in fields else None
    is_own = target and (hasattr(target, "translation_key") or target is get_image_model())
    return target if is_own else None


def _already(instance: Page, model: type[Model]) -> set[int]:
    """Primary keys that the page as it was names of this model; as it is stored, too."""
    pages = [instance]
    if instance.pk:
        pages.append(type(instance).objects.get(pk=instance.pk))
    return {key for page in pages for target, key in references(page) if target is model}


def references(page: Page) -> Iterator[tuple[type[Model], int]]:
    """What a page names, in fields, texts and rows of facts: the model and primary key of each."""
    rows = [row for name in page.fact_relations for row in getattr(page, name).all()]
    for thing in (page, *rows):
        for field in thing._meta.concrete_fields:
            if field.many_to_one and (key := getattr(thing, field.attname)):
                yield field.related_model, key
    for name in ("body",):
        yield from _in_text(page, name, getattr(page, name))


def _in_text(page: Page, name: str, value) -> Iterator[tuple[type[Model], int]]:
    for model, key, *_path in page._meta.get_field(name).extract_references(value):
        yield model, int(key)


def unknown_in(page: Page, name: str, value, user) -> str:
    """Links, pictures and files of a text that the user may not know, to be told by number."""
    fields = {field.name for field in page._meta.fields if hasattr(field, "extract_references")}
    if name not in fields or not value:
        return ""
    named: dict[type[Model], set[int]] = {}
    for model, key in _in_text(page, name, value):
        named.setdefault(model, set()).add(key)
    unknown = [
        f"{model._meta.verbose_name} {key}"
        for model, keys in named.items()
        for key in sorted(keys - may_name(user, model, keys) - _already(page, model))
    ]
    return ", ".join(unknown)
