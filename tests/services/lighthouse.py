"""Lighthouse from the npm registry, kept in the cache folder, driving Debian's Chromium."""

import json
import os
import subprocess
import tempfile
from pathlib import Path

from . import chromium
from .process import ServiceUnavailable, cache_folder, needs

VERSION = "12.8.2"  # the last that runs on the Node 18 of Debian 12
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


def audit(url: str) -> dict:
    """Lighthouse's report of one visit, as its JSON says it: ``categories``, ``audits`` …"""
    executable = chromium.executable()
    if not executable:
        raise ServiceUnavailable("Chromium is not installed")
    flags = " ".join(("--headless=new", *chromium.ARGUMENTS))
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
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
        )
        assert report.exists(), f"Lighthouse failed on {url}: {done.stderr[-2000:]}"
        return json.loads(report.read_text())


def scores(report: dict) -> dict[str, int]:
    """Points of each category, 0 to 100."""
    return {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES}


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
