"""Grants as the 360Giving Data Standard 1.4 publishes them: JSON, CSV or XLSX.

The flat forms name each field by its way in the JSON (``Recipient Org:0:Name``); both become the
same grants. Source: https://standard.threesixtygiving.org/ (release 1.4).
"""

from typing import Any

from django.utils.translation import gettext as _

from cms.core.written import plain, read_euro, read_rough_day
from projects.models import AmountKind

from ..found import Document, Passage, Unreadable
from ..tables.draft import Draft
from ..tables.nested import (
    facts_of,
    has_grants,
    is_json,
    last_day,
    objects_of_json,
    objects_of_tables,
)
from ..tables.places import Places

NAME = "360giving"
MOST_GRANTS = 5_000
AMOUNTS = {
    "amountAppliedFor": AmountKind.APPLIED,
    "amountAwarded": AmountKind.GRANTED,
    "amountDisbursed": AmountKind.REALISED,
}

ROLES = (
    ("recipientOrganization", "organisations", "lead"),
    ("fundingOrganization", "funding", "main"),
)


def recognises(data: bytes, name: str) -> bool:
    return is_json(data) or has_grants(data)


def read(data: bytes, name: str, meanings: dict | None = None) -> Document:
    grants = objects_of_json(data) if is_json(data) else objects_of_tables(data)
    if not grants:
        raise Unreadable(_("There are no grants in it."))
    if len(grants) > MOST_GRANTS:
        raise Unreadable(_("There are more than %(most)s grants in it.") % {"most": MOST_GRANTS})
    places = Places()
    drafts: dict[str, Draft] = {}
    for number, (where, grant) in enumerate(grants, start=1):
        where = where or _("grant %(number)s") % {"number": number}
        # Several rows tell of one grant: the standard repeats its identifier.
        draft = drafts.setdefault(str(grant.get("id") or where), Draft())
        _Grant(grant, where, places).tell(draft)
    return Document(name, NAME, found=[draft.found for draft in drafts.values()])


class _Grant:
    """One grant, told to a draft field by field."""

    def __init__(self, grant: dict, where: str, places: Places) -> None:
        self.grant, self.where, self.places = grant, where, places

    def tell(self, draft: Draft) -> None:
        if title := self._text(self.grant, "title"):
            draft.title(title, self._at("title", title))
        for name, field in (("description", "lead"), ("url", "website")):
            if text := self._text(self.grant, name):
                draft.put(text, self._at(name, text), field)
        if identifier := self._text(self.grant, "id"):
            row = {"scheme": "360Giving", "code": identifier[:80]}
            draft.add(row, self._at("id", identifier), "codes")
        self._tell_days(draft)
        self._tell_organisations(draft)
        self._tell_amounts(draft)
        self._tell_places(draft)

    def _at(self, name: str, text: str) -> Passage:
        return Passage(text, f"{self.where}, {name}")

    def _text(self, value: Any, name: str) -> str:
        found = value.get(name) if isinstance(value, dict) else None
        return str(found).strip() if isinstance(found, str | int | float) else ""

    def _each(self, name: str) -> list[dict]:
        rows = self.grant.get(name)
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    def _tell_days(self, draft: Draft) -> None:
        days = (self._each("actualDates") or self._each("plannedDates") or [{}])[0]
        told = (
            ("startDate", days, ("period", "start")),
            ("endDate", days, ("period", "end")),
            ("awardDate", self.grant, ("award_date",)),
        )
        for name, value, path in told:
            if text := self._text(value, name):
                with draft.telling(passage := self._at(name, text)):
                    draft.put(read_rough_day(text[:10]), passage, *path)

        start, months = draft.data.get("period", {}).get("start"), self._text(days, "duration")
        if start and (end := last_day(start, months)) and "endDate" not in days:
            draft.put(end, self._at("duration", months), "period", "end")

    def _tell_organisations(self, draft: Draft) -> None:
        for group, rows, role in ROLES:
            for organisation in self._each(group):
                if name := plain(self._text(organisation, "name")):
                    passage, facts = self._at(group, name), facts_of(organisation)
                    known = draft.record("organisations", name, passage, **facts)
                    draft.add({"organisation": known, "role": role}, passage, rows)
        for programme in self._each("grantProgramme")[:1]:
            if name := plain(self._text(programme, "title")):
                passage = self._at("grantProgramme", name)
                draft.put(draft.record("programmes", name, passage), passage, "programme")

    def _tell_amounts(self, draft: Draft) -> None:
        currency = self._text(self.grant, "currency") or "EUR"
        for name, kind in AMOUNTS.items():
            text, passage = self._text(self.grant, name), self._at(name, "")
            if text and currency.upper() != "EUR":
                message = _("%(amount)s %(currency)s: sums of other currencies have no place.")
                draft.refuse(message % {"amount": text, "currency": currency}, passage)
            elif text:
                with draft.telling(passage):
                    draft.amount(str(kind), read_euro(text), self._at(name, text))

    def _tell_places(self, draft: Draft) -> None:
        for location in self._each("beneficiaryLocation"):
            name = self._text(location, "name")
            code = self._text(location, "countryCode").upper()
            passage = self._at("beneficiaryLocation", name or code)
            found = (self.places.find(each) for each in (name, code) if each)
            group, value = next((pair for pair in found if pair[0]), ("", ""))
            if group:
                draft.add(value if group == "areas" else {"code": value}, passage, group)
            elif name:
                message = _("“%(name)s” is no place of the official lists.")
                draft.refuse(message % {"name": name[:60]}, passage)
