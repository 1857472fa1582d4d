"""Contact persons: a name, what the person does, and how to reach them, wherever these stand."""

import re
import unicodedata
from collections.abc import Iterator

from .blocks import Line, Span, Text
from .contact import EMAIL, PHONE, TITLE, Contact, reach, title
from .entries import Table
from .people_in_tables import from_tables
from .vocabulary import bare, label_kinds, pattern
from .words import analyses, classes

PARTICLE = r"(?:(?:von|af|de|van|der|al|el|bin|di|da)\s)?"
PART = r"[A-ZÅÄÖÉÜŠŽ][a-zåäöéüšžáíóø]+(?:[-’'][A-ZÅÄÖa-zåäö][a-zåäö]+)*"
NAME = re.compile(rf"(?<![\w@.-]){PART}(?:\s(?:{PARTICLE}{PART}|[A-ZÅÄÖ]\.)){{1,3}}(?![\w@])")
NO_NAME = pattern("people", "NO_NAME")
CONTACT = pattern("people", "CONTACT")
GENERIC = pattern("people", "GENERIC")
ESSIVE = re.compile(r"(\w{4,}[aioöuyä])n[aä]\s(?:on\s)?(?:toimi\w*|työskentel\w*|oli|on)$")
NEAR, FAR = 5, 99  # lines
LONG = 160  # characters of running text


def contacts(
    text: Text, tables: list[Table], organisation_spans: list[tuple[int, int]]
) -> list[Contact]:
    """People with a telephone number or address, and those named as contacts or managers."""
    found = Lines(organisation_spans).read(text)
    for contact in from_tables(tables):
        known = next((each for each in found if each.name == contact.name), None)
        if known is None:
            found.append(contact)
            continue
        for what in ("title", "email", "phone", "organisation"):
            known.take(what, getattr(contact, what), contact.places.get(what, contact.span))
    return [each for each in _spelt(_joined(found)) if each.email or each.phone]


def _spelt(found: list[Contact]) -> list[Contact]:
    """One whose name only an address tells is the one of that name in the text."""
    named = {_folded(each.name): each for each in found if not each.is_guess}
    kept = []
    for each in found:
        known = named.get(_folded(each.name)) if each.is_guess else None
        if known is None:
            kept.append(each)
            continue
        for what in ("email", "phone"):
            known.take(what, getattr(each, what), each.places.get(what, each.span))
    return kept


def _folded(name: str) -> str:
    """As addresses write it: without dots, hyphens and case."""
    plain = unicodedata.normalize("NFKD", name.lower())
    return re.sub(r"[^a-z]", "", plain)


def _joined(found: list[Contact]) -> list[Contact]:
    """One of each name, with all that is told of it."""
    people: dict[str, Contact] = {}
    for contact in found:
        known = people.setdefault(contact.name.lower(), contact)
        for what in ("title", "email", "phone", "organisation"):
            known.take(what, getattr(contact, what), contact.places.get(what, contact.span))
    return list(people.values())


def names_in(span: Span, taken: list[tuple[int, int]] = ()) -> Iterator[Span]:
    """Names of people: two words or three, of which the first isn't a word of the language only."""
    for match in NAME.finditer(span.text):
        start, end = match.span()
        piece = _without_title(match[0])
        start = end - len(piece)
        if len(piece.split()) < 2 or any(
            a < span.start + end and span.start + start < b for a, b in taken
        ):
            continue
        if _may_be_person(piece):
            yield Span(piece, span.start + start)


def _without_title(name: str) -> str:
    words = name.split()
    while len(words) > 1 and (TITLE.fullmatch(words[0]) or NO_NAME.match(words[0])):
        words = words[1:]
    return " ".join(words)


def _may_be_person(name: str) -> bool:
    if NO_NAME.match(name) or TITLE.search(name):
        return False
    first, last = name.split()[0], name.split()[-1]
    if "etunimi" in classes(first) | classes(first.partition("-")[0]) or "sukunimi" in classes(
        last
    ):
        return True
    known = [word for word in (first, last) if analyses(word)]
    return len(known) < 2 and not any(classes(word) & {"paikannimi"} for word in known)


