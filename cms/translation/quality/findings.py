"""What a check says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """``name`` of the check; ``detail`` is what exactly was found, at most 64 characters, so that a
    dismissal of it holds for nothing else. What ``blocks`` is refused, and can't be dismissed.
    """

    name: str
    message: str
    detail: str = ""
    blocks: bool = False
