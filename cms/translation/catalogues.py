"""The interface catalogues, checked before they are served (:mod:`.compiling` compiles them).

A string is for staff, in two languages, if every place that uses it is: a template or module of the
admin, the name or help text of a model field, block, panel or setting, or a message of a command.
Anything else may reach a visitor and has to be translated into every language.

Packages are translated by volunteers, and their newest strings in few languages. Ours for them are
in ``locale/upstream``, apart from the catalogues that ``make messages`` collects from our own code:
it would drop them. After an upgrade ``manage.py check_catalogues`` names what is new.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings
from django.utils.translation import to_locale

from .as_in_finnish import FALLS_BACK_RIGHTLY

SOURCE_OF_STRINGS = "en"
COMPLETE = "fi"  # the one language that the admin speaks too, beside English
FALLS_BACK = "fi-simple"  # to Finnish, where easy words are not needed (:mod:`.as_in_finnish`)

PERCENT = re.compile(r"%\(\w+\)[a-z]|%[sd]")
BRACE = re.compile(r"\{\w*\}")
TAG = re.compile(r"</?[a-z][a-z0-9]*")
# A translator's comment may say what is left out on purpose: ``# without %(model_name)s: why``.
DROPPED = re.compile(r"without (%\(\w+\)[a-z])")
COUNT = re.compile(r"count|number|total|num|minutes|pages|n\b")


@dataclass(frozen=True)
class Fault:
    """One catalogue entry that is not fit to be served."""

    language: str
    kind: str  # "missing", "fuzzy", "placeholder", or "needless" in the list of what falls back
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
        entries = [entry for file in files for entry in polib.pofile(str(file))]
        entries = [entry for entry in entries if not entry.obsolete]
        for entry in entries:
            faults += [Fault(code, "placeholder", entry.msgid, text) for text in _lost(entry)]
        wanted = [entry for entry in entries if _is_wanted(entry, code)]
        for entry in wanted:
            if not entry.translated():
                faults.append(Fault(code, "fuzzy" if entry.fuzzy else "missing", entry.msgid))
        if code == FALLS_BACK:
            faults += _needless(entries)
        if not files:
            faults.append(Fault(code, "missing", "django.po"))
        totals[code] = (sum(entry.translated() for entry in wanted), len(wanted))
    return faults, totals


def _is_wanted(entry: polib.POEntry, code: str) -> bool:
    if code == SOURCE_OF_STRINGS:
        return False
    if code == COMPLETE:
        return True
    return is_public(entry) and not (code == FALLS_BACK and entry.msgid in FALLS_BACK_RIGHTLY)


def _needless(entries: list[polib.POEntry]) -> list[Fault]:
    """What is said to fall back to Finnish though it does not, or no longer reaches the public."""
    falling = {entry.msgid for entry in entries if is_public(entry) and not entry.translated()}
    return [Fault(FALLS_BACK, "needless", text) for text in sorted(FALLS_BACK_RIGHTLY - falling)]


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


STAFF_PATHS = re.compile(
    r"/admin/|/wagtailadmin/|/wagtailusers/|/wagtail_localize/|/management/|/importing/"
    r"|(^|/)(wagtail_hooks|apps|checks|panels|validators|admin|guards|viewsets|foreign)\.py$"
    r"|(^|/)(doubles|first_hour|required_pages|importing)\.py$|^(news|cms/core)/models\.py$"
    r"|^cms/(assets|users|repair|translation|settings)/|^intake/|^projects/(twins|joining|unloading)/"
    r"|^asking/(letters|staff)\.py$|/asking/questions\.html$"
    r"|^cms/core/(written|rough_dates)\.py$|^home/views\.py$|/home/required/"
)
NAMES_OF_RECORDS = re.compile(r"(^|/)(models|blocks)(/|\.py$)")
STAFF_KEYWORDS = {"verbose_name", "verbose_name_plural", "help_text", "heading", "description"}
BLOCK_KEYWORDS = STAFF_KEYWORDS | {"label", "label_format", "group", "preview_value"}
FIELD = re.compile(r"(Field|Key|Panel)$")
GETTEXT = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy", "ngettext"}
GETTEXT |= {"ngettext_lazy", "npgettext", "npgettext_lazy"}


def is_public(entry: polib.POEntry) -> bool:
    """True unless staff alone can meet the string. Without a known place, it is public."""
    places = {path for path, _line in entry.occurrences}
    for path in places:
        if STAFF_PATHS.search(path):
            continue
        names_records = path.endswith(".py") and NAMES_OF_RECORDS.search(path)
        if not names_records or entry.msgid not in _staff_strings(settings.BASE_DIR / path):
            return True
    return not places


@cache
def _staff_strings(file: Path) -> frozenset[str]:
    """Strings of a models or blocks module that only name or explain fields to editors."""
    try:
        tree = ast.parse(file.read_text())
    except (OSError, SyntaxError):
        return frozenset()
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    staff, public = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in GETTEXT:
            strings = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            (staff if _for_staff(node, parents) else public).update(strings)
    return frozenset(staff - public)


def _for_staff(node: ast.AST, parents: dict) -> bool:
    parent = parents.get(node)
    if isinstance(parent, ast.keyword):
        return parent.arg in BLOCK_KEYWORDS
    if isinstance(parent, ast.Assign):
        return any(_for_editors(target) for target in parent.targets)
    if isinstance(parent, ast.Call):
        name = _name(parent.func)
        return bool(FIELD.search(name)) or name.endswith(("ValidationError", "Validator"))
    if isinstance(parent, (ast.Dict, ast.BinOp, ast.Call)):
        return _for_staff(parent, parents)
    return False


def _for_editors(target: ast.AST) -> bool:
    """What a name, or a row of the faults of a form, is given."""
    if isinstance(target, ast.Subscript):
        return _name(target.value) == "errors"
    return _name(target) in BLOCK_KEYWORDS


def _name(node: ast.AST) -> str:
    return getattr(node, "attr", None) or getattr(node, "id", "") or ""


DOMAINS = ("django", "djangojs")


def gaps(language: str) -> list[str]:
    """Strings of installed packages for which no catalogue of the site has a translation."""
    found = []
    for domain in DOMAINS:
        known = set(_translated(language, domain))
        for name, folder in _packages():
            source = folder / "en" / "LC_MESSAGES" / f"{domain}.po"
            for entry in polib.pofile(str(source)) if source.exists() else []:
                if not entry.obsolete and (entry.msgctxt, entry.msgid) not in known:
                    found.append(f"{name}: untranslated: “{' '.join(entry.msgid.split())}”")
    return found


def _packages() -> Iterator[tuple[str, Path]]:
    """Installed applications that are not ours, with their folder of catalogues."""
    for app in apps.get_app_configs():
        path = Path(app.path)
        if "site-packages" in path.parts or not path.is_relative_to(settings.BASE_DIR):
            yield app.name, path / "locale"


def _translated(language: str, domain: str) -> Iterator[tuple[str | None, str]]:
    folders = [folder for _name, folder in _packages()] + list(map(Path, settings.LOCALE_PATHS))
    for folder in folders:
        file = folder / to_locale(language) / "LC_MESSAGES" / f"{domain}.po"
        for entry in polib.pofile(str(file)) if file.exists() else []:
            if entry.translated() and not entry.fuzzy:
                yield entry.msgctxt, entry.msgid