class Lines:
    """Walks the lines; what reaches a person stands on the same line or on the next ones."""

    def __init__(self, taken: list[tuple[int, int]]) -> None:
        self.taken = taken
        self.found: list[Contact] = []
        self.current: Contact | None = None
        self.since, self.waiting = FAR, ""

    def read(self, text: Text) -> list[Contact]:
        for line in text.lines:
            names = list(names_in(line, self.taken)) if _may_hold_names(line) else []
            reached = list(reach(line))
            if names:
                self._people(line, names, reached)
            else:
                self._others(line, reached)
            if len(line.text) > LONG and not names:
                self.current = None
        return self.found

    def _people(self, line: Line, names: list[Span], reached: list) -> None:
        group = [Contact(" ".join(name.text.split()), name) for name in names]
        _share(line, group, reached)
        if self.waiting and self.since < 2:
            group[0].take("title", self.waiting, line)
        self.found += group
        self.current, self.since, self.waiting = group[-1], 0, ""

    def _others(self, line: Line, reached: list) -> None:
        """A line without a name: it goes with the name before it, or waits for the next."""
        self.since += 1
        work = _title_line(line) or (_any_work(line) if self._is_next() else "")
        if self.current and self.since <= NEAR and (reached or work):
            for what, value, span in reached:
                self.current.take(what, value, span)
            if work and not self.current.take("title", work, line):
                self.waiting, self.since = work, 0
        elif any(what == "email" for what, _value, _span in reached):
            self.found += _from_email(reached)
        elif work:
            self.waiting, self.since, self.current = work, 0, None

    def _is_next(self) -> bool:
        """Whether the line before is a person's, whose work isn't told."""
        return self.since == 1 and self.current is not None and not self.current.title


def _any_work(line: Line) -> str:
    """A line of a few small words below a name."""
    text = line.text.strip(" ,")
    return text if re.fullmatch(r"[a-zåäö][\w-]{5,}(?: [\w-]+){0,2}", text) else ""


def _may_hold_names(line: Line) -> bool:
    """In a table only where something reaches a person, or the first cell announces one."""
    if line.kind != "row" or EMAIL.search(line.text) or PHONE.search(line.text):
        return True
    first = line.cells[0].text
    return "contact" in label_kinds(first) or bare(first).lower() in ("nimi", "namn", "name")


def _title_line(line: Line) -> str:
    """The job title that a line of its own holds."""
    text = re.split(r":\s|\t", line.text.strip())[-1].strip(" :,")
    if len(text) < 60 and TITLE.search(text) and not re.search(r"[.!?]", text):
        return title(text)
    return ""


def _share(line: Line, people: list[Contact], reached: list) -> None:
    """Give each person what follows their name, up to the next one; and the title beside it."""
    for at, person in enumerate(people):
        begin = people[at - 1].span.end if at else line.start
        end = people[at + 1].span.start if at + 1 < len(people) else line.end
        for what, value, span in reached:
            if person.span.start <= span.start < end:
                person.take(what, value, span)
        before = line.text[begin - line.start : person.span.start - line.start]
        after = EMAIL.sub("@", line.text[person.span.end - line.start : end - line.start])
        if work := _title_before(before) or _title_after(after):
            person.take("title", work, person.span)
    for what, value, span in reached:
        if len(people) == 1:
            people[0].take(what, value, span)


def _title_before(text: str) -> str:
    piece = re.split(r"[;:.(]\s|,\s|\t|\bja\s|\boch\s|\band\s", text.rstrip(" :,–-\t"))[-1]
    piece = ESSIVE.sub(r"\1", piece.strip(" :,–-\t"))
    match = list(TITLE.finditer(piece))
    if not match or match[-1].end() < len(piece) - 2:
        return ""
    return title(_words_of_title(piece[: match[-1].end()]))


def _words_of_title(piece: str) -> str:
    """The title with its own first word (*vastaava ohjaaja*), without a sentence before it."""
    words = piece.split()
    own = len(words) == 2 and not NO_NAME.match(piece) and "teonsana" not in classes(words[0])
    return piece if own else [match[0] for match in TITLE.finditer(piece)][-1]


def _title_after(text: str) -> str:
    """What follows the name up to a comma; before a number or address it may be any work."""
    piece = re.match(r"\s*[,(–\t-]\s*([^,;()\t\d@]{3,60})(,\s)?", text)
    if not piece:
        return ""
    words = re.sub(r"\s*(?:p\.|puh\.?|tel\.?|tfn\.?|s-posti)?\s*$", "", piece[1])
    any_work = piece[2] and words[:1].islower() and len(words.split()) <= 3
    return title(words) if TITLE.search(words) or any_work else ""


def _from_email(reached: list) -> Iterator[Contact]:
    """``etunimi.sukunimi@`` without a name beside it."""
    for what, value, span in reached:
        local = value.partition("@")[0]
        if (
            what == "email"
            and not GENERIC.match(value)
            and re.fullmatch(r"[a-zåäö-]{2,}\.[a-zåäö-]{2,}", local)
        ):
            name = " ".join(part.capitalize() for part in local.split("."))
            contact = Contact(name, span, is_guess=True)
            contact.take("email", value, span)
            for other, number, place in reached:
                if other == "phone":
                    contact.take("phone", number, place)
            yield contact
