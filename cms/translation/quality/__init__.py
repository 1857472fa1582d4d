"""What a machine can see to be wrong with a translation, each finding with its reason.

Two texts in, findings out: nothing here asks the database.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """``name`` of the check; ``detail`` is what exactly was found, so that a dismissal of it holds
    for nothing else. What ``blocks`` is refused, and can't be dismissed.
    """

    name: str
    message: str
    detail: str = ""
    blocks: bool = False
