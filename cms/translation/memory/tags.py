"""A translation of one text made fit for another: its tags are those that the other has."""

import re
from collections import Counter

_TAG = re.compile(r"<(/?)([a-zA-Z]+)([^>]*)>")
_ID = re.compile(r'id="([^"]*)"')


def _links(text: str) -> list[str]:
    return [
        found[1]
        for close, name, rest in _TAG.findall(text)
        if name.lower() == "a" and not close and (found := _ID.search(rest))
    ]


def fitted(made: str, made_for: str, source: str) -> str:
    """``made`` was written for ``made_for``: its links get the ids of ``source`` in their order,
    and tags that ``source`` does not have are left out; their words stay.
    """
    ids = dict(zip(_links(made_for), _links(source), strict=False))
    allowed = Counter(name.lower() for close, name, _rest in _TAG.findall(source) if not close)
    open_names: list[tuple[str, bool]] = []

    def tag(match: re.Match) -> str:
        close, name, rest = match[1], match[2].lower(), match[3]
        if name == "br":
            return match[0] if allowed[name] else " "
        if close:
            known, is_kept = open_names.pop() if open_names else ("", False)
            return match[0] if is_kept and known == name else ""
        found = _ID.search(rest) if name == "a" else None
        wanted = ids.get(found[1]) if found else None
        is_kept = bool(wanted) if name == "a" else bool(allowed[name])
        open_names.append((name, is_kept))
        if not is_kept:
            return ""
        return f'<a id="{wanted}">' if name == "a" else match[0]

    return _TAG.sub(tag, made)
