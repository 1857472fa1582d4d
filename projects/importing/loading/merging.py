"""Three-way merge of what a file says, what the page says, and what the file said last time.

The last is kept in :class:`projects.models.ImportRecord`. A *form* is ``{"fields": {name: value},
"lists": {name: {item key: {name: value}}}}`` of JSON values; items keep their order. The *seen*
form has hashes for values and pairs for items, since JSON columns do not keep the order of keys.
"""

from dataclasses import dataclass, field
from uuid import UUID

from ...models import ImportRecord
from ..checking import fingerprint
from ..format import Shape

ABSENT = object()
BARE = ("lead", "search_description", "association_name")


@dataclass
class Merge:
    """The form to store, the names that change by it, and those kept for an editor's sake."""

    form: dict
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def keep(self, names: tuple, current: dict) -> None:
        """Take the page's word in these fields after all."""
        for name in names:
            if self.form["fields"][name] != current["fields"][name]:
                self.form["fields"][name] = current["fields"][name]
                self.changed.remove(name)
                self.kept.append(name)


class Memory:
    """What files said of one object last time, in all its languages; and what becomes of it now."""

    def __init__(self, kind: str, identifier: str, run, key: UUID | None = None) -> None:
        self.kind, self.identifier, self.run = kind, identifier, run
        self.key = key or run.directory.key(kind, identifier)
        rows = list(ImportRecord.objects.filter(kind=kind, translation_key=self.key))
        former = [row for row in rows if row.is_former and row.identifier == identifier]
        self.is_former = bool(former)
        own = former or [row for row in rows if not row.is_former]
        self.rows = {row.language: row for row in own}

    def seen(self, language: str) -> dict | None:
        row = self.rows.get(language)
        return row and row.seen

    def label(self, language: str | None = None) -> str:
        return f"{self.kind} {self.identifier}" + (f" ({language})" if language else "")

    def keep(self, reason: str, language: str | None = None) -> None:
        self.run.outcome.kept.append(f"{self.label(language)}: {reason}")

    def merge(self, language: str, wanted: dict, now: dict | None, shape: Shape | None) -> Merge:
        """Merge, and add what happened to the run's account."""
        overwrite = self.run.overwrite or self.is_unfilled(language, now)
        result = merge(wanted, now, self.seen(language), overwrite)
        if result.kept and shape and not shape.holds(result.form):
            result.keep(shape.together, now)
        label = self.label(language)
        self.run.outcome.changed += [f"{label}: {name}" for name in result.changed]
        self.run.outcome.kept += [f"{label}: {name}" for name in result.kept]
        return result

    def is_unfilled(self, language: str, form: dict | None) -> bool:
        """An empty page of the site's frame that no file has filled yet is there to be filled."""
        if not self.kind.startswith("site-") or self.seen(language) is not None:
            return False
        if form is None:
            return True
        words = [value for name, value in form["fields"].items() if name in BARE]
        return not any(words) and not form["lists"].get("body")

    def store(self, language: str, wanted: dict) -> None:
        """Write only what differs: an import that changes nothing writes nothing."""
        seen = as_seen(wanted)
        row = self.rows.get(language)
        if row and row.seen == seen and row.identifier == self.identifier:
            return
        row, _created = ImportRecord.objects.update_or_create(
            kind=self.kind,
            translation_key=self.key,
            language=language,
            is_former=self.is_former,
            **({"identifier": self.identifier} if self.is_former else {}),
            defaults={"identifier": self.identifier, "seen": seen},
        )
        self.rows[language] = row


def merge(wanted: dict, current: dict | None, seen: dict | None, overwrite: bool) -> Merge:
    """``current`` is None where there is nothing yet; ``seen`` where no file was ever loaded."""
    if current is None:
        return Merge(wanted, changed=["*"])
    seen = seen or {"fields": {}, "lists": {}}
    result = Merge({"fields": {}, "lists": {}})
    result.form["fields"] = _values(
        wanted["fields"], current["fields"], seen["fields"], overwrite, "", result
    )
    for name, items in wanted["lists"].items():
        before = seen["lists"].get(name, [])
        result.form["lists"][name] = _items(
            name, items, current["lists"].get(name, {}), dict(before), overwrite, result
        )
    return result


def _values(wanted, current, seen, overwrite, prefix, result) -> dict:
    merged = {}
    for name, value in wanted.items():
        now = current.get(name, ABSENT)
        if now is ABSENT or now == value:
            merged[name] = value
            if now is ABSENT:
                result.changed.append(f"{prefix}{name}")
        elif overwrite or fingerprint(now) == seen.get(name):
            merged[name] = value
            result.changed.append(f"{prefix}{name}")
        else:
            merged[name] = now
            result.kept.append(f"{prefix}{name}")
    return merged


def _items(name, wanted, current, seen, overwrite, result) -> dict:
    merged = {}
    for key, item in wanted.items():
        label = f"{name}[{key}]"
        if key in current and set(current[key]) != set(item):
            same = _untouched(current[key], seen.get(key))
            merged[key] = item if overwrite or same else current[key]
            (result.changed if overwrite or same else result.kept).append(label)
        elif key in current:
            merged[key] = _values(
                item, current[key], seen.get(key, {}), overwrite, f"{label}.", result
            )
        elif key in seen and not overwrite:
            result.kept.append(label)
        else:
            merged[key] = item
            result.changed.append(label)
    for key, item in current.items():
        if key in wanted:
            continue
        label = f"{name}[{key}]"
        same = _untouched(item, seen.get(key))
        if overwrite or same:
            result.changed.append(label)
        else:
            merged[key] = item
            result.kept.append(label)
    order, moved, refused = _order(list(wanted), list(current), list(seen), overwrite)
    if moved:
        result.changed.append(f"{name}: order")
    if refused:
        result.kept.append(f"{name}: order")
    return {key: merged[key] for key in order if key in merged}


def _untouched(item: dict, seen: dict | None) -> bool:
    return seen is not None and all(fingerprint(item[sub]) == seen.get(sub) for sub in item)


def _order(wanted: list, current: list, seen: list, overwrite: bool) -> tuple[list, bool, bool]:
    """Keys in the order to store; does that move anything; is an editor's order kept."""
    common = set(wanted) & set(current)
    by_file = [key for key in wanted if key in common]
    by_page = [key for key in current if key in common]
    if by_file == by_page:
        return _woven(current, wanted), False, False
    by_memory = [key for key in seen if key in common]
    if overwrite or by_memory == by_page:
        return _woven(wanted, current), True, False
    return _woven(current, wanted), False, True


def _woven(first: list, second: list) -> list:
    """``first`` with the keys only in ``second`` put after the key they follow there."""
    order = list(first)
    previous = None
    for key in second:
        if key not in order:
            order.insert(order.index(previous) + 1 if previous is not None else 0, key)
        previous = key
    return order


def as_seen(form: dict) -> dict:
    return {
        "fields": {name: fingerprint(value) for name, value in form["fields"].items()},
        "lists": {
            name: [
                [key, {sub: fingerprint(value) for sub, value in item.items()}]
                for key, item in items.items()
            ]
            for name, items in form["lists"].items()
        },
    }
