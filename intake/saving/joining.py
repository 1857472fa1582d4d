"""Who is who among many projects: organisations, people and words that files name, each once.

What the registers know is joined with its record; what only files name, in whichever spelling,
becomes one new record. Somebody's choice at the review goes before either.
"""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from projects.importing import Lookup
from projects.twins import KINDS, SURE
from projects.twins.index import Entry, Index

NEW = "new"
REFERENCES = {
    "organisations": (("organisations", "organisation"), ("funding", "organisation")),
    "people": (("contacts", "person"),),
}
PLAIN = ("themes", "target_groups")
MOST_TWINS = 5


@dataclass
class Thing:
    """An organisation, person or word of the files. ``twins``: records that it may be.

    ``choice`` is :data:`NEW`, the id of a record, or the id of another thing of the files.
    """

    kind: str
    identifier: str
    facts: dict[str, Any]
    projects: int = 0
    twins: list = field(default_factory=list)
    choice: str = NEW
    new_id: str | None = None
    """The same in all projects of the import, once it is given."""

    @property
    def name(self) -> str:
        return self.facts.get("name", self.identifier)

    @property
    def is_new(self) -> bool:
        return self.choice == NEW


class Joining:
    """Made once for an import; ``rewritten`` gives data with the ids that were chosen."""

    def __init__(
        self,
        projects: Iterable[dict],
        choices: dict,
        user: Any = None,
        lookup: Lookup | None = None,
    ) -> None:
        self.lookup = lookup or Lookup()
        self.things: dict[tuple[str, str], Thing] = {}
        for data in projects:
            self._collect(data)
        for model, known in KINDS.items():
            kind = self.lookup.kind_of(model)
            of_kind = [thing for thing in self.things.values() if thing.kind == kind]
            if of_kind:
                self._join(of_kind, known, user, choices.get(kind, {}))

    def _collect(self, data: dict) -> None:
        for kind, records in data.get("records", {}).items():
            for identifier, facts in records.items():
                known = self.things.setdefault(
                    (kind, identifier), Thing(kind, identifier, {"name": facts.get("name", "")})
                )
                known.projects += 1
                for name, value in facts.items():
                    known.facts.setdefault(name, value)

    def _join(self, things: list[Thing], known: type, user: Any, chosen: dict) -> None:
        register = known(user)
        for thing in things:
            marks = {str(mark): thing.facts.get(name, "") for mark, name in known.marks.items()}
            thing.twins = register.twins(thing.name, **marks)[:MOST_TWINS]
            if thing.twins and thing.twins[0].score >= SURE:
                thing.choice = self.lookup.identifier(thing.kind, thing.twins[0].record)
        self._join_among([thing for thing in things if thing.is_new], known)
        for thing in things:
            thing.choice = self._allowed(chosen.get(thing.identifier), thing)

    def _join_among(self, things: list[Thing], known: type) -> None:
        """Spellings of one name that no register has: the first of them stands for all."""
        first: dict[str, Thing] = {}
        index = Index([Entry(t.identifier, known.parse(t.name)) for t in things], known.likeness)
        for thing in things:
            name = known.parse(thing.name)
            near = {key: score for key, score in index.near(name).items() if score >= SURE}
            near |= {key: 1.0 for key, agree in index.same(name).items() if agree}
            heads = [first[key] for key in near if key in first and not _at_odds(thing, first[key])]
            first[thing.identifier] = head = heads[0] if heads else thing
            if head is not thing:
                thing.choice = head.identifier
                for fact, value in thing.facts.items():
                    head.facts.setdefault(fact, value)

    def _allowed(self, wanted: str | None, thing: Thing) -> str:
        """The choice that somebody made, if it is one that was shown."""
        shown = {self.lookup.identifier(thing.kind, twin.record) for twin in thing.twins}
        return wanted if wanted == NEW or wanted in shown else thing.choice

    def rewritten(self, data: dict) -> dict:
        data = deepcopy(data)
        records = data.pop("records", {})
        kept: dict[str, dict] = {}
        ids = {kind: self._ids(kind, of_kind, kept) for kind, of_kind in records.items()}
        for kind, places in REFERENCES.items():
            for group, name in places:
                for row in data.get(group, []):
                    row[name] = ids.get(kind, {}).get(row[name], row[name])
        for person in kept.get("people", {}).values():
            if owner := person.get("organisation"):
                person["organisation"] = ids.get("organisations", {}).get(owner, owner)
        for group in PLAIN:
            if group in data:
                data[group] = list(dict.fromkeys(ids.get(group, {}).get(i, i) for i in data[group]))
        if programme := data.get("programme"):
            data["programme"] = ids.get("programmes", {}).get(programme, programme)
        for group in ("organisations", "funding", "contacts"):
            if group in data:
                data[group] = _each_once(data[group])
        return data | ({"records": kept} if kept else {})

    def _ids(self, kind: str, records: dict, kept: dict) -> dict[str, str]:
        """Of the file's ids those of the records; new ones are kept in their best form."""
        found = {}
        for identifier in records:
            thing = self.things[kind, identifier]
            if not thing.is_new and (kind, thing.choice) in self.things:
                thing = self.things[kind, thing.choice]
            found[identifier] = thing.identifier if thing.is_new else thing.choice
            if thing.is_new:
                if thing.new_id is None:
                    thing.new_id = self.lookup.free(kind, thing.identifier)
                found[identifier] = new = thing.new_id
                kept.setdefault(kind, {})[new] = dict(thing.facts)
        return found


def _at_odds(one: Thing, other: Thing) -> bool:
    """Two marks that differ: two things of one name."""
    return any(
        one.facts.get(mark) and other.facts.get(mark) and one.facts[mark] != other.facts[mark]
        for mark in ("business_id", "email")
    )


def _each_once(rows: list[dict]) -> list[dict]:
    """Two spellings that are joined are one row."""
    found: list[dict] = []
    for row in rows:
        if row not in found:
            found.append(row)
    return found
