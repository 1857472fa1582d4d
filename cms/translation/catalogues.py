"""The interface catalogues, checked before they are served (:mod:`.compiling` compiles them)."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import to_locale

from .audience import is_public

SOURCE_OF_STRINGS = "en"
COMPLETE = "fi"  # the one language that the admin speaks too, beside English
FALLS_BACK = "fi-simple"  # to Finnish, where easy words are not needed

PERCENT = re.compile(r"%\(\w+\)[a-z]|%[sd]")
BRACE = re.compile(r"\{\w*\}")
TAG = re.compile(r"</?[a-z][a-z0-9]*")
# A translator's comment may say what is left out on purpose: ``# without %(model_name)s: why``.
DROPPED = re.compile(r"without (%\(\w+\)[a-z])")
COUNT = re.compile(r"count|number|total|num|n\b")


@dataclass(frozen=True)
class Fault:
    """One catalogue entry that is not fit to be served."""

    language: str
    kind: str  # "missing", "fuzzy" or "placeholder"
    msgid: str
    detail: str = ""

    def __str__(self) -> str:
        text = " ".join(self.msgid.split())
        text = text if len(text) <= 90 else text[:89] + "…"
        return f"{self.language}: {self.kind}: “{text}”" + (
            f" ({self.detail})" if self.detail else ""
        )


def catalogue_files() -> dict[str, list[Path]]:
    """The ``.po`` files of each language of the site."""
    files = {}
    for code, _name in settings.LANGUAGES:
        folders = [Path(path) / to_locale(code) / "LC_MESSAGES" for path in settings.LOCALE_PATHS]
        files[code] = [file for folder in folders for file in sorted(folder.glob("*.po"))]
    return files


def check_all() -> tuple[list[Fault], dict[str, tuple[int, int]]]:
    """Faults of all catalogues, and for each language (translated, wanted) strings."""
    faults, totals = [], {}
    for code, files in catalogue_files().items():
        translated = wanted = 0
        for file in files:
            for entry in polib.pofile(str(file)):
                if entry.obsolete:
                    continue
                faults += [Fault(code, "placeholder", entry.msgid, text) for text in _lost(entry)]
                if code == SOURCE_OF_STRINGS or not (code == COMPLETE or is_public(entry)):
                    continue
                wanted += 1
                if entry.fuzzy:
                    faults.append(Fault(code, "fuzzy", entry.msgid))
                elif not entry.translated():
                    if code != FALLS_BACK:
                        faults.append(Fault(code, "missing", entry.msgid))
                else:
                    translated += 1
        if not files:
            faults.append(Fault(code, "missing", "django.po"))
        totals[code] = (translated, wanted)
    return faults, totals


def _marks(text: str) -> Counter:
    marks = Counter(PERCENT.findall(text)) + Counter(BRACE.findall(text))
    return marks + Counter(TAG.findall(text))


def _lost(entry: polib.POEntry) -> list[str]:
    """What a translation lost or invented: placeholders and tags of its source.

    A plural form for one thing may say "one" in words: there the count may be missing.
    """
    if entry.fuzzy:
        return []
    faults = []
    forms = entry.msgstr_plural or {None: entry.msgstr}
    allowed = set(_marks(entry.msgid)) | set(_marks(entry.msgid_plural))
    for number, text in forms.items():
        if not text:
            continue
        source = entry.msgid if number in (None, 0) else entry.msgid_plural
        lost = set(_marks(source)) - set(_marks(text)) - set(DROPPED.findall(entry.tcomment))
        if number is not None:
            lost = {mark for mark in lost if not COUNT.search(mark)}
        invented = set(_marks(text)) - allowed
        if lost:
            faults.append(f"lost {', '.join(sorted(lost))} in “{text}”")
        if invented:
            faults.append(f"unknown {', '.join(sorted(invented))} in “{text}”")
    return faults
