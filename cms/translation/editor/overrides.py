"""What is the same in every language unless one has its own: addresses of links, pictures, files;
and the records that a page names, which are translated by themselves.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.widgets import AdminPageChooser
from wagtail.documents.models import AbstractDocument
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.models import AbstractImage
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Page
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    Translation,
    TranslationSource,
)

from cms.users.members import is_bound, may_name

from ..strings.checks import clean_override
from ..strings.stored import Place, place_of

CHOOSERS = ((Page, AdminPageChooser), (AbstractImage, AdminImageChooser))
CHOOSERS += ((AbstractDocument, AdminDocumentChooser),)


@dataclass
class Override:
    segment: OverridableSegment
    place: Place
    stored: SegmentOverride | None
    value: Any = ""
    own: Any = ""

    @property
    def label(self) -> str:
        names = self.place.names or [self.segment.context.path]
        return " · ".join([*names, *([_("address of a link")] if self.place.is_rich else [])])


def overrides_of(translation: Translation) -> list[Override]:
    """With values as they are read: one query for each model that is chosen from."""
    source = translation.source
    model = source.specific_content_type.model_class()
    segments = list(source.overridablesegment_set.select_related("context").order_by("order"))
    if not segments:
        return []
    rows = SegmentOverride.objects.filter(
        context__object_id=source.object_id, locale=translation.target_locale_id
    )
    stored, found = {row.context_id: row for row in rows}, []
    for segment in segments:
        place = place_of(model, segment.context.field_path or segment.context.path)
        found.append(Override(segment, place, stored.get(segment.context_id)))
    wanted = defaultdict(set)
    for one in found:
        if one.place.target:
            wanted[one.place.target] |= {_key(value) for value in _values(one)}
    things = {target: target.objects.in_bulk(keys - {None}) for target, keys in wanted.items()}
    for one in found:
        values = _values(one)
        if one.place.target:
            values = [things[one.place.target].get(_key(value), "–") for value in values]
        one.value, one.own = values[0], values[1] if one.stored else ""
    return found


def _values(one: Override) -> list:
    return [one.segment.data, *([one.stored.data] if one.stored else [])]


def _key(value) -> int | None:
    return int(value) if str(value).isdecimal() else None


class OverrideForm(forms.Form):
    """``translation`` is who writes, ``segment`` what: faults come as sentences at the field."""

    def __init__(self, *args, segment: OverridableSegment, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.segment = segment
        model = segment.source.specific_content_type.model_class()
        place = place_of(model, segment.context.field_path or segment.context.path)
        label = gettext_lazy("In this language")
        if place.target is None:
            self.fields["value"] = forms.CharField(label=label)
            return
        widget = next((w for kind, w in CHOOSERS if issubclass(place.target, kind)), forms.Select)
        self.fields["value"] = forms.ModelChoiceField(
            place.target.objects.all(), label=label, widget=widget()
        )

    def clean_value(self) -> str:
        value = self.cleaned_data["value"]
        return clean_override(self.segment, value.pk if isinstance(value, Model) else value)


def require_word(source: TranslationSource, path: str) -> None:
    """An override may change what a language has for itself; an older source offers more."""
    model = source.specific_content_type.model_class()
    fields = {field.field_name: field for field in get_translatable_fields(model)}
    field = fields.get(path.split(".")[0])
    if field is None or not getattr(field, "overridable", True):
        raise PermissionDenied(_("This is the same in every language: it can't be changed here."))


def require_known(user, segment: OverridableSegment, value) -> None:
    """A member's people name what they may know of: pages, pictures and files of others are not."""
    model = segment.source.specific_content_type.model_class()
    target = place_of(model, segment.context.field_path or segment.context.path).target
    if target and is_bound(user) and not may_name(user, target, [value]):
        raise PermissionDenied


def save_override(
    user, translation: Translation, segment: OverridableSegment, value
) -> tuple[SegmentOverride, bool]:
    """The row, and whether it is new; raises ``ValidationError`` with a sentence."""
    require_known(user, segment, value)
    values = {
        "data_json": json.dumps(clean_override(segment, value)),
        "last_translated_by": user,
        "has_error": False,
        "field_error": "",
    }
    return SegmentOverride.objects.update_or_create(
        locale_id=translation.target_locale_id, context_id=segment.context_id, defaults=values
    )


def remove_override(
    translation: Translation, segment: OverridableSegment
) -> SegmentOverride | None:
    stored = SegmentOverride.objects.filter(
        locale_id=translation.target_locale_id, context_id=segment.context_id
    ).first()
    if stored:
        stored.delete()
    return stored


@dataclass
class Related:
    """A record that the page names, in the source and in the language of the translation."""

    name: str
    translated: str = ""
    url: str = ""


def related_of(translation: Translation, user) -> list[Related]:
    """Two queries for each register."""
    keys = defaultdict(list)
    rows = translation.source.relatedobjectsegment_set.select_related("object").order_by("order")
    for segment in rows:
        keys[segment.object.content_type_id].append(segment.object)
    found, urls = [], AdminURLFinder(user)
    for things in keys.values():
        model = things[0].content_type.model_class()
        wanted = [thing.translation_key for thing in things]
        records = model.objects.filter(translation_key__in=wanted)
        by_locale = {(one.translation_key, one.locale_id): one for one in records}
        for key in dict.fromkeys(wanted):
            source = by_locale.get((key, translation.source.locale_id))
            target = by_locale.get((key, translation.target_locale_id))
            if source:
                url = _url(urls, target) if target else ""
                found.append(Related(str(source), str(target) if target else "", url))
    return found


def _url(urls: AdminURLFinder, instance: Model) -> str:
    try:
        return urls.get_edit_url(instance) or ""
    except NoReverseMatch:
        return ""
