"""Who reads a string of the interface: the public in seven languages, or the staff in two.

A string is for staff if every place that uses it is: a template or module of the admin, the name
or help text of a model field, block, panel or setting, or a message of a command. Anything else
may reach a visitor and has to be translated into every language.
"""

import ast
import re
from functools import cache
from pathlib import Path

import polib
from django.conf import settings

STAFF_PATHS = re.compile(
    r"/admin/|/wagtailadmin/|/wagtailusers/|/wagtail_localize/|/management/|/importing/"
    r"|(^|/)(wagtail_hooks|apps|checks|panels|validators|admin|guards|viewsets)\.py$"
    r"|^cms/(assets|users|translation|settings)/"
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
    return not places or any(_public_in(path, entry.msgid) for path in places)


def _public_in(path: str, msgid: str) -> bool:
    if STAFF_PATHS.search(path):
        return False
    if path.endswith(".py") and NAMES_OF_RECORDS.search(path):
        return msgid not in _staff_strings(Path(settings.BASE_DIR) / path)
    return True


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
        return any(_name(target) in BLOCK_KEYWORDS for target in parent.targets)
    if isinstance(parent, ast.Call):
        name = _name(parent.func)
        return bool(FIELD.search(name)) or name.endswith("ValidationError")
    if isinstance(parent, (ast.Dict, ast.BinOp, ast.Call)):
        return _for_staff(parent, parents)
    return False


def _name(node: ast.AST) -> str:
    return getattr(node, "attr", None) or getattr(node, "id", "") or ""
