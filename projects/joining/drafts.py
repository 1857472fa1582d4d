"""Drafts and earlier versions of pages name records by their primary keys: those follow too."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, Model, QuerySet, TextField
from django.db.models.functions import Cast
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail_localize.models import StringSegment

from ..models.doubles import APART, empty, identity
from .following import references
from .journal import Journal

Pairs = dict[int, int]
LINK = re.compile(r"<a\b[^>]*>")


def places(model: type[Model]) -> Iterator[tuple[type[Model], str, Field]]:
    """Where a page names such a record: its model, the relation (empty: the page itself), the
    foreign key.
    """
    for field in references(model):
        if issubclass(field.model, Page):
            yield field.model, "", field
            continue
        for parent in field.model._meta.concrete_fields:
            if isinstance(parent, ParentalKey) and parent != field:
                owner = parent.remote_field.model
                yield owner, parent.remote_field.get_accessor_name(), field


def versions(owner: type[Model], text: str) -> QuerySet[Revision]:
    """Of pages of this type, those that hold a text."""
    kind = ContentType.objects.get_for_model(owner)
    found = Revision.objects.filter(content_type=kind)
    return found.annotate(written=Cast("content", TextField())).filter(written__contains=text)


def follow(model: type[Model], pairs: Pairs, journal: Journal) -> None:
    """``pairs``: old primary key → new one."""
    for owner, relation, field in places(model):
        for old, new in pairs.items():
            for revision in versions(owner, f'"{field.name}": {old}'):
                if relation:
                    rows = [
                        {**row, field.name: new} if row.get(field.name) == old else row
                        for row in revision.content.get(relation) or ()
                    ]
                    rows = without_doubles(rows, field.model)
                    journal.set_content(revision, **{relation: rows})
                elif revision.content.get(field.name) == old:
                    journal.set_content(revision, **{field.name: new})


def without_doubles(rows: list[dict], model: type[Model]) -> list[dict]:
    """Rows of a version, each thing once; what one of them leaves empty the other fills."""
    kept: list[dict] = []
    names = identity(model)
    for row in rows:
        double = next((one for one in kept if _same(one, row, names)), None)
        if double is None:
            kept.append(dict(row))
            continue
        if double.get("pk") is None or (row.get("pk") and row["pk"] < double["pk"]):
            double["pk"] = row.get("pk")
        double |= {name: value for name, value in row.items() if empty(double.get(name))}
    return kept


def _same(one: dict, other: dict, names: set[str]) -> bool:
    for name in one.keys() - APART - {"pk", "page"}:
        mine, theirs = one.get(name), other.get(name)
        if mine != theirs and (name in names or not (empty(mine) or empty(theirs))):
            return False
    return True


def follow_links(pairs: Pairs, journal: Journal) -> None:
    """Links in texts to a page that is gone lead to the other: in pages, versions, translations."""
    change = _link_changer({str(old): str(new) for old, new in pairs.items()})
    kind = ContentType.objects.get_for_model(Page)
    for old in pairs:
        found = ReferenceIndex.objects.filter(to_content_type=kind, to_object_id=str(old))
        for index in found.order_by().values("content_type", "object_id").distinct():
            model = ContentType.objects.get_for_id(index["content_type"]).model_class()
            row = model._base_manager.filter(pk=index["object_id"]).first()
            if row is not None:
                _change_texts(row, change, journal)
        for revision in versions_with_link(old):
            changed = change(revision.content)
            names = [name for name, value in changed.items() if value != revision.content[name]]
            journal.set_content(revision, **{name: changed[name] for name in names})
        for segment in StringSegment.objects.filter(attrs__contains=f'"{old}"'):
            journal.set(segment, attrs=_change_attributes(segment.attrs, pairs))


def versions_with_link(old: int) -> QuerySet[Revision]:
    """In JSON within JSON quotes are escaped: the id is looked for with whatever stands before."""
    found = Revision.objects.annotate(written=Cast("content", TextField()))
    return found.filter(written__contains="linktype=").filter(
        written__regex=f'id=[\\\\]*"{old}[\\\\]*"'
    )


def _change_texts(row: Model, change: Callable, journal: Journal) -> None:
    for field in row._meta.concrete_fields:
        if isinstance(field, StreamField):
            raw = field.get_prep_value(getattr(row, field.attname))
            changed = change(raw)
            if changed != raw:
                journal.set(row, **{field.attname: field.to_python(changed)})
        elif isinstance(field, RichTextField):
            journal.set(row, **{field.attname: change(getattr(row, field.attname))})


def _link_changer(pairs: dict[str, str]) -> Callable[[Any], Any]:
    """A function that changes links in any value of JSON, in JSON kept as text too."""

    def of_link(match: re.Match) -> str:
        tag = match[0]
        if 'linktype="page"' not in tag:
            return tag
        return re.sub(r'\bid="(\d+)"', lambda m: f'id="{pairs.get(m[1], m[1])}"', tag)

    def change(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: change(item) for name, item in value.items()}
        if isinstance(value, list):
            return [change(item) for item in value]
        if not isinstance(value, str) or "linktype" not in value:
            return value
        if value[:1] in "[{":
            try:
                return json.dumps(change(json.loads(value)))
            except ValueError:
                pass
        return LINK.sub(of_link, value)

    return change


def _change_attributes(text: str, pairs: Pairs) -> str:
    """``{"a1": {"linktype": "page", "id": "5"}}`` of a string that translators see."""
    found = json.loads(text)
    for attributes in found.values():
        if attributes.get("linktype") == "page" and attributes.get("id", "").isdecimal():
            attributes["id"] = str(pairs.get(int(attributes["id"]), attributes["id"]))
    return json.dumps(found)


def note_versions(journal: Journal) -> None:
    """A later version of a page names what stays: undoing would leave it behind."""
    changed = [step["pk"] for step in journal.steps if step["do"] == "content"]
    named = Revision.page_revisions.filter(pk__in=changed)
    keys = {int(key) for key in named.values_list("object_id", flat=True)}
    for page in Page.objects.filter(pk__in=keys).specific():
        journal.latest(page)
