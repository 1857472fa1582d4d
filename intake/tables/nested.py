"""Flat tables whose headings name the way into an object: ``Recipient Org:0:Name``.

So 360Giving's spreadsheets and text files say what its JSON says.
"""

import json
import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from ..found import Unreadable
from .reading import Sheet, is_workbook, sheets_of_text, sheets_of_workbook

Way = list[str | int]
LISTS = {
    *("recipientOrganization", "fundingOrganization", "beneficiaryLocation", "plannedDates"),
    *("actualDates", "grantProgramme", "location", "classifications"),
}
MOST_IN_LIST = 50
PREFIX = "360G-"
TITLES = {
    "identifier": "id",
    "applieddate": "dateApplied",
    "planneddates": "plannedDates",
    "actualdates": "actualDates",
    "awarddate": "awardDate",
    "recipientorg": "recipientOrganization",
    "recipientorganization": "recipientOrganization",
    "recipientindividual": "recipientIndividual",
    "fundingorg": "fundingOrganization",
    "fundingorganization": "fundingOrganization",
    "beneficiarylocation": "beneficiaryLocation",
    "grantprogramme": "grantProgramme",
    "amountappliedfor": "amountAppliedFor",
    "amountawarded": "amountAwarded",
    "amountdisbursed": "amountDisbursed",
    "startdate": "startDate",
    "enddate": "endDate",
    "charitynumber": "charityNumber",
    "companynumber": "companyNumber",
    "webaddress": "url",
    "geographiccode": "geoCode",
    "countrycode": "countryCode",
    "datemodified": "dateModified",
}


def is_json(data: bytes) -> bool:
    return data[:3000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))


def has_grants(data: bytes) -> bool:
    """Whether a workbook or a text with separators is one of grants."""
    try:
        if is_workbook(data):
            return any(map(is_sheet_of_grants, sheets_of_workbook(data)))
    except Unreadable:
        return False
    lines = data[:3000].removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace").split("\n")
    first, second = (re.split(r"[,;\t]", line.strip()) for line in [*lines, ""][:2])
    return is_head(first, second)


def is_head(cells: list[str], below: list[str]) -> bool:
    """Whether a row has the headings of grants, or the next the identifier of one."""
    ways = [way_of(cell) for cell in cells]
    named = any(way[:1] in (["fundingOrganization"], ["recipientOrganization"]) for way in ways)
    return (["amountAwarded"] in ways and named) or any(
        way == ["id"] and cell.strip(' "').upper().startswith(PREFIX)
        for way, cell in zip(ways, below, strict=False)
    )


def is_sheet_of_grants(sheet: Sheet) -> bool:
    below = sheet.rows[1].cells if len(sheet.rows) > 1 else []
    return is_head(sheet.rows[0].cells, below)


def objects_of_tables(data: bytes) -> list[tuple[str, dict]]:
    sheets = sheets_of_workbook(data) if is_workbook(data) else sheets_of_text(data)
    return [grant for sheet in sheets for grant in objects_of(sheet)]


def objects_of(sheet: Sheet) -> Iterator[tuple[str, dict]]:
    """Where each row stands, and its object."""
    if not is_sheet_of_grants(sheet):
        return
    head, *rows = sheet.rows
    ways = [way_of(cell) for cell in head.cells]
    for row in rows:
        grant: dict = {}
        for way, text in zip(ways, row.cells, strict=False):
            if text and way:
                _put(grant, way, text)
        if grant:
            yield _("row %(row)s") % {"row": row.number}, grant


def way_of(heading: str) -> Way:
    """``Recipient Org:0:Name`` → recipientOrganization, 0, name; a first one needs no number."""
    found: Way = []
    for part in re.split(r"[:/]", heading.strip()):
        words = re.sub(r"[^a-z0-9]", "", part.lower())
        if words.isdecimal():
            found.append(int(words))
        elif words:
            found.append(TITLES.get(words, _camel(part)))
    if found and found[0] in LISTS and (len(found) < 2 or not isinstance(found[1], int)):
        found.insert(1, 0)
    return found


def _camel(part: str) -> str:
    words = re.findall(r"[A-Za-z0-9]+", part)
    if len(words) == 1:
        return words[0][:1].lower() + words[0][1:]
    return "".join([words[0].lower(), *(word.capitalize() for word in words[1:])]) if words else ""


def _put(grant: dict, way: Way, text: str) -> None:
    place: Any = grant
    for part, following in zip(way, [*way[1:], None], strict=True):
        fresh: Any = text if following is None else ([] if isinstance(following, int) else {})
        if isinstance(place, list):
            if not isinstance(part, int) or part > MOST_IN_LIST:
                return
            while len(place) <= part:
                place.append({})
            place = place[part]
            continue
        if not isinstance(place, dict):
            return
        place = place.setdefault(part, fresh)


def objects_of_json(data: bytes) -> list[tuple[str, dict]]:
    """The same of JSON, whose objects stand in no row. Raises :class:`Unreadable`."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("This is no JSON: %(reason)s.") % {"reason": error}) from error
    grants = value.get("grants") if isinstance(value, dict) else value
    if not isinstance(grants, list) or not all(isinstance(grant, dict) for grant in grants):
        raise Unreadable(_("This JSON has no list of grants, as 360Giving writes it."))
    return [("", grant) for grant in grants]


def facts_of(organisation: dict) -> dict[str, str]:
    """Its identifier, unless that is of 360Giving's own making or of an organisation in Finland."""
    identifier = str(organisation.get("id") or "")
    facts = {"website": str(organisation.get("url") or "")}
    if match := re.fullmatch(r"FI-PRO-(\d{7}-\d)", identifier):
        return facts | {"business_id": match[1]}
    if re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{2,12}-[\w./-]{1,60}", identifier):
        return facts | {"other_ids": identifier}
    return facts


def last_day(start: str, months: str) -> str:
    """Of so many months from a whole day on; an empty text where that can't be said."""
    if not (re.fullmatch(r"\d{4}-\d\d-\d\d", start) and re.fullmatch(r"[1-9]\d{0,2}", months)):
        return ""
    first = date.fromisoformat(start)
    year, month = divmod(first.year * 12 + first.month - 1 + int(months), 12)
    day = min(first.day, monthrange(year, month + 1)[1])
    return (date(year, month + 1, day) - timedelta(days=1)).isoformat()
