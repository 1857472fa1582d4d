"""What the writer sees: each section of the Finnish, and beside it the fields for easy Finnish."""

from copy import copy, deepcopy
from dataclasses import dataclass, field
from uuid import uuid4

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page
from wagtail.rich_text import RichText

from ..models import EasyPage
from ..strings.wording import marked
from .pairs import LABELS, TO_LOOK_AT, Pair, State, pairs_of
from .readability import Reading, measure
from .sections import HEADING, LEAD, SECTION, TEXT, TITLE, Section
from .settling import digest
from .writing import HERE, OUT, as_plain

NAMES = {TITLE: gettext_lazy("Title"), LEAD: gettext_lazy("Lead")}
ICONS = {
    State.FRESH: "success",
    State.CHANGED: "warning",
    State.NEW: "plus-inverse",
    State.GONE: "cross",
    State.UNWRITTEN: "edit",
    State.LEFT_OUT: "minus",
    State.OWN: "doc-full",
}


@dataclass
class Written:
    """The fields of one block; of one that is not written here, its words to read."""

    pk: str
    kind: str
    heading: str | None = None
    proposed: str = ""
    rich: SafeString | None = None
    plain: str = ""
    below: str = ""
    words: str = ""
    tells: str = ""
    kinds: list = field(default_factory=list)


@dataclass
class Row:
    number: int
    pair: Pair
    section: str = ""
    """The key under which the blocks are sent."""
    place: int = 0
    blocks: list[Written] = field(default_factory=list)
    told: str = HERE
    elsewhere: list[tuple[str, str]] = field(default_factory=list)
    reading: Reading | None = None
    is_right: bool = False

    @property
    def label(self) -> str:
        return str(LABELS[self.pair.state])

    @property
    def icon(self) -> str:
        return ICONS[self.pair.state]

    @property
    def is_field(self) -> bool:
        return self.pair.key in NAMES

    @property
    def needs_a_look(self) -> bool:
        return self.pair.state in TO_LOOK_AT

    @property
    def heading(self) -> str:
        section = self.pair.finnish or self.pair.easy
        if section is None or section.key in NAMES:
            return str(NAMES[self.pair.key])
        return section.heading or _("Section %(number)s") % {"number": self.number}

    @property
    def finnish(self) -> SafeString:
        """As it is now, with what came and went where that is to be looked at."""
        now = self.pair.finnish.words if self.pair.finnish else ""
        seen = self.pair.row.seen if self.pair.row else ""
        if self.pair.state == State.CHANGED and seen:
            return marked(seen, now)[1]
        return marked(now or seen, now or seen)[1]

    @property
    def earlier(self) -> SafeString:
        if self.pair.state == State.CHANGED and self.pair.row.seen:
            return marked(self.pair.row.seen, self.pair.finnish.words)[0]
        return mark_safe("")

    @property
    def digest(self) -> str:
        """Of what the Finnish says, for the save to know what the writer had before her."""
        return digest(self.pair.finnish.words) if self.pair.finnish else ""


