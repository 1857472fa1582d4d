"""The JSON Schema of the format, and its errors in words for people who do not know JSON Schema."""

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource

from ..reading import Place, near, shown

HERE = Path(__file__).parents[1]
NOT_BLANK = r"\S"
PATTERNS = {
    "date": lambda: _("Write the day as YYYY-MM-DD, for example 2018-02-01."),
    "roughDate": lambda: _("Write the day as YYYY-MM-DD, or only YYYY-MM or YYYY."),
    "url": lambda: _("Write the whole address, beginning with https:// or http://."),
    "longUrl": lambda: _("Write the whole address, beginning with https:// or http://."),
    "clock": lambda: _("Write the time as HH:MM, in quotation marks: '17:30'."),
    "amount": lambda: _(
        "Write euro as a plain number such as 290780.00: no spaces, no currency sign, not below 0,"
        " at most two decimals."
    ),
    "id": lambda: _("Use small letters a–z, digits and single hyphens only."),
    "slug": lambda: _("Use small letters a–z, digits and single hyphens only."),
    "blockId": lambda: _("Use letters a–z, digits and single hyphens only."),
    "key": lambda: _("A key is a UUID that export wrote. Leave it out if you do not have one."),
    "place": lambda: _("An official code has two digits (region) or three (municipality)."),
}
TYPES = {
    "string": lambda: _("text"),
    "integer": lambda: _("a whole number"),
    "number": lambda: _("a number"),
    "boolean": lambda: _("true or false"),
    "array": lambda: _("a list, each line beginning with “- ”"),
    "object": lambda: _("a group of fields (name: value)"),
    "null": lambda: _("nothing"),
}


def pattern(_validator, wanted: str, value, _schema) -> Iterator[ValidationError]:
    """As JSON Schema means it: ``$`` is the very end, not also before a last line break."""
    if isinstance(value, str) and not re.search(re.sub(r"\$$", r"\\Z", wanted), value):
        yield ValidationError("")


Validator = extend(Draft202012Validator, {"pattern": pattern})


@functools.cache
def validator(name: str = "schema.json") -> Validator:
    schemas = [
        json.loads((HERE / file).read_text(encoding="utf-8"))
        for file in ("schema.json", "site.schema.json")
    ]
    registry = Registry().with_resources(
        [(schema["$id"], Resource.from_contents(schema)) for schema in schemas]
    )
    chosen = schemas[0] if name == "schema.json" else schemas[1]
    return Validator(chosen, registry=registry)


def check(place: Place, value, name: str = "schema.json") -> bool:
    """Report every error; True if there is none."""
    errors = list(validator(name).iter_errors(value))
    for error in errors:
        for leaf in _leaves(error):
            _report(place, leaf)
    return not errors


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    if error.context:
        for inner in error.context:
            yield from _leaves(inner)
    else:
        yield error


def _report(place: Place, error: ValidationError) -> None:
    for part in error.absolute_path:
        place = place / part
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        for name in sorted(set(error.instance) - set(known)):
            (place / name).fault(_unknown(name, known))
    elif error.validator == "required":
        for name in error.validator_value:
            if name not in error.instance:
                place.fault(_("The field “%(name)s” is missing here.") % {"name": name})
    elif error.validator == "propertyNames" or "propertyNames" in error.schema_path:
        (place / error.instance).fault(PATTERNS["id"]())
    else:
        place.fault(_message(error))


def _unknown(name: str, known) -> str:
    guesses = near(name, known)
    if guesses:
        return _("There is no field of this name. Did you mean %(names)s?") % {
            "names": _either(guesses)
        }
    return _("There is no field of this name here. Possible: %(names)s.") % {
        "names": ", ".join(sorted(known))
    }


def _either(words) -> str:
    return " / ".join(f"“{word}”" for word in words)


def _message(error: ValidationError) -> str:
    kind, wanted, value = error.validator, error.validator_value, error.instance
    limited = {"value": value, "limit": wanted}
    if kind == "enum":
        known = [str(word) for word in wanted if word]
        guesses = near(value, known)
        message = _("%(value)s is not one of: %(names)s.")
        message %= {"value": shown(value), "names": ", ".join(known)}
        if guesses:
            message += _(" Did you mean %(names)s?") % {"names": _either(guesses)}
        return message
    if kind == "const":
        return _("This must be %(value)s.") % {"value": wanted}
    if kind == "type":
        return _wrong_type([wanted] if isinstance(wanted, str) else wanted, value)
    blank = kind == "pattern" and wanted == NOT_BLANK
    if blank or kind == "minLength" or (kind == "minItems" and not value):
        return _("This can't be empty.")
    if kind in ("pattern", "minimum", "maximum"):
        for name, advice in PATTERNS.items():
            if _is_defined_as(error.schema, name):
                return f"{shown(value)}: {advice()}"
    if kind == "minimum":
        return _("%(value)s is too small: at least %(limit)s.") % limited
    if kind == "maximum":
        return _("%(value)s is too large: at most %(limit)s.") % limited
    if kind == "pattern":
        return _("%(value)s is not of the right form.") % {"value": shown(value)}
    if kind == "maxLength":
        message = _("The text is %(length)s characters long; at most %(limit)s fit here.")
        return message % {"length": len(value), "limit": wanted}
    if kind == "minItems":
        return _("There are too few here: at least %(limit)s.") % limited
    if kind == "maxItems":
        return _("There are too many here: at most %(limit)s.") % limited
    if kind == "uniqueItems":
        return _("The same thing stands here twice.")
    return _("This is not as the format asks.")


def _wrong_type(kinds: list[str], value) -> str:
    said = value
    if isinstance(value, bool):
        said = str(value).lower()
    elif isinstance(value, dict):
        said = ", ".join(value)
    elif isinstance(value, list):
        said = _("a list")
    text = _("This must be %(kinds)s, not %(value)s.") % {
        "kinds": _(" or ").join(TYPES[name]() for name in kinds),
        "value": shown(said),
    }
    if (kinds == ["string"] and isinstance(value, int | float)) or hasattr(value, "as_tuple"):
        text += _(" Put it in quotation marks.")
    return text


def _is_defined_as(schema: dict, name: str) -> bool:
    defined = validator().schema["$defs"][name]
    pattern = defined.get("pattern") or defined.get("then", {}).get("pattern")
    return schema.get("pattern") == pattern
