"""The user; and what is held of a person, in every room: each registers how it tells and forgets.

A right of the person (GDPR, Articles 15 and 17); the rooms below do not know of those above. What
is told here is of a person as a user: the account, what she did, signing in.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import AbstractUser
from django.db.models import Q, QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import ModelLogEntry, PageLogEntry, Revision


class User(AbstractUser):
    """The project's own user from the first migration, so that it can grow without a swap."""


MIN_LENGTH = 5
"""Shorter words would be found in everything."""
AROUND = 200
"""Characters of a text that are given around a mention: the rest is about others."""


@dataclass(frozen=True)
class Subject:
    """A person as the site may know her. ``words``: names, addresses and numbers to look for."""

    keys: frozenset = frozenset()
    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    files: dict[str, Any] = field(default_factory=dict, compare=False)
    """Name in the export → the stored file to copy; those who tell may add some."""

    @property
    def words(self) -> set[str]:
        found = self.names | self.emails | self.phones
        return {word for word in found if len(word) >= MIN_LENGTH}

    @property
    def spellings(self) -> set[str]:
        """The words as they may stand in a database.

        SQLite folds the case of ASCII alone. In JSON, letters beyond ASCII are escaped, and the
        body of a revision is JSON within JSON.
        """
        cases = {x for word in self.words for x in (word, word.lower(), word.upper(), word.title())}
        once = {json.dumps(each)[1:-1] for each in cases}
        return cases | once | {json.dumps(each)[1:-1] for each in once}

    def mentions(self, *fields: str) -> Q:
        """Rows in which some of the fields, text or JSON as text, has one of the words."""
        found = Q(pk__in=[])
        for name in fields:
            for spelling in self.spellings:
                found |= Q(**{f"{name}__icontains": spelling})
        return found

    def passages(self, value: Any, path: str = "") -> Iterator[dict[str, str]]:
        """The places in a JSON value that have one of the words, with a little around each."""
        if isinstance(value, dict):
            for name, item in value.items():
                yield from self.passages(item, f"{path}.{name}" if path else str(name))
        elif isinstance(value, list | tuple):
            for number, item in enumerate(value):
                yield from self.passages(item, f"{path}[{number}]")
        elif isinstance(value, str):
            with suppress(ValueError):
                if value[:1] in "[{" and (inner := json.loads(value)) is not None:
                    yield from self.passages(inner, path)
                    return
            for word in sorted(self.words):
                place = value.casefold().find(word.casefold())
                if place >= 0:
                    start = max(0, place - AROUND)
                    yield {"where": path, "text": value[start : place + len(word) + AROUND]}
                    return


Tell = Callable[[Subject], Any]
Forget = Callable[[Subject], None]
_tellers: dict[str, Tell] = {}
_forgetters: dict[str, Forget] = {}


def register_personal_data(name: str, tell: Tell, forget: Forget | None = None) -> None:
    """``tell``: plain values for JSON, empty where nothing is held. ``forget``: drop it."""
    _tellers[name] = tell
    if forget:
        _forgetters[name] = forget


def tell_all(subject: Subject) -> dict[str, Any]:
    return {name: tell(subject) for name, tell in _tellers.items()}


def forget_all(subject: Subject) -> None:
    for forget in _forgetters.values():
        forget(subject)


def facts(record, leave_out: Iterable[str] = ()) -> dict[str, Any]:
    """The columns of a record by name, as plain values."""
    left_out = set(leave_out)
    return {
        column.name: column.value_to_string(record)
        for column in record._meta.concrete_fields
        if column.name not in left_out
    }


SECRET = ("password", "key", "session_hash")


def accounts(subject: Subject) -> QuerySet:
    wanted = Q(pk__in=[])
    for email in subject.emails:
        wanted |= Q(email__iexact=email) | Q(username__iexact=email)
    return User.objects.filter(wanted)


def tell(subject: Subject) -> list[dict]:
    """Everything but secrets (password, keys of devices), which tell nothing of the person."""
    told = []
    for user in accounts(subject):
        names = {user.get_username(), user.email} - {""}
        profile = getattr(user, "wagtail_userprofile", None)
        told.append(
            {
                "account": facts(user, SECRET),
                "groups": list(user.groups.order_by("name").values_list("name", flat=True)),
                "preferences": facts(profile) if profile else {},
                "second_factor": [
                    facts(each, SECRET) for each in TOTPDevice.objects.filter(user=user)
                ],
                "sign_ins": [
                    {"kind": model._meta.model_name, **facts(row, SECRET)}
                    for model in (AccessAttempt, AccessFailureLog, AccessLog)
                    for row in model.objects.filter(username__in=names).order_by("attempt_time")
                ],
                "actions": [
                    {
                        "action": entry.action,
                        "object": entry.label,
                        "at": entry.timestamp.isoformat(),
                    }
                    for model in (PageLogEntry, ModelLogEntry)
                    for entry in model.objects.filter(user=user).order_by("timestamp")
                ],
                "revisions_written": Revision.objects.filter(user=user).count(),
            }
        )
    return told