class Sheet:
    """``page``: the version to write on. ``typed``: a form that was sent and comes back."""

    def __init__(
        self, record: EasyPage, page: Page, finnish: Page | None, form, typed=None
    ) -> None:
        self.form, self.typed = form, typed or {}
        self.body = getattr(page, "body", None)
        version = copy(page)
        for name in form.fields if form.is_bound else ():
            value = form[name].value()
            setattr(version, name, value if value is not None else "")
        self.title, self.lead = version.title, version.lead
        pairs = pairs_of(record, version, finnish)
        self.rows = [Row(number, pair) for number, pair in enumerate(pairs)]
        self.media = form.media
        told = [row for row in self.rows if row.pair.easy and not row.is_field]
        self.sections = {row.pair.easy.key: row.heading for row in told if not row.pair.is_joined}
        for row in self.rows:
            self._fill(row)
        self.new = self._new_section()
        self._number()

    def _fill(self, row: Row) -> None:
        pair = row.pair
        row.is_right = f"right-{pair.key}" in self.typed
        is_title = pair.key == TITLE  # often a name, and too short to have a figure
        if pair.easy and not pair.is_joined and pair.easy.has_text and not is_title:
            row.reading = measure(pair.easy.text.replace("\n", "\n\n"))
        if row.is_field:
            return
        own = pair.easy if pair.easy and not pair.is_joined else None
        if pair.finnish:
            names = self.sections.items()
            row.elsewhere = [(key, name) for key, name in names if not own or key != own.key]
            row.told = self.typed.get(f"told-{pair.key}", self._told(pair, own))
        if own:
            row.section, row.blocks = own.key, self._blocks(own, row)
        elif pair.finnish and row.told == HERE and self.body is not None:
            row.blocks = self._proposal(pair.finnish, row)
            row.section = row.blocks[0].pk

    def _told(self, pair: Pair, own: Section | None) -> str:
        if pair.row and pair.row.left_out:
            return OUT
        return HERE if own or not pair.easy else pair.easy.key

    def _blocks(self, section: Section, row: Row) -> list[Written]:
        found = [self._written(block, row) for block in section.blocks]
        if section.blocks[0].block_type == HEADING and len(found) == 1:
            text = Written(str(uuid4()), TEXT)
            self._rich(text, "", row)
            found.append(text)
        return found

    def _written(self, block, row: Row) -> Written:
        one = Written(str(block.id), block.block_type)
        if one.kind == HEADING:
            one.heading = str(block.value or "")
        elif one.kind == TEXT:
            self._rich(one, block.value, row)
        elif one.kind == SECTION:
            one.heading = block.value.get("heading") or ""
            one.tells = block.value.get("kind") or ""
            one.kinds = self._kinds() if row.pair.finnish is None else []
            self._rich(one, block.value.get("text"), row)
        else:
            one.words = block.block.label
        return one

    def _proposal(self, finnish: Section | None, row: Row) -> list[Written]:
        """Empty fields of the same kind, with the heading that the Finnish has."""
        types = self.body.stream_block.child_blocks
        first = finnish.blocks[0] if finnish else None
        name = finnish.heading if finnish else ""
        if SECTION in types:
            one = Written(str(uuid4()), SECTION)
            is_section = first is not None and first.block_type == SECTION
            one.tells = finnish.kind if is_section else "free"
            one.heading = (first.value.get("heading") or "") if is_section else ""
            one.kinds = [] if is_section else self._kinds()
            one.proposed = one.heading
            self._rich(one, "", row)
            return [one]
        heading, text = Written(str(uuid4()), HEADING, name, name), Written(str(uuid4()), TEXT)
        heading.below = text.pk
        self._rich(text, "", row)
        return [heading, text]

    def _kinds(self) -> list[tuple[str, str]]:
        block = self.body.stream_block.child_blocks[SECTION].child_blocks["kind"]
        return [choice for choice in block.field.choices if choice[0]]

    def _rich(self, one: Written, value, row: Row) -> None:
        html = value.source if isinstance(value, RichText) else str(value or "")
        block = self.body.stream_block.child_blocks[one.kind]
        block = block.child_blocks["text"] if one.kind == SECTION else block
        widget = deepcopy(block.field.widget)
        label = _("Text in easy Finnish: %(section)s") % {"section": row.heading}
        widget.options = {**widget.options, "ariaLabel": label}
        one.rich = widget.render(f"b-{one.pk}-text", html, {"id": f"b-{one.pk}-text"})
        one.plain = self.typed.get(f"b-{one.pk}-plain", as_plain(html))
        self.media += widget.media

    def _new_section(self) -> Row | None:
        """A section that the Finnish has not."""
        if self.body is None:
            return None
        row = Row(
            len(self.rows), Pair(State.OWN, None, Section("", "", _("A section of your own")))
        )
        row.blocks = self._proposal(None, row)
        row.section = row.blocks[0].pk
        return row

    def _number(self) -> None:
        rows = [*self.rows, *([self.new] if self.new else [])]
        for place, row in enumerate((row for row in rows if row.section), start=1):
            row.place = place

    @property
    def to_look_at(self) -> int:
        return sum(row.needs_a_look for row in self.rows)
