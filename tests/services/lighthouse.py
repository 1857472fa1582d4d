"""Lighthouse from the npm registry, kept in the cache folder, driving Debian's Chromium."""

import json
import os
import subprocess
import tempfile
from pathlib import Path

from . import chromium
from .process import ServiceUnavailable, cache_folder, needs

VERSION = "12.8.2"  # the last that runs on the Node 18 of Debian 12
VISITS = 3
PATIENCE = 300  # s for one visit: a lame machine is none of the page's faults
CATEGORIES = ("performance", "accessibility", "best-practices")


def command() -> list[str]:
    """What to run; fetches the package the first time."""
    needs("node", "npm")
    folder = cache_folder() / f"lighthouse-{VERSION}"
    entry = folder / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not entry.exists():
        install = ["npm", "install", "--prefix", str(folder), "--no-fund", "--no-audit"]
        done = subprocess.run(
            [*install, "--loglevel=error", f"lighthouse@{VERSION}"], capture_output=True, text=True
        )
        if done.returncode or not entry.exists():
            raise ServiceUnavailable(f"npm could not fetch lighthouse {VERSION}: {done.stderr}")
    return ["node", str(entry)]


class NotAudited(ServiceUnavailable):
    """Lighthouse gave no marks, however often it was asked; the message says why."""


def audit(url: str, needed: tuple[str, ...] = CATEGORIES) -> dict:
    """Lighthouse's report of one visit, as its JSON says it: ``categories``, ``audits`` …

    On a busy machine a visit can fail for no fault of the page (no first paint in time, a tab that
    died): then there is no mark where one should be, and the visit is made again.
    """
    reasons = []
    for _visit in range(VISITS):
        report = visit(url)
        reason = failure(report, needed)
        if not reason:
            return report
        reasons.append(reason)
    raise NotAudited(f"{url}: no marks in {VISITS} visits: {'; '.join(dict.fromkeys(reasons))}")


def visit(url: str) -> dict:
    """One visit; where there is no report, what Lighthouse said in place of one."""
    executable = chromium.executable()
    if not executable:
        raise ServiceUnavailable("Chromium is not installed")
    flags = " ".join(("--headless=new", *chromium.ARGUMENTS))
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        try:
            done = subprocess.run(
                [
                    *command(),
                    url,
                    "--quiet",
                    "--output=json",
                    f"--output-path={report}",
                    f"--only-categories={','.join(CATEGORIES)}",
                    f"--chrome-flags={flags}",
                ],
                env=os.environ | {"CHROME_PATH": executable},
                capture_output=True,
                text=True,
                stdin=subprocess.DEVNULL,
                timeout=PATIENCE,
            )
            return json.loads(report.read_text())
        except subprocess.TimeoutExpired:
            said = f"no report after {PATIENCE} s"
        except (OSError, ValueError):
            said = done.stderr.strip()[-500:] or f"it ended with {done.returncode} and no report"
        return {"runtimeError": {"message": said}}


def failure(report: dict, needed: tuple[str, ...]) -> str:
    """Why a report has no mark in a needed category; empty if it has all."""
    if error := report.get("runtimeError"):
        return error.get("message") or error.get("code") or "unknown error"
    marks = scores(report)
    lacking = [name for name in needed if name not in marks]
    if not lacking:
        return ""
    errors = [
        audit["errorMessage"]
        for audit in report.get("audits", {}).values()
        if audit.get("errorMessage")
    ]
    return f"no mark for {', '.join(lacking)} ({'; '.join(dict.fromkeys(errors)) or 'unsaid why'})"


def scores(report: dict) -> dict[str, int]:
    """Points of each category, 0 to 100; a category without a mark is left out."""
    marks = {name: report["categories"].get(name, {}).get("score") for name in CATEGORIES}
    return {name: round(mark * 100) for name, mark in marks.items() if mark is not None}


def complaints(report: dict) -> list[str]:
    """Audits that cost points."""
    lines = []
    for name in CATEGORIES:
        for part in report["categories"][name]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                value = audit.get("displayValue", "")
                items = json.dumps(audit.get("details", {}).get("items", [])[:3])[:600]
                lines.append(f"{name}: {audit['title']} {value} {items}")
    return lines
