"""The memory as CSV, out and in: texts stand as they are stored, with their tags.

The first line names the two languages, ``source fi`` and ``translation ar``; of a file from
elsewhere the bare codes do, the source first.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms.core.foreign import bare_cell, safe_cell, table_rows
from cms.core.hygiene import one_line

from .taking import Brought, Pair, stored

MOST_BYTES = 30 * 1024 * 1024
MOST_PAIRS = 60_000
SOURCE, TARGET, ORIGIN, WHO, DATE = "source", "translation", "origin", "who", "date"
_NAMED = re.compile(r"(?:(source|translation|target)\s+)?[\[(]?([a-z_-]{2,20})[\])]?")


def as_csv(pairs: Iterable[Pair], source: str, target: str) -> Iterator[str]:
    """With the mark by which spreadsheets know UTF-8; each piece is a line."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    file.write("\ufeff")
    writer.writerow([f"{SOURCE} {source}", f"{TARGET} {target}", ORIGIN, WHO, DATE])
    for pair in pairs:
        made = pair.made_at.astimezone(UTC).isoformat(timespec="seconds") if pair.made_at else ""
        cells = (pair.source, pair.target, pair.origin, pair.author, made)
        writer.writerow([safe_cell(cell) for cell in cells])
        yield file.getvalue()
        file.seek(0)
        file.truncate()
    yield file.getvalue()


class Codes:
    """A language as a file names it (``fi-FI``, ``SV_se``) → as this site does, if it has it."""

    def __init__(self) -> None:
        self.known = list(Locale.objects.order_by("pk").values_list("language_code", flat=True))
        self.site = Locale.get_default().language_code

    def of(self, name: str) -> str:
        code = one_line(name).strip().lower().replace("_", "-")
        return code if code in self.known else code.split("-")[0][:20]


def read(content: bytes) -> Iterator[Brought]:
    """Raises ``ValidationError`` with a sentence for what is no such table."""
    rows = table_rows(content, MOST_BYTES, MOST_PAIRS + 1)
    head = [cell.strip().lower() for cell in rows[0][1]] if rows else []
    columns = _columns(head)
    if len(columns) < 2:
        raise ValidationError(
            _("The first line does not name two languages, as in “source fi, translation ar”.")
        )
    (first, source), *others = columns
    for line, row in rows[1:]:
        cells = [*map(bare_cell, row), *[""] * (len(head) - len(row))]
        if not any(cells):
            continue
        said = dict(zip(head, cells, strict=False))
        made = moment(said.get(DATE, ""))
        for column, target in others:
            pair = Pair(
                stored(cells[first]),
                stored(cells[column]),
                one_line(said.get(ORIGIN, ""))[:255],
                one_line(said.get(WHO, ""))[:255],
                made,
            )
            if pair.target or len(others) == 1:
                yield Brought(line, source, target, pair)


def _columns(head: list[str]) -> list[tuple[int, str]]:
    """Columns of texts and their languages, that of the source first: ``source fi``, or ``fi``."""
    codes, found = Codes(), []
    for place, cell in enumerate(head):
        named = re.fullmatch(
            r"(?:(source|translation|target)\s+)?[\[(]?([a-z_-]{2,20})[\])]?", cell
        )
        if named and (named[1] or codes.of(named[2]) in codes.known):
            found.append((named[1] != SOURCE, place, codes.of(named[2])))
    found.sort(key=lambda one: one[0])
    return [(place, code) for _rank, place, code in found]


def moment(text: str) -> datetime | None:
    """``None`` for what is no moment, or is yet to come."""
    try:
        made = datetime.fromisoformat(text.strip())
        made = made if made.tzinfo else made.replace(tzinfo=UTC)
        made = made.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return made if datetime(1970, 1, 1, tzinfo=UTC) < made <= datetime.now(UTC) else None
