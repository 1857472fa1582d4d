"""Projects as grants of the 360Giving Data Standard 1.4 (https://standard.threesixtygiving.org/).

What is not known is left out, also where the standard wants it: an unknown sum is no zero.
"""

import json

from projects.models import AmountKind, AmountSource

SCHEME = "360Giving"
AMOUNTS = {
    AmountKind.APPLIED: "amountAppliedFor",
    AmountKind.GRANTED: "amountAwarded",
    AmountKind.REALISED: "amountDisbursed",
}


def write(projects: list[dict]) -> bytes:
    value = {"grants": [grant_of(data) for data in projects]}
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def grant_of(data: dict) -> dict:
    codes = {row["scheme"]: row["code"] for row in data.get("codes", [])}
    period = {end: data.get("period", {}).get(end) for end in ("start", "end")}
    grant = {
        "id": codes.get(SCHEME) or f"360G-katto-{data['id']}",
        "title": data.get("official_name") or data["title"],
        "description": data.get("lead"),
        "currency": "EUR",
        **_amounts(data),
        "awardDate": data.get("award_date"),
        "plannedDates": [{f"{end}Date": day for end, day in period.items() if day}],
        "recipientOrganization": _organisations(data, "organisations", "lead"),
        "fundingOrganization": _organisations(data, "funding", "main"),
        "beneficiaryLocation": _places(data),
        "grantProgramme": _programme(data),
        "url": data.get("website"),
    }
    return {name: value for name, value in grant.items() if value not in (None, [], [{}])}


def _amounts(data: dict) -> dict[str, float]:
    return {
        AMOUNTS[row["kind"]]: float(row["amount"])
        for row in data.get("amounts", [])
        if row["kind"] in AMOUNTS and row["source"] == AmountSource.TOTAL and "year" not in row
    }


def _organisations(data: dict, group: str, role: str) -> list[dict]:
    found = []
    for row in data.get(group, []):
        if row["role"] == role:
            identifier = row["organisation"]
            record = data.get("records", {}).get("organisations", {}).get(identifier, {})
            told = {"id": _mark(record, identifier), "name": record.get("name", identifier)}
            told |= {"url": record["website"]} if record.get("website") else {}
            found.append(told)
    return [row for number, row in enumerate(found) if row not in found[:number]]


def _mark(record: dict, identifier: str) -> str:
    """As org-id.guide writes it; of its own making where no register knows the organisation."""
    if record.get("business_id"):
        return f"FI-PRO-{record['business_id']}"
    return (record.get("other_ids") or "").split(" ")[0] or f"360G-katto-{identifier}"


def _places(data: dict) -> list[dict]:
    places = [*data.get("municipalities", []), *data.get("regions", [])]
    found = [{"name": place["name"], "countryCode": "FI"} for place in places if "name" in place]
    return found + [{"countryCode": area} for area in data.get("areas", []) if len(area) == 2]


def _programme(data: dict) -> list[dict]:
    programme = data.get("programme")
    record = data.get("records", {}).get("programmes", {}).get(programme, {})
    return [{"code": programme, "title": record.get("name", programme)}] if programme else []
