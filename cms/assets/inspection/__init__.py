"""Parsing of uploaded documents in a process of its own, with limits on time and memory.

Parsers of PDF and Word are written for honest files: one crafted page can take minutes or all
memory, and a thread cannot be stopped. Here the process is started and its answer read;
``python -m cms.assets.inspection.worker`` is the process. It and all modules beside it know no
Django and no database.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
from pathlib import Path

__all__ = ["TASKS", "clean_bytes", "inspect_bytes", "inspect_path"]

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
}


def inspect_path(path: str, task: str) -> dict:
    """The answer of the inspecting process to ``task`` on the file at ``path``.

    ``pdf-check`` and ``office-check`` give ``{}`` or ``{"fault": code, "detail": word}``;
    ``pdf-text`` and ``docx-text`` give ``{"pages": int | None, "text": str}``.
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
