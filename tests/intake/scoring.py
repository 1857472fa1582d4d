"""Counting a report's facts one by one: what was found, against what a person finds in it."""

import re
from collections.abc import Iterator


def plain(value) -> str:
    """For comparing: case, dashes, quotation marks and blanks don't count."""
    return re.sub(r"[\W_]+", " ", str(value).lower()).strip()


def facts(data: dict) -> set[tuple]:
    """Every fact of a project file, flat: each is one to find."""
    records = data.get("records", {})
    found = {(name, plain(data[name])) for name in ("title", "acronym", "code") if data.get(name)}
    found |= {("period", name, str(day)) for name, day in data.get("period", {}).items()}
    if data.get("realised_public_funding"):
        found.add(("realised", float(data["realised_public_funding"])))
    if data.get("website"):
        found.add(("website", re.sub(r"^(https?://)?(www\.)?|/$", "", data["website"])))
    if data.get("programme"):
        programme = records["programmes"][data["programme"]]
        found.add(("programme", plain(programme.get("short_name") or programme["name"])))
    found |= {("municipality", each["code"]) for each in data.get("municipalities", ())}
    found |= {("region", each["code"]) for each in data.get("regions", ())}
    found |= {("section", each["kind"]) for each in data.get("body", ()) if each["kind"] != "free"}
    found |= {
        ("sum", each["source"], each["kind"], each.get("year", 0), float(each["amount"]))
        for each in data.get("amounts", ())
    }
    return found | set(_of_organisations(data, records)) | set(_of_people(data, records))


def _of_organisations(data: dict, records: dict) -> Iterator[tuple]:
    names = {key: plain(x["name"]) for key, x in records.get("organisations", {}).items()}
    for row in data.get("organisations", ()):
        yield "organisation", names[row["organisation"]], row["role"]
    for row in data.get("funding", ()):
        yield "funder", names[row["organisation"]], row["role"]
        if row.get("amount"):
            yield "amount", names[row["organisation"]], float(row["amount"])


def _of_people(data: dict, records: dict) -> Iterator[tuple]:
    for row in data.get("contacts", ()):
        person = records["people"][row["person"]]
        name = plain(person["name"])
        yield "contact", name
        for what in ("title", "email"):
            if person.get(what):
                yield what, name, person[what].lower()
        if person.get("phone"):
            yield "phone", name, re.sub(r"^358", "0", re.sub(r"\D", "", person["phone"]))


def f1(pairs: list[tuple[set, set]]) -> float:
    """Of (found, right) pairs: the harmonic mean of how much is right and how much is found."""
    hits = sum(len(found & right) for found, right in pairs)
    return 2 * hits / (sum(len(found) + len(right) for found, right in pairs) or 1)
