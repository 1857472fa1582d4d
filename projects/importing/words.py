"""What another language says: parsed from the file, and compared with the Finnish it translates.

Two modes. ``words``: passage by passage, kept by wagtail-localize; None stands for "not translated
yet". ``own``: a page with a text of its own, as easy Finnish always is; only facts are shared.
"""

from django.utils.translation import gettext as _

from .bodies import Body
from .faults import near
from .passages import translated
from .shape import Shape
from .shapes import WORDS

OWN_ONLY = {"fi-simple"}
NOT_WORDS = {"image", "document", "decorative"}


def translatable(item: dict) -> dict[str, str]:
    """Parts of a block that have words to translate, with what they say in Finnish."""
    parts = (part for part in Body.parts(item["kind"]) if part not in NOT_WORDS)
    return {name: item[name] for name in parts if item[name]}


def path_of(block: str, kind: str, name: str) -> str:
    """The content path that wagtail-localize gives to this part of a block."""
    if kind in ("heading", "text"):
        return f"body.{block}"
    if kind == "figure" and name == "alt":
        return f"body.{block}.image.alt_text"
    return f"body.{block}.{name}"


def parse(shape: Shape, data: dict, form: dict, place, run) -> dict[str, dict]:
    """``{language: {"mode", "fields", "lists"}}`` of the field ``translations``."""
    found = {}
    for language, words in data.get("translations", {}).items():
        at = place / "translations" / language
        own = shape.body and (language in OWN_ONLY or isinstance(words.get("body"), list))
        parse_one = parse_own if own else parse_words
        found[language] = parse_one(shape, words, form, at, run)
    return found


def parse_own(shape, words, form, place, run) -> dict:
    fields = {name: (words.get(name) or "").strip() for name in WORDS}
    fields["title"] = fields["title"] or form["fields"]["title"]
    fields["state"] = words.get("state", form["fields"]["state"])
    body = shape.body.parse(words.get("body", []), place / "body", run)
    return {"mode": "own", "fields": fields, "lists": {"body": body}}


def parse_words(shape, words, form, place, run) -> dict:
    source = form["fields"]
    fields = {}
    for name in shape.words:
        fields[name] = (words.get(name) or "").strip() or None
        if fields[name] and not source.get(name):
            (place / name).fault(_("Finnish has no such text to translate: give it first."))
    if shape.body is None:
        return {"mode": "words", "fields": fields, "lists": {}}
    fields["state"] = words.get("state", source["state"])
    blocks = form["lists"]["body"]
    given = words.get("body", {})
    for name in given:
        if name not in blocks:
            guesses = near(name, blocks) or list(blocks)
            (place / "body" / name).fault(
                _("The Finnish body has no block of this name. It has: %(names)s.")
                % {"names": ", ".join(guesses) or "–"}
            )
    body = {
        name: parse_block(item, given.get(name, {}), place / "body" / name, run)
        for name, item in blocks.items()
    }
    return {"mode": "words", "fields": fields, "lists": {"body": body}}


def parse_block(item: dict, given: dict, place, run) -> dict:
    source = translatable(item)
    for name in given:
        if name not in source:
            (place / name).fault(
                _("The Finnish block has no such text. It has: %(names)s.")
                % {"names": ", ".join(source) or "–"}
            )
    words = {}
    for name, finnish in source.items():
        value = given.get(name)
        if value is None or not value.strip():
            words[name] = None
        elif name == "text" and Body.is_rich(item["kind"]):
            words[name] = parse_text(finnish, value, place / name, run)
        else:
            words[name] = value.strip()
    return words


def parse_text(finnish: str, value: str, place, run) -> str | None:
    text = run.rich_text(value, place, lang=True)
    passages, wrong = translated(finnish, text)
    if wrong:
        place.fault(wrong)
    return text if any(passage is not None for passage in passages) else None
