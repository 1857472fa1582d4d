"""What a form was opened on, and how what is saved now differs from what somebody typed.

Reads Django's forms alone, so that it holds for every form of the admin: pages with their rows,
records, settings, pictures, users.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models import Model
from django.forms import BaseFormSet
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText
from wagtail.utils.text import text_from_html

# Comments are kept one by one, and whether to be told of them is each user's own.
PERSONAL = {"comments", "comment_notifications"}
# Where a row stands and whether it is struck out, not what it says.
ROW_FIELDS = {"id", "ORDER", "DELETE"}


def state_of(form) -> dict[str, str]:
    """A short digest of what each field and each list of rows of an unbound form starts with."""
    state = {
        name: _digest(_initial(form, name))
        for name in form.fields
        if name not in PERSONAL | ROW_FIELDS
    }
    for name, formset in _formsets(form):
        state[name] = _digest([state_of(row) for row in formset.initial_forms])
    return state


def changed_names(opened: dict[str, str], now: dict[str, str]) -> set[str]:
    """Fields that start otherwise now. A field that one of the two lacks says nothing."""
    return {name for name in opened.keys() & now.keys() if opened[name] != now[name]}


@dataclass(frozen=True)
class Difference:
    """``saved`` and ``typed`` are words to read, what differs in them marked."""

    name: str
    label: str
    saved: str
    typed: str


def differences(saved, typed) -> list[Difference]:
    """Where a bound form says something else than the unbound form of what is saved."""
    found, nothing = [], _("(nothing)")
    for name, field in typed.fields.items():
        if name not in PERSONAL:
            texts = _text(field, _initial(saved, name)), _text(field, _typed(typed, name))
            found.append((name, field.label or capfirst(name.replace("_", " ")), *texts))
    old_rows = dict(_formsets(saved))
    for name, formset in _formsets(typed):
        label = formset.model._meta.verbose_name_plural
        found.append((name, label, _rows(old_rows[name]), _rows(formset)))
    return [
        Difference(name, capfirst(str(label)), *_marked(old or nothing, new or nothing))
        for name, label, old, new in found
        if old != new
    ]


def _formsets(form) -> list[tuple[str, BaseFormSet]]:
    return [
        (name, formset)
        for name, formset in getattr(form, "formsets", {}).items()
        if name not in PERSONAL
    ]


def _initial(form, name: str) -> Any:
    return form.get_initial_for_field(form.fields[name], name)


def _typed(form, name: str) -> Any:
    field, raw = form.fields[name], form[name].value()
    try:
        return field.clean(raw)
    except (ValidationError, TypeError, ValueError):
        return raw


def _digest(value) -> str:
    text = json.dumps(value, default=_plain, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _plain(value) -> int | str | list | None:
    """A value of a form in terms of JSON: keys for records, what is stored for a body."""
    if isinstance(value, Model):
        return value.pk
    if hasattr(value, "stream_block"):
        # A block that nobody has read yet would be told as it was once stored.
        return _without_ids([block.get_prep_value() for block in value])
    if hasattr(value, "__iter__") and not isinstance(value, (bytes, str, File)):
        return list(value)
    return str(value)


def _without_ids(blocks) -> Any:
    """What is stored for a body, but for the ids of its blocks: a block without gets a new one
    each time that it is read.
    """
    if isinstance(blocks, list):
        return [_without_ids(block) for block in blocks]
    if isinstance(blocks, dict):
        skipped = {"id"} if {"type", "value"} <= blocks.keys() else set()
        return {name: _without_ids(blocks[name]) for name in blocks.keys() - skipped}
    return blocks


def _rows(formset) -> str:
    rows = []
    for form in formset.forms:
        struck_out = getattr(form, "cleaned_data", {}).get("DELETE")
        if struck_out or (form.empty_permitted and not form.has_changed()):
            continue
        read = _typed if form.is_bound else _initial
        texts = [
            _text(field, read(form, name))
            for name, field in form.fields.items()
            if name not in ROW_FIELDS
        ]
        place = form["ORDER"].value() if form.is_bound and "ORDER" in form.fields else ""
        order = int(place) if str(place).isdecimal() else len(rows)
        rows.append((order, " · ".join(text for text in texts if text)))
    return "\n".join(text for _place, text in sorted(rows, key=lambda row: row[0]))


def _text(field, value) -> str:
    """A field's value as an editor would read it aloud."""
    if value is None or value == "":
        return ""
    if block := getattr(field, "block", None):
        return "\n".join(text for text in _block_texts(block, value) if text)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if hasattr(field, "queryset"):
        return _record_names(field, value)
    if choices := getattr(field, "choices", None):
        names = {
            str(key): str(name) for key, name in choices if not isinstance(name, (list, tuple))
        }
        return names.get(str(value), str(value))
    if isinstance(value, File):
        return value.name
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return ", ".join(sorted(map(str, value)))
    if isinstance(value, str):
        return text_from_html(value) if re.search(r"<[a-z/]", value) else value
    return str(localize(value))


def _record_names(field, value) -> str:
    several = hasattr(value, "__iter__") and not isinstance(value, str)
    names = []
    for item in value if several else [value]:
        if not isinstance(item, Model):
            with suppress(TypeError, ValueError, ValidationError):
                item = field.queryset.model._base_manager.filter(pk=item).first() or item
        names.append(str(item))
    return ", ".join(sorted(names))


def _block_texts(block, value) -> Iterator[str]:
    """What each block of a body says, one text for each, however deep it lies."""
    if hasattr(value, "stream_block") or hasattr(value, "list_block"):
        children = value if hasattr(value, "stream_block") else value.bound_blocks
        for child in children:
            yield from _block_texts(child.block, child.value)
    elif hasattr(block, "child_blocks") and hasattr(value, "items"):
        for name, child_value in value.items():
            if child := block.child_blocks.get(name):
                yield from _block_texts(child, child_value)
    elif isinstance(value, RichText):
        yield text_from_html(value.source)
    elif value is not None:
        yield _text(getattr(block, "field", None), value)


def _marked(old: str, new: str) -> tuple[str, str]:
    """Both texts with the words that only the one has in ``<mark>``."""
    old_words, new_words = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    left, right = [], []
    for tag, a, b, c, d in SequenceMatcher(None, old_words, new_words, False).get_opcodes():
        form = "{}" if tag == "equal" else "<mark>{}</mark>"
        left += [(form, "".join(old_words[a:b]))] if b > a else []
        right += [(form, "".join(new_words[c:d]))] if d > c else []
    return tuple(
        format_html_join("", "{}", ((format_html(form, text),) for form, text in side))
        for side in (left, right)
    )
