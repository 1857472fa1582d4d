"""The invented reports of ``reports/``, and what a person finds in each."""

from pathlib import Path

import yaml

from tests.intake.writers import written

FOLDER = Path(__file__).with_name("reports")


def reports() -> list[Path]:
    return sorted(FOLDER.glob("*.yaml"))


def opened(path: Path) -> tuple[bytes, dict]:
    """The file as it would be uploaded, and its facts as a project file has them."""
    told = yaml.safe_load(path.read_text())
    return written(told["text"], told["form"]), project(told["facts"])


def project(told: dict) -> dict:
    """The short way in which the facts are noted here, as a project file."""
    data = {
        name: str(told[name]) for name in ("title", "acronym", "code", "website") if name in told
    }
    data["period"] = {name: str(day) for name, day in told["period"].items()}
    if "realised" in told:
        data["realised_public_funding"] = told["realised"]
    records = {"organisations": {}, "people": {}, "programmes": {}}
    if "programme" in told:
        data["programme"] = "programme"
        records["programmes"]["programme"] = {"name": told["programme"]}
    for kind in ("organisations", "funding"):
        data[kind] = [_row(row, records["organisations"]) for row in told.get(kind, ())]
    names = ("source", "kind", "amount", "year")
    data["amounts"] = [dict(zip(names, row, strict=False)) for row in told.get("amounts", ())]
    for kind in ("municipalities", "regions"):
        data[kind] = [{"code": code} for code in told.get(kind, ())]
    data["contacts"] = [{"person": person["name"]} for person in told.get("contacts", ())]
    records["people"] = {person["name"]: person for person in told.get("contacts", ())}
    data["body"] = [{"kind": kind} for kind in told.get("sections", ())]
    return data | {"records": records}


def _row(row: list, known: dict) -> dict:
    known[row[0]] = {"name": row[0]}
    return {"organisation": row[0], "role": row[1]} | ({"amount": row[2]} if row[2:] else {})
