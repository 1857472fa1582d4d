"""What the editor shows of a translation: its strings in the order of the source's form, what has
been said for each, and what is left to do. Few queries, however many strings.
"""

import json
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from wagtail.blocks import ChoiceBlock
from wagtail.fields import StreamField
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.views.edit_translation import TabHelper

from ..quality import findings
from ..quality.dismissing import beside, dismissals
from ..strings.changes import offers
from ..strings.progress import count_words
from ..strings.stored import in_hand, place_of
from .rows import ALL, DONE, FILTERS, MACHINE, WARNED, Row


@dataclass
class Group:
    heading: str
    rows: list[Row]

    @property
    def anchor(self) -> int:
        return self.rows[0].segment.pk


@dataclass
class Sheet:
    translation: Translation
    has_offers: bool = False
    """Old translations are looked for, which takes its time."""

    @cached_property
    def model(self) -> type:
        return self.translation.source.specific_content_type.model_class()

    @cached_property
    def rows(self) -> list[Row]:
        """The same words twice at one place are one string."""
        source = self.translation.source
        segments = source.stringsegment_set.select_related("string", "context").order_by("order")
        made = StringTranslation.objects.filter(
            context__object_id=source.object_id,
            locale=self.translation.target_locale_id,
            translation_of__locale=source.locale_id,
        ).order_by("pk")
        made = made.select_related("carried", "last_translated_by", "translation_of", "context")
        stored = {(row.translation_of_id, row.context_id): row for row in made}
        rows, seen = [], set()
        for segment in segments:
            key = segment.string_id, segment.context_id
            if key not in seen:
                seen.add(key)
                segment.source = source
                place = place_of(self.model, segment.context.field_path or segment.context.path)
                row = Row(segment, place, stored.get(key))
                row.carried = getattr(row.stored, "carried", None)
                rows.append(row)
        if self.has_offers and any(row.state != DONE for row in rows):
            found = offers(self.translation, in_hand(segments, made))
            for row in rows:
                row.offer = found.get(row.segment.pk)
        self._label(rows)
        self._check(rows)
        # As the fields stand in the form of the source, then as they were found.
        panels = TabHelper(self.model()).field_ordering_mapping
        return sorted(
            rows, key=lambda row: (panels.get(row.group[0], len(panels)), row.segment.order)
        )

    def _check(self, rows: list[Row]) -> None:
        languages = (
            self.translation.source.locale.language_code,
            self.translation.target_locale.language_code,
        )
        dismissed = dismissals(self.translation)
        for row in rows:
            if row.stored and not row.stored_fault:
                found = findings(row.segment.string.data, row.stored.data, *languages)
                key = row.segment.string_id, row.segment.context_id
                row.findings = beside(found, dismissed.get(key, []))

    @staticmethod
    def _label(rows: list[Row]) -> None:
        """Passages of one text are told apart by their number."""
        number = Counter(row.segment.context_id for row in rows)
        place: Counter = Counter()
        for row in rows:
            context = row.segment.context_id
            place[context] += 1
            names = row.place.names or [row.segment.context.path]
            row.label = " · ".join(names[1:] or names)
            if number[context] > 1:
                row.label += f" {place[context]}/{number[context]}"

    def grouped(self, rows: list[Row]) -> list[Group]:
        found = []
        for key, members in groupby(rows, key=lambda row: row.group):
            members = list(members)
            name = (members[0].place.names or [key[0]])[0]
            found.append(Group(" · ".join(filter(None, [name, self._kind(key)])), members))
        return found

    def _kind(self, key: tuple) -> str:
        """What an editor chose for a block: the kind of a section."""
        item = self._blocks.get(key[-1]) if len(key) > 1 else None
        if item is None:
            return ""
        block, value = item
        for name, child in getattr(block, "child_blocks", {}).items():
            if isinstance(child, ChoiceBlock) and isinstance(value, dict) and value.get(name):
                choices = dict(child.field.choices)
                return str(choices.get(value[name], ""))
        return ""

    @cached_property
    def _blocks(self) -> dict[str, tuple]:
        """Blocks of the source and their raw values, by id."""
        found = {}
        content = json.loads(self.translation.source.content_json)
        for stream in self.model._meta.get_fields():
            if isinstance(stream, StreamField):
                value = content.get(stream.name) or []
                for item in json.loads(value) if isinstance(value, str) else value:
                    block = stream.stream_block.child_blocks.get(item.get("type"))
                    found[item.get("id")] = block, item.get("value")
        return found

    def row(self, segment: StringSegment) -> Row:
        """The one in which a string of the source is shown."""
        key = segment.string_id, segment.context_id
        same = (r for r in self.rows if (r.segment.string_id, r.segment.context_id) == key)
        return next(same)

    def shown(self, name: str) -> list[Row]:
        """Of a filter; what just came back with a fault is always among them."""
        return [row for row in self.rows if self._is_shown(row, name)]

    @staticmethod
    def _is_shown(row: Row, name: str) -> bool:
        if name == ALL or row.fault or row.fault_of_reason:
            return True
        return bool(row.warnings) if name == WARNED else row.state == name

    def next_after(self, row: Row) -> Row | None:
        """The next string that lacks words, from the beginning again after the last."""
        start = self.rows.index(row) + 1
        around = [*self.rows[start:], *self.rows[: start - 1]]
        return next((one for one in around if one.is_open), None)

    def filters(self, chosen: str) -> list[dict]:
        counts = Counter(row.state for row in self.rows)
        counts[ALL], counts[WARNED] = len(self.rows), self.warned
        return [
            {"name": name, "label": label, "count": counts[name], "is_chosen": name == chosen}
            for name, label in FILTERS.items()
            if name != MACHINE or counts[name] or name == chosen
        ]

    @property
    def warned(self) -> int:
        """Strings of which the checks say something that nobody has answered."""
        return sum(bool(row.warnings) for row in self.rows)

    @property
    def unread(self) -> int:
        return sum(row.state == MACHINE for row in self.rows)

    @property
    def words(self) -> int:
        return sum(count_words(row.segment.string.data) for row in self.rows)

    @property
    def words_left(self) -> int:
        return sum(count_words(row.segment.string.data) for row in self.rows if row.is_open)
