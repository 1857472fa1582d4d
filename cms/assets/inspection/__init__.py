"""Parsing of uploaded documents in a process of its own, with limits on time and memory.

Parsers of PDF and Word are written for honest files: one crafted page can take minutes or all
memory, and a thread cannot be stopped. Here the process is started and its answer read;
``python -m cms.assets.inspection.worker`` is the process. It and all modules beside it know no
Django and no database.

What the inspectors of all formats share stands below: faults, links, and text made fit for a
database.
"""

import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path
from urllib.parse import unquote

from cms.core.hygiene import clean

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[3]
OFFICE = frozenset(("docx", "odt", "pptx", "xlsx"))
# Task → what does it, by name so that a process imports nothing else, and its seconds.
TASKS = {
    "docx-text": ("docx:read_docx", 60),
    "office-check": ("office:check_office", 60),
    "office-clean": ("office_metadata:clean_office", 30),
    "pdf-check": ("pdf:check_pdf", 20),
    "pdf-clean": ("pdf_metadata:clean_pdf", 30),
    "pdf-text": ("pdf:read_pdf", 60),
    # A person waits for these; each looks into the file as its check does, and reads it.
    "docx-structure": ("structure_office:read_docx", 15),
    "html-structure": ("structure_html:read_html", 15),
    "odt-structure": ("structure_office:read_odt", 15),
    "pdf-structure": ("structure_pdf:read_pdf", 15),
    "tables": ("tables:read_tables", 15),
}


def inspect_path(path: str, task: str) -> dict:
    """The answer of the inspecting process to ``task`` on the file at ``path``.

    ``pdf-check`` and ``office-check`` give ``{}`` or ``{"fault": code, "detail": word}``;
    ``pdf-text`` and ``docx-text`` give ``{"pages": int | None, "text": str}``; what ends in
    ``-structure`` gives blocks (:mod:`.structure`) or a fault.
    Whatever ends the process early (its limits, a crash of the parser) is ``{"fault": "limits"}``
    or ``{"fault": "damaged"}``, never an exception.
    """
    try:
        done = _run(task, path)
    except subprocess.TimeoutExpired:
        logger.warning("Inspection (%s) took over %s s.", task, TASKS[task][1])
        return {"fault": "limits"}
    try:
        return json.loads(done.stdout)
    except ValueError:
        logger.warning("Inspection (%s) ended with status %s.", task, done.returncode)
        return {"fault": "limits" if done.returncode < 0 else "damaged"}


def inspect_bytes(data: bytes, task: str) -> dict:
    """Write ``data`` to a temporary file and inspect that; see ``inspect_path``."""
    with tempfile.NamedTemporaryFile(suffix=".upload") as file:
        file.write(data)
        file.flush()
        return inspect_path(file.name, task)


def clean_bytes(data: bytes, extension: str) -> bytes:
    """``data`` of a document without names and notes in its properties.

    What cannot be cleaned comes back as it is: signed and encrypted documents among them.
    """
    task = f"{'office' if extension in OFFICE else extension}-clean"
    if task not in TASKS:
        return data
    with tempfile.NamedTemporaryFile(suffix=".upload") as file:
        file.write(data)
        file.flush()
        try:
            done = _run(task, file.name)
        except subprocess.TimeoutExpired:
            logger.warning("Cleaning (%s) took over %s s.", task, TASKS[task][1])
            return data
    return done.stdout if done.returncode == 0 and done.stdout else data


def _run(task: str, path: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603
        [sys.executable, "-P", "-m", "cms.assets.inspection.worker", task, path],
        cwd=ROOT,
        env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=TASKS[task][1],
        check=False,
    )


# Names under which programs and pages hide in other files.
PROGRAM_EXTENSIONS = frozenset(
    [
        *["bat", "cmd", "com", "dll", "exe", "hta", "htm", "html", "jar", "js", "jse"],
        *["lnk", "msi", "php", "ps1", "scr", "sh", "vbe", "vbs", "wsf"],
    ]
)
# Which addresses a reader may be sent to by a click.
SCHEMES = frozenset(("http", "https", "mailto", "tel"))
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
MAX_CHARACTERS = 2_000_000
SOFT = re.compile("[\u00ad\ufeff]")
PRESENTATION_FORMS = re.compile("[\ufb00-\ufb06\ufb1d-\ufdff\ufe70-\ufefc]+")
# A PDF places numbers and Latin names of an Arabic line one by one, and the blanks get lost.
SCRIPT_BORDER = re.compile(
    "(?<=[\u0621-\u064a])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u0621-\u064a])"
)


class Fault(Exception):
    """Why a document is refused: a code (see ``cms.assets.validation``) and what it is."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, " ".join(detail.split())[:80]


def is_ordinary_link(target: str) -> bool:
    """Whether a click on ``target`` opens a page, a letter, a call or a place in the same file.

    A path beside the document is ordinary too. A path from a root is not: a server's name may be
    part of it (``\\\\host\\share``, ``//host``), and Windows hands such a host the reader's name
    and the hash of the password.
    """
    plain = UNSEEN.sub("", target)
    if plain.startswith("#"):
        return True
    if found := SCHEME.match(plain):
        # A path behind a scheme may begin with a slash.
        return found[1].lower() in SCHEMES and not plain[found.end() :].startswith("\\")
    return is_inside(plain)


def is_inside(target: str) -> bool:
    """Whether ``target`` is a path below where it stands, or a place in the same file."""
    plain = unquote(UNSEEN.sub("", target))
    return plain.startswith("#") or not (SCHEME.match(plain) or plain.startswith(("\\", "/")))


def tidy(text: str) -> str:
    """``text`` without control characters and soft hyphens, ligatures and Arabic presentation
    forms as letters, blanks squeezed, at most ``MAX_CHARACTERS`` long.
    """
    text = SOFT.sub("", clean(text, line_end="\n"))
    text = PRESENTATION_FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = SCRIPT_BORDER.sub(" ", text)
    text = re.sub(r"[ \t\u00a0]+", " ", text)
    text = re.sub(r" ?\n ?", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()[:MAX_CHARACTERS]
