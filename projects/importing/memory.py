"""What files said last time, kept in :class:`projects.models.ImportRecord`."""

from ..models import ImportRecord
from .merging import Merge, as_seen, merge

BARE = ("lead", "search_description", "association_name")


class Memory:
    """The records of one object, in all its languages."""

    def __init__(self, kind: str, identifier: str, key):
        self.kind, self.identifier, self.key = kind, identifier, key
        rows = ImportRecord.objects.filter(kind=kind, translation_key=key)
        self.rows = {row.language: row for row in rows}

    def seen(self, language: str) -> dict | None:
        row = self.rows.get(language)
        return row and row.seen

    def merge(self, language: str, wanted: dict, current: dict | None, run, shape=None) -> Merge:
        """Merge, and add what happened to the run's account.

        An empty page of the site's frame that no file has filled yet is there to be filled.
        """
        fresh = self.kind.startswith("site-") and self.seen(language) is None and is_bare(current)
        result = merge(wanted, current, self.seen(language), run.overwrite or fresh)
        if result.kept and shape and not shape.holds(result.form):
            result.keep(shape.together, current)
        label = f"{self.kind} {self.identifier} ({language})"
        run.changed += [f"{label}: {name}" for name in result.changed]
        run.kept += [f"{label}: {name}" for name in result.kept]
        return result

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
            defaults={"identifier": self.identifier, "seen": seen},
        )
        self.rows[language] = row


def is_bare(form: dict | None) -> bool:
    if form is None:
        return True
    words = [value for name, value in form["fields"].items() if name in BARE]
    return not any(words) and not form["lists"].get("body")
