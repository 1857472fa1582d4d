"""Several things in one cell, apart by ``;`` or a new line; quotation marks keep one together."""

import re
from collections.abc import Callable, Iterable

_PARTS = re.compile(r'"(?:[^"]|"")*"|[^;\n"]+|"')
_WORDS = re.compile(r"\s*(?:,|;|\n|/|\bja\b|\boch\b|\bsekä\b|\bsamt\b|\band\b|&)\s*", re.IGNORECASE)


def parts_of(cell: str) -> list[str]:
    found, open_part = [], ""
    for match in _PARTS.finditer(cell):
        part = match.group()
        quoted = len(part) > 1 and part.startswith('"') and part.endswith('"')
        open_part += part[1:-1].replace('""', '"') if quoted else part
        after = cell[match.end() : match.end() + 1]
        if after in (";", "\n", ""):
            found.append(open_part.strip())
            open_part = ""
    return [part for part in [*found, open_part.strip()] if part]


def joined(parts: Iterable[str]) -> str:
    return "; ".join(quoted(part) for part in parts)


def quoted(part: str) -> str:
    needs = any(sign in part for sign in ';\n"')
    return '"' + part.replace('"', '""') + '"' if needs else part


def words_of(cell: str, is_known: Callable[[str], bool]) -> list[str]:
    """Names in running text: *Kemi, Tornio ja Simo*. What is known as a whole is not cut."""
    found: list[str] = []
    for part in parts_of(cell):
        pieces = [part] if is_known(part) else _WORDS.split(part)
        found += [piece.strip(" .") for piece in pieces if piece.strip(" .")]
    return found


def with_brackets(part: str) -> tuple[str, str, str]:
    """Name, what stands in the last brackets before a colon or the end, and what follows it."""
    head, colon, tail = part.partition("): ")
    if colon:
        head += ")"
    elif ": " in part and not part.endswith(")"):
        head, _colon, tail = part.rpartition(": ")
    match = re.fullmatch(r"(.*\S)\s*\(([^()]*)\)", head, re.DOTALL)
    return (match[1], match[2], tail) if match else (head, "", tail)
