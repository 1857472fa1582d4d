"""All that the memory knows of two languages; and what is brought to it from outside.

Nothing that is there is ever overwritten: another wording of a known source is new.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from html import unescape
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import INLINE_TAGS

from cms.core.hygiene import clean

from .. import policy
from ..models import MemoryEntry
from ..strings.checks import MOST_CHARACTERS, TooLong, clean_words, is_blank, is_unread
from ..strings.stored import Place
from ..strings.wording import lost_tags
from .comparing import translated
from .matching import Origins, name_of

BATCH = 2_000
FAR_TOO_LONG = 10 * MOST_CHARACTERS
ANYWHERE = Place(is_rich=True)
_NAMES = "|".join(INLINE_TAGS)
TAG = re.compile(rf"<(/?)({_NAMES})((?:\s[^<>]*)?)/?>", re.IGNORECASE)
_ID = re.compile(r"""\s+id=(["'])([^"'<>&]*)\1\s*""")
_SIGNS = re.compile(
    r"(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)"
    r"|(?P<tag></?[a-zA-Z][^<>]*>)|(?P<begin><(?=[a-zA-Z/!?]))|[&<>]"
)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def one_tag(text: str) -> str:
    """``text`` as it is stored if it is one of our tags, else nothing."""
    match = TAG.fullmatch(text)
    if not match:
        return ""
    close, name, rest = match[1], match[2].lower(), match[3]
    if name == "br":
        return "<br/>"
    found = _ID.fullmatch(rest.rstrip("/")) if name == "a" and not close else None
    if found:
        return f'<a id="{found[2]}">'
    return f"<{close}{name}>"


def _sign(match: re.Match) -> str:
    if match["entity"]:
        return escaped(unescape(match[0]))
    if match["tag"]:
        # One that says more than ours do stays as it is, and is refused.
        ours, made = TAG.fullmatch(match[0]), one_tag(match[0])
        is_plain = ours and (made.startswith("<a id") or not ours[3].strip(" /"))
        return made if is_plain else match[0]
    return match[0] if match["begin"] else escaped(match[0])


def stored(text: str, is_whole: bool = True) -> str:
    """``text`` as wagtail-localize stores strings, each always in the same way. Of what is far too
    long a part is enough to say so.
    """
    text = text[:FAR_TOO_LONG]
    text = _SIGNS.sub(_sign, text) if "<" in text or "&" in text or ">" in text else text
    text = clean(text.replace("\r\n", "\n").replace("\r", "\n"), line_end="\n")
    return text.strip() if is_whole else text


@dataclass(frozen=True)
class Pair:
    source: str
    target: str
    origin: str = ""
    author: str = ""
    made_at: datetime | None = None

    @property
    def key(self) -> bytes:
        return sha256(f"{self.source}\0{self.target}".encode(errors="replace")).digest()


@dataclass(frozen=True)
class Brought:
    """``source`` and ``target``: codes of languages. ``fault``: why it can't be taken."""

    line: int
    source: str
    target: str
    pair: Pair
    fault: str = ""


def known(user, source: Locale, target: Locale) -> Iterator[Pair]:
    """What the user may see of it, each pair of texts once; read as it is asked for."""
    met: set[bytes] = set()
    for pair in _all(user, source, target):
        if pair.key not in met:
            met.add(pair.key)
            yield pair


def _all(user, source: Locale, target: Locale) -> Iterator[Pair]:
    rows = translated(source.pk, target.pk).exclude(carried__needs_check=True)
    rows = rows.select_related("translation_of", "context", "last_translated_by")
    rows, language = rows.order_by("context__object_id", "-updated_at", "-pk"), get_language()
    site = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(site, BATCH)):
        with override(language):
            pairs = _of_site(user, target, batch)
        yield from pairs
    rows = MemoryEntry.objects.filter(source_locale=source, target_locale=target).order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        texts = stored(row.source), stored(row.target)
        yield Pair(*texts, row.origin, row.author, row.made_at)


def _of_site(user, target: Locale, rows: list[StringTranslation]) -> list[Pair]:
    rows = [row for row in rows if not (is_blank(row.data) or is_unread(row))]
    origins, found = Origins(user, target.pk, rows), []
    for row in rows:
        origin = origins.name(row)
        if origin is not None:
            texts, who = (row.translation_of.data, row.data), name_of(row.last_translated_by)
            found.append(Pair(*map(stored, texts), origin, who, row.updated_at))
    return found


@dataclass
class Plan:
    new: list[Brought] = field(default_factory=list)
    unchanged: list[Brought] = field(default_factory=list)
    skipped: list[tuple[Brought, str]] = field(default_factory=list)

    @property
    def seen(self) -> str:
        """Of what exactly was shown."""
        said = (self.new, len(self.unchanged), self.skipped)
        return sha256(repr(said).encode(errors="replace")).hexdigest()[:16]


class Door:
    """Says why something can't be taken from this user, and knows what is there."""

    def __init__(self, user) -> None:
        self.user = user
        self.locales = {one.language_code: one for one in Locale.objects.all()}
        self.there: dict[tuple[str, str], set[bytes]] = {}
        self.met: dict[tuple[str, str, bytes], int] = {}

    def is_known(self, one: Brought) -> bool:
        languages = one.source, one.target
        if languages not in self.there:
            pairs = known(self.user, *(self.locales[code] for code in languages))
            self.there[languages] = {pair.key for pair in pairs}
        return one.pair.key in self.there[languages]

    def fault(self, one: Brought) -> str:
        return one.fault or self._of_languages(one) or self._of_text(one)

    def _of_languages(self, one: Brought) -> str:
        for code in (one.source, one.target):
            if code not in self.locales:
                return _("This site has no language “%s”.") % code
            if code in policy.WRITTEN_BY_HAND:
                return _("Easy Finnish is written by hand and has no memory.")
        if one.source == one.target:
            return _("Source and translation are in the same language.")
        if not policy.may_teach(self.user, self.locales[one.target].pk):
            return _("You may not add to the memory of “%s”.") % one.target
        return ""

    def _of_text(self, one: Brought) -> str:
        key = one.source, one.target, one.pair.key
        if key in self.met:
            return _("Line %s says the same.") % self.met[key]
        self.met[key] = one.line
        return "" if self.is_known(one) else fault_of(one.pair)


def fault_of(pair: Pair) -> str:
    """The rules for whatever is stored (:mod:`..strings.checks`), of source and translation."""
    for text in (pair.source, pair.target):
        # Before anything reads its tags, which takes long where there are many.
        if len(text) > MOST_CHARACTERS:
            return str(TooLong(text, MOST_CHARACTERS).messages[0])
    try:
        clean_words(pair.source, pair.source, ANYWHERE)
    except ValidationError as error:
        return _("The source can't be used: %s") % " ".join(error.messages)
    try:
        clean_words(pair.source, pair.target, ANYWHERE)
    except ValidationError as error:
        return " ".join(error.messages)
    for tag in lost_tags(pair.source, pair.target):
        return _("The source has <%(tag)s>…</%(tag)s>, the translation has not.") % {"tag": tag}
    return ""


def plan(user, brought: Iterable[Brought]) -> Plan:
    """What :func:`take` would do; nothing is changed."""
    made, door = Plan(), Door(user)
    for one in brought:
        if fault := door.fault(one):
            made.skipped.append((one, fault))
        elif door.is_known(one):
            made.unchanged.append(one)
        else:
            made.new.append(one)
    return made


@transaction.atomic
def take(user, wanted: Plan, origin: str) -> int:
    """All of it or nothing; ``origin`` is said of what does not say its own. Raises
    ``IntegrityError`` where somebody was quicker.
    """
    locales = {one.language_code: one for one in Locale.objects.all()}
    now = timezone.now()
    rows = [
        MemoryEntry(
            source_locale=locales[one.source],
            target_locale=locales[one.target],
            source=one.pair.source,
            target=one.pair.target,
            digest=sha256(one.pair.source.encode()).hexdigest(),
            target_digest=sha256(one.pair.target.encode()).hexdigest(),
            origin=one.pair.origin or origin[:255],
            author=one.pair.author,
            made_at=one.pair.made_at or now,
            added_by=user,
        )
        for one in wanted.new
    ]
    MemoryEntry.objects.bulk_create(rows, batch_size=500)
    return len(rows)
