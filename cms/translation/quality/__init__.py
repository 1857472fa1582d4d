"""What a machine can see to be wrong with a translation, each finding with its reason.

Two texts in, findings out: nothing here asks the database but the glossary.
"""

from django.utils.translation import gettext as _

from .. import terms
from .comparing import compared
from .findings import Finding
from .writing import written

__all__ = ["Finding", "findings"]


def findings(source: str, target: str, source_language: str, target_language: str) -> list[Finding]:
    """Of two strings as wagtail-localize stores them; what blocks comes first."""
    languages = source_language, target_language
    found = [
        *compared(source, target, languages),
        *written(source, target, languages),
        *_of_terms(source, target, languages),
    ]
    return sorted(dict.fromkeys(found), key=lambda one: not one.blocks)


def _of_terms(source: str, target: str, languages: tuple[str, str]) -> list[Finding]:
    found = []
    for one in terms.misused(source, target, *languages):
        instead = ", ".join(one.instead)
        if one.kind == terms.MISSED:
            message = _("The agreed translation of “%(word)s” is: %(instead)s.")
        elif instead:
            message = _("“%(word)s” is not to be used. Write: %(instead)s.")
        else:
            message = _("“%(word)s” is not to be used.")
        message %= {"word": one.word, "instead": instead}
        if one.note:
            message = f"{message} ({one.note})"
        found.append(Finding(f"term-{one.kind}", message, f"{one.term}:{one.word}"[:64]))
    return found
