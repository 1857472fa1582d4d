"""What a workplace needs beside wagtail-localize's own models: whose work it is and where it
stands (:mod:`.work`), and the words that help translators (:mod:`.words`).

Sources, segments, strings and their translations stay wagtail-localize's.
"""

from .easy import EasyPage, EasySection
from .words import DismissedCheck, MemoryEntry, Term, TermWord, Upload
from .work import (
    CarriedTranslation,
    LanguageRights,
    MailChoice,
    Notice,
    RequestedVersion,
    TranslationRequest,
    Work,
)

__all__ = [
    "CarriedTranslation",
    "DismissedCheck",
    "EasyPage",
    "EasySection",
    "LanguageRights",
    "MailChoice",
    "MemoryEntry",
    "Notice",
    "RequestedVersion",
    "Term",
    "TermWord",
    "TranslationRequest",
    "Upload",
    "Work",
]
