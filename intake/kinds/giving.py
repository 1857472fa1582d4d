"""Grants as the 360Giving Data Standard 1.4 publishes them: JSON, CSV or XLSX.

The flat forms name each field by its way in the JSON (``Recipient Org:0:Name``); both become the
same grants. Source: https://standard.threesixtygiving.org/ (release 1.4).
"""

import json
import re
from typing import Any

from django.utils.translation import gettext as _

from cms.core.written import Unreadable as NoValue
from cms.core.written import plain, read_rough_day
from projects.models import AmountKind

from ..found import Document, Passage, Unreadable
from ..tables.draft import Draft
from ..tables.nested import is_head, objects_of
from ..tables.places import Places
from ..tables.reading import is_workbook, sheets_of_text, sheets_of_workbook

NAME = "360giving"
MOST_GRANTS = 5_000
AMOUNTS = {
    "amountAppliedFor": AmountKind.APPLIED,
    "amountAwarded": AmountKind.GRANTED,
    "amountDisbursed": AmountKind.REALISED,
}


def recognises(data: bytes, name: str) -> bool:
    head = data[:3000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"{", b"[")):
        return True
    if is_workbook(data):
        return any(map(is_head, _heads(data, sheets_of_workbook)))
    first = head.decode("utf-8", errors="replace").splitlines()[:1]
    return bool(first) and is_head(re.split(r"[,;\t]", first[0]))


def _heads(data: bytes, read: Any) -> list[list[str]]:
    try:
        return [sheet.rows[0].cells for sheet in read(data)]
    except Unreadable:
        return []


def read(data: bytes, name: str, meanings: dict | None = None) -> Document:
    head = data[:3000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"{", b"[")):
        grants = _of_json(data)
    else:
        sheets = sheets_of_workbook(data) if is_workbook(data) else sheets_of_text(data)
        grants = [grant for sheet in sheets for grant in objects_of(sheet)]
    if not grants:
        raise Unreadable(_("There are no grants in it."))
    if len(grants) > MOST_GRANTS:
        raise Unreadable(_("There are more than %(most)s grants in it.") % {"most": MOST_GRANTS})
    document, places = Document(name, NAME), Places()
    for number, (where, grant) in enumerate(grants, start=1):
        draft = Draft()
        _Grant(grant, where or _("grant %(number)s") % {"number": number}, places).tell(draft)
        document.found.append(draft.found)
    return document


def _of_json(data: bytes) -> list[tuple[str, dict]]:
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("This is no JSON: %(reason)s.") % {"reason": error}) from error
    grants = value.get("grants") if isinstance(value, dict) else value
    if not isinstance(grants, list) or not all(isinstance(grant, dict) for grant in grants):
        raise Unreadable(_("This JSON has no list of grants, as 360Giving writes it."))
    return [("", grant) for grant in grants]


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
                try:
                    draft.put(read_rough_day(text[:10]), self._at(name, text), *path)
                except NoValue as error:
                    draft.refuse(str(error), self._at(name, text))

    def _tell_organisations(self, draft: Draft) -> None:
        for group, row in (
            ("recipientOrganization", "organisations"),
            ("fundingOrganization", "funding"),
        ):
            for organisation in self._each(group):
                if name := plain(self._text(organisation, "name")):
                    passage = self._at(group, name)
                    identifier = draft.record(
                        "organisations", name, passage, **_facts(organisation)
                    )
                    role = "lead" if row == "organisations" else "main"
                    draft.add({"organisation": identifier, "role": role}, passage, row)
        for programme in self._each("grantProgramme")[:1]:
            if name := plain(self._text(programme, "title")):
                passage = self._at("grantProgramme", name)
                draft.put(draft.record("programmes", name, passage), passage, "programme")

    def _tell_amounts(self, draft: Draft) -> None:
        currency = self._text(self.grant, "currency") or "EUR"
        for name, kind in AMOUNTS.items():
            text = self._text(self.grant, name)
            if not text:
                continue
            if currency.upper() != "EUR":
                message = _("%(amount)s %(currency)s: sums of other currencies have no place.")
                draft.refuse(message % {"amount": text, "currency": currency}, self._at(name, text))
            elif not re.fullmatch(r"\d{1,10}(\.\d+)?", text):
                message = _("“%(text)s” is no sum in euro. Write it as 290780.50.")
                draft.refuse(message % {"text": text[:40]}, self._at(name, text))
            else:
                row = {"source": "total", "kind": str(kind), "amount": f"{float(text):.2f}"}
                draft.add(row, self._at(name, text), "amounts")

    def _tell_places(self, draft: Draft) -> None:
        for location in self._each("beneficiaryLocation"):
            name = self._text(location, "name")
            code = self._text(location, "countryCode")
            group, found = self.places.find(name) if name else ("", "")
            if not group and code:
                group, found = self.places.find(code.upper())
            if group:
                row = found if group == "areas" else {"code": found}
                draft.add(row, self._at("beneficiaryLocation", name or code), group)
            elif name:
                message = _("“%(name)s” is no place of the official lists.")
                draft.refuse(message % {"name": name[:60]}, self._at("beneficiaryLocation", name))


def _facts(organisation: dict) -> dict[str, str]:
    """Its identifier, unless that is of 360Giving's own making or of an organisation in Finland."""
    identifier = str(organisation.get("id") or "")
    facts = {"website": str(organisation.get("url") or "")}
    if match := re.fullmatch(r"FI-PRO-(\d{7}-\d)", identifier):
        return facts | {"business_id": match[1]}
    if re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{2,12}-[\w./-]{1,60}", identifier):
        return facts | {"other_ids": identifier}
    return facts
