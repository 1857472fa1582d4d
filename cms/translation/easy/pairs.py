"""Which section of a page in easy Finnish tells which section of the Finnish, and whether it still
says what that says.

What is compared is contents: the Finnish as it is now with what it said when somebody last found
the easy one right (:attr:`..models.EasySection.seen`). A draft of the Finnish that was never
public counts as it is; once it is public, what is public counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from ..models import EasyPage, EasySection
from ..policy import WRITTEN_BY_HAND
from ..strings.wording import is_minor, likeness
from .sections import LEAD, LINE, SECTION, TITLE, Section, sections_of

EASY = next(iter(WRITTEN_BY_HAND))
FINNISH = settings.LANGUAGE_CODE


class State(StrEnum):
    FRESH = "fresh"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"
    UNWRITTEN = "unwritten"
    LEFT_OUT = "left_out"
    OWN = "own"


LABELS = {
    State.FRESH: _("Up to date"),
    State.CHANGED: _("The Finnish has changed"),
    State.NEW: _("New in Finnish"),
    State.GONE: _("Gone from Finnish"),
    State.UNWRITTEN: _("Nothing written"),
    State.LEFT_OUT: _("Left out"),
    State.OWN: _("In easy Finnish only"),
}
ALIKE = 0.8
"""Likeness from which a section with another id is the one that has gone."""
TO_LOOK_AT = {State.CHANGED, State.NEW, State.GONE}


@dataclass
class Pair:
    """``finnish``: ``None`` where it has gone, or never was. ``easy``: where it is told, be it in a
    section that tells others too (``is_joined``).
    """

    state: State
    finnish: Section | None = None
    easy: Section | None = None
    row: EasySection | None = None
    is_joined: bool = False

    @property
    def key(self) -> str:
        if self.finnish or self.row:
            return self.finnish.key if self.finnish else self.row.finnish
        return self.easy.key if self.easy and not self.easy.blocks else ""


def easy_pages() -> Iterable[Page]:
    return Page.objects.filter(locale__language_code=EASY, alias_of=None, depth__gt=1)


def finnish_of(page: Page) -> Page | None:
    """The Finnish page beside a page in easy Finnish, in the version that counts."""
    same = Page.objects.filter(translation_key=page.translation_key)
    found = same.filter(locale__language_code=FINNISH).first()
    if found is None:
        return None
    return found.specific if found.live else found.get_latest_revision_as_object()


def says_the_same(earlier: str, later: str) -> bool:
    """Punctuation, spaces, emphasis, and where a line ends, say nothing of their own."""
    if earlier == later:
        return True
    one, other = (words.replace(LINE, " . ") for words in (earlier, later))
    return is_minor(one, other)


def pairs_of(record: EasyPage, page: Page, finnish: Page | None) -> list[Pair]:
    """In the order of the page in easy Finnish, what is not there yet after what precedes it."""
    easy = {section.key: section for section in sections_of(page)}
    rows = {row.finnish: row for row in record.sections.all()}
    pairs = [_pair(section, easy, rows) for section in worth_telling(finnish)]
    there = {pair.key for pair in pairs}
    gone = [row for key, row in rows.items() if key not in there and row.easy in easy]
    gone = [row for row in gone if easy[row.easy].has_text]
    pairs += [Pair(State.GONE, None, easy[row.easy], row) for row in gone if finnish]
    told: set[str] = set()
    for pair in pairs:
        if pair.easy is not None:
            pair.is_joined = pair.easy.key in told
            told.add(pair.easy.key)
    own = [section for key, section in easy.items() if key not in told]
    pairs += [Pair(State.OWN, None, section) for section in own]
    return _in_order(pairs, list(easy))


def worth_telling(finnish: Page | None) -> list[Section]:
    """Title and lead stand even empty: they are fields that may be written."""
    found = sections_of(finnish) if finnish else []
    return [each for each in found if each.words or each.key in (TITLE, LEAD)]


def _pair(section: Section, easy: dict[str, Section], rows: dict[str, EasySection]) -> Pair:
    row = rows.get(section.key)
    target = easy.get(row.easy) if row else easy.get(section.key) if not section.blocks else None
    if row is None:
        state = State.NEW if section.words else State.FRESH
    elif row.left_out or (target and target.has_text):
        state = State.LEFT_OUT if row.left_out else State.FRESH
        state = state if says_the_same(row.seen, section.words) else State.CHANGED
    else:
        unwritten = State.UNWRITTEN if row.seen else State.NEW
        state = unwritten if section.words else State.FRESH
    return Pair(state, section, target, row)


def _in_order(pairs: list[Pair], easy: list[str]) -> list[Pair]:
    """Those with a section by its place; those without keep after the one before them."""
    placed, last = [], 0
    for number, pair in enumerate(pairs):
        if pair.easy is not None and not pair.is_joined:
            last = easy.index(pair.easy.key)
        placed.append((last, number, pair))
    return [pair for _place, _number, pair in sorted(placed, key=lambda each: each[:2])]


def match(record: EasyPage, page: Page, finnish: Page | None) -> None:
    """Note where sections that nobody has paired yet belong, by kind, heading and order.

    At first, every section of the Finnish gets its row; later, new ones wait for the writer.
    """
    rows = {row.finnish: row for row in record.sections.all()}
    wanted = worth_telling(finnish)
    easy = sections_of(page)
    keys, taken = {each.key for each in easy}, {row.easy for row in rows.values()}
    free = [each for each in easy if each.blocks and each.key not in taken]
    earlier = {} if rows else _words_then(page, finnish)
    # At first, or where every section has got another id: a file was loaded anew.
    by_place = keys.isdisjoint(taken - {TITLE, LEAD})
    new, old, lost = [], [], []
    for section in wanted:
        row = rows.get(section.key) or _moved(section, rows, wanted)
        if row is None and rows and section.blocks:
            continue
        seen = earlier.get(section.key, section.words)
        row = row or EasySection(page=record, finnish=section.key, seen=seen)
        row.finnish = section.key
        if not section.blocks:
            row.easy = section.key
        elif row.easy not in keys and not row.left_out:
            found = _likeliest(section, free, wanted, easy, by_place)
            if found is None and (row.easy or not row.pk):
                lost.append(row)
            row.easy = found.key if found else ""
            free = [each for each in free if each is not found]
        (old if row.pk else new).append(row)
    if by_place:
        _all_in_one(lost, free)
    EasySection.objects.bulk_create(new, ignore_conflicts=True)
    EasySection.objects.bulk_update(old, ["finnish", "easy"])


def _all_in_one(rows: list[EasySection], free: list[Section]) -> None:
    """A page from before with a single section, like none of the Finnish, tells them all in it."""
    if len(free) == 1 and free[0].has_text:
        for row in rows:
            row.easy = free[0].key


def _words_then(page: Page, finnish: Page | None) -> dict[str, str]:
    """What the sections said when the easy page was last saved, as far as a revision tells."""
    when = page.latest_revision_created_at or page.last_published_at
    if finnish is None or when is None:
        return {}
    then = finnish.revisions.filter(created_at__lte=when).order_by("-created_at", "-pk").first()
    return {each.key: each.words for each in sections_of(then.as_object())} if then else {}


def _moved(
    section: Section, rows: dict[str, EasySection], wanted: list[Section]
) -> EasySection | None:
    """The row of a section that goes by another id now: written anew, or loaded from a file."""
    there = {each.key for each in wanted}
    for key, row in rows.items():
        if key not in there and row.seen and likeness(row.seen, section.words) > ALIKE:
            del rows[key]
            return row
    return None


def _likeliest(
    section: Section,
    free: list[Section],
    wanted: list[Section],
    easy: list[Section],
    by_place: bool,
) -> Section | None:
    """Of the same kind and heading, of the same kind alone if that says enough, else by place."""
    alike = [each for each in free if each.kind == section.kind]
    for each in alike:
        if each.heading == section.heading and each.heading:
            return each
    if section.blocks[0].block_type == SECTION and section.kind != "free":
        return alike[0] if alike else None
    if by_place and len(wanted) == len(easy):
        same = easy[wanted.index(section)]
        return same if same in alike else None
    return None
