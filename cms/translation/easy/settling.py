"""What a save says about the sections: which tells which, and which the writer has looked at."""

import hashlib
from collections import defaultdict

from wagtail.models import Page

from ..models import EasyPage, EasySection
from .pairs import worth_telling
from .sections import Section, sections_of
from .writing import BLOCK, HERE, OUT


def digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def settle(record: EasyPage, before: Page, after: Page, finnish: Page | None, data) -> None:
    """``data``: the form as it was sent. Its sections are looked at, and no others.

    What the writer had not before her is not found right: if the Finnish has changed since the form
    was opened, the section stays to be looked at.
    """
    rows = {row.finnish: row for row in record.sections.all()}
    old = {section.key: section.words for section in sections_of(before)}
    new = {section.key: section for section in sections_of(after)}
    own = _own_sections(new, data)
    wanted = worth_telling(finnish)
    for section in wanted:
        shown = data.get(f"shown-{section.key}")
        if shown is None:
            continue
        row = rows.get(section.key) or EasySection(page=record, finnish=section.key)
        before_it = row.easy, row.left_out
        _place(row, section, new, own, data.get(f"told-{section.key}", HERE))
        target = new.get(row.easy)
        is_written = bool(target and target.words != old.get(row.easy, "") and target.has_text)
        is_right = f"right-{section.key}" in data or is_written
        is_right = is_right or (
            (row.left_out or row.easy) and before_it != (row.easy, row.left_out)
        )
        if is_right and shown == digest(section.words):
            row.seen = section.words
        if row.pk or is_right:
            row.save()
    there = {section.key for section in wanted}
    if finnish is None:
        return
    for key, row in rows.items():
        if key not in there and (f"right-{key}" in data or row.easy not in new):
            row.delete()


def _place(
    row: EasySection, section: Section, new: dict[str, Section], own: dict[str, str], told: str
) -> None:
    row.left_out = told == OUT and bool(section.blocks)
    if not section.blocks:
        row.easy = section.key
    elif told == HERE:
        row.easy = own.get(section.key, "")
    else:
        row.easy = told if told in new else ""


def _own_sections(new: dict[str, Section], data) -> dict[str, str]:
    """By sections of the Finnish: where the blocks that were sent for them are now."""
    home = {str(block.id): key for key, section in new.items() for block in section.blocks}
    sent = defaultdict(list)
    for value in data.getlist(BLOCK):
        section, _space, rest = value.partition(" ")
        sent[section].append(rest.split(" ")[0])
    found = {}
    for section, blocks in sent.items():
        finnish = data.get(f"s-{section}-finnish")
        kept = [home[pk] for pk in blocks if pk in home]
        if finnish and kept:
            found[finnish] = kept[0]
    return found
