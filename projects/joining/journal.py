"""What a joining does to each row, written down so that it can be taken back.

A step is ``{"do": "set" | "gone" | "made" | "latest", "model": label, "pk": key, …}``, with values
as Django's serialisers write them. Rows are saved past the models' own ``save``, which would follow
them up in ways that nobody could take back; signals are sent, so that search and caches follow.
"""

import json
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Model
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

WORKED_OUT = {
    "wagtailsearch",
    "wagtailcore.ReferenceIndex",
    "wagtailadmin.EditingSession",
    "wagtailadmin.FormState",
}
"""Made anew when a row is saved, or of no worth later."""


class Refused(Exception):
    """Why it can't be done, for whoever asked."""


def plain(value: Any) -> Any:
    """As it comes back from a column of JSON."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def dump(row: Model) -> dict:
    (found,) = json.loads(serializers.serialize("json", [row]))
    return found


def values_of(row: Model, names: list[str]) -> dict:
    """Of some fields, as they are dumped."""
    return plain({name: _value(row, row._meta.get_field(name)) for name in names})


def _value(row: Model, field) -> Any:
    value = field.value_from_object(row)
    return value if value is None or field.is_relation else field.value_to_string(row)


class Journal:
    """``steps`` in the order in which they were done."""

    def __init__(self) -> None:
        self.steps: list[dict] = []

    def _note(self, do: str, row: Model, /, **told) -> None:
        self.steps.append({"do": do, "model": row._meta.label, "pk": plain(row.pk), **told})

    def set(self, row: Model, **values) -> None:
        """Change fields (a foreign key by its attribute's name or the object)."""
        names = [row._meta.get_field(name).name for name in values]
        before = values_of(row, names)
        for name, value in values.items():
            setattr(row, name, value)
        after = values_of(row, names)
        if before == after:
            return
        row.save_base(update_fields=frozenset(names))
        self._note("set", row, before=before, after=after)

    def set_content(self, revision: Revision, **values) -> None:
        """Change parts of what a revision holds; the rest of it is not written down."""
        before = {name: revision.content.get(name) for name in values}
        after = plain(values)
        if before == after:
            return
        revision.content = {**revision.content, **after}
        revision.save_base(update_fields=frozenset(["content"]))
        self._note("content", revision, before=before, after=after)

    def made(self, row: Model) -> None:
        self._note("made", row)

    def remove(self, row: Model, delete: Callable | None = None) -> None:
        """Delete the row with all that goes with it; ``delete`` does it where there is more to do.

        What the database would only cut loose is cut loose here first.
        """
        collector = Collector(using="default", origin=row)
        collector.collect([row])
        for (field, value), groups in list(collector.field_updates.items()):
            for found in [each for group in groups for each in group]:
                self.set(found, **{field.name: value})
        doomed = [each for rows in collector.data.values() for each in rows]
        doomed += [each for rows in collector.fast_deletes for each in rows]
        for each in doomed:
            if not WORKED_OUT & {each._meta.label, each._meta.app_label}:
                self._note("gone", each, row=dump(each))
        (delete or row.delete)()

    def latest(self, page: Page) -> None:
        """From now on a newer version of the page is a change that stands in the way of undoing."""
        self._note("latest", page, revision=_latest(page.pk))


def _latest(pk: Any) -> int | None:
    kind = ContentType.objects.get_for_model(Page)
    found = Revision.objects.filter(base_content_type=kind, object_id=str(pk)).order_by("-pk")
    return found.values_list("pk", flat=True).first()


def check(steps: list[dict]) -> None:
    """Raise :class:`Refused` if anything that was done has been changed since.

    Field by field: an earlier step on the same field, or on a row that went, is covered by the
    later one.
    """
    seen: set[tuple] = set()
    for step in reversed(steps):
        row = (step["model"], str(step["pk"]))
        names = step.get("after", [step["do"]])
        covered = seen if (*row, "gone") not in seen else {(*row, name) for name in names}
        for name in names:
            if (*row, name) not in covered and not _is_as_left(step, name):
                raise Refused(_sentence(step))
            seen.add((*row, name))


def _is_as_left(step: dict, name: str) -> bool:
    if step["do"] == "latest":
        return _latest(step["pk"]) == step["revision"]
    row = apps.get_model(step["model"])._base_manager.filter(pk=step["pk"]).first()
    if step["do"] == "gone":
        return row is None
    if step["do"] == "made":
        return row is not None
    if row is not None and step["do"] == "content":
        return row.content.get(name) == step["after"][name]
    return row is not None and values_of(row, [name])[name] == step["after"][name]


def _sentence(step: dict) -> str:
    model = apps.get_model(step["model"])
    row = model._base_manager.filter(pk=step["pk"]).first()
    page = getattr(row, "page", None) or getattr(row, "content_object", None)
    thing = page or row or model._meta.verbose_name
    return _(
        "“%(thing)s” has been changed since. So this can't be undone by itself: put right by hand "
        "what should be another way."
    ) % {"thing": thing}


def undo(steps: list[dict]) -> None:
    """Take every step back, the last one first; then tell search and caches of each row."""
    touched: dict[tuple, None] = {}
    for step in reversed(steps):
        model, pk = apps.get_model(step["model"]), step["pk"]
        if step["do"] == "gone":
            _restore(step["row"])
        elif step["do"] == "made":
            model._base_manager.filter(pk=pk).delete()
        elif step["do"] == "set":
            keys = {name: model._meta.get_field(name) for name in step["before"]}
            values = {
                keys[name].attname: keys[name].to_python(v) for name, v in step["before"].items()
            }
            model._base_manager.filter(pk=pk).update(**values)
        elif step["do"] == "content":
            row = model._base_manager.get(pk=pk)
            model._base_manager.filter(pk=pk).update(content=row.content | step["before"])
        if step["do"] in ("gone", "set"):
            touched[model, pk] = None
    for model, pk in touched:
        # What was restored in the middle may have been made by a later step.
        if row := model._base_manager.filter(pk=pk).first():
            tell(row)


def tell(row: Model) -> None:
    """Signals of a save that changes nothing."""
    if isinstance(row, Page):
        row = row.specific
    first = next(field for field in row._meta.local_concrete_fields if not field.primary_key)
    row.save_base(update_fields=frozenset([first.name]))


def _restore(row: dict) -> None:
    if row["model"] == "wagtailcore.page":
        _make_room(row["fields"])
    (found,) = serializers.deserialize("json", json.dumps([row]))
    found.save()


def _make_room(page: dict) -> None:
    """The tree has gone on growing: the page comes back as the last one of its parent."""
    above = page["path"][: -Page.steplen]
    siblings = Page.objects.filter(path__startswith=above, depth=page["depth"])
    if siblings.filter(slug=page["slug"]).exists():
        raise Refused(
            _("Another page has the address of “%(thing)s” now.") % {"thing": page["title"]}
        )
    if siblings.filter(path=page["path"]).exists():
        page["path"] = siblings.order_by("path").last()._inc_path()
    Page.objects.filter(path=above).update(numchild=F("numchild") + 1)
