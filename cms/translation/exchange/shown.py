"""How a preview shows what a file would do."""

from typing import Any

from django.utils.translation import gettext_lazy

from cms.core.languages import language_direction

from .planning import CHANGED, EMPTY, FAULTY, NEW, SKIPPED, UNCHANGED, Line, Plan

SHOWN = 200
"""Lines of each kind that are listed."""
SHOWN_SIGNS = 600
HEADINGS = {
    FAULTY: gettext_lazy("To be mended first"),
    NEW: gettext_lazy("New"),
    CHANGED: gettext_lazy("Changed"),
    SKIPPED: gettext_lazy("Left out"),
    UNCHANGED: gettext_lazy("Unchanged"),
    EMPTY: gettext_lazy("Without a translation"),
}
LISTED = (FAULTY, NEW, CHANGED, SKIPPED)


def counts(made: Plan) -> list[tuple[str, int]]:
    return [(heading, len(made.of(kind))) for kind, heading in HEADINGS.items()]


def parts(made: Plan) -> list[dict[str, Any]]:
    return [_part(made, kind) for kind in LISTED if made.of(kind)]


def _part(made: Plan, kind: str) -> dict[str, Any]:
    lines = made.of(kind)
    return {
        "kind": kind,
        "heading": HEADINGS[kind],
        "count": len(lines),
        "more": max(0, len(lines) - SHOWN),
        "lines": [_shown(line) for line in lines[:SHOWN]],
    }


def _shown(line: Line) -> dict[str, Any]:
    """Without a string of the site, only what the file says is shown."""
    translation = line.translation
    code = translation.target_locale.language_code if translation else ""
    source = translation.source.locale.language_code if translation else ""
    return {
        "where": line.entry.where,
        "thing": translation.source.object_repr if translation else "",
        "source": _short(line.segment.string.data if line.segment else line.entry.source),
        "before": _short(line.before),
        "after": _short(line.after or line.entry.target),
        "reason": line.reason,
        "warnings": line.warnings,
        "is_changed": line.kind == CHANGED,
        "source_code": source,
        "source_direction": language_direction(source) if source else "auto",
        "code": code,
        "direction": language_direction(code) if code else "auto",
    }


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_SIGNS else f"{text[:SHOWN_SIGNS]}…"
