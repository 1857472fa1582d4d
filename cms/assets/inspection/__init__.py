"""Parsing of uploaded documents in a process of its own, with limits on time and memory.

Parsers of PDF and Word are written for honest files: one crafted page can take minutes or all
memory, and a thread cannot be stopped. ``python -m cms.assets.inspection`` knows no Django and no
database; it gets a file name and answers in JSON.
"""

from .run import clean_bytes, inspect_bytes, inspect_path

__all__ = ["clean_bytes", "inspect_bytes", "inspect_path"]
