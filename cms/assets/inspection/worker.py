"""The inspecting process: ``python -m cms.assets.inspection.worker TASK PATH`` prints JSON.

A task that cleans prints the cleaned file instead.
"""

import json
import resource
import sys
from pathlib import Path

MEMORY_BYTES = 1_500 * 1024 * 1024
CPU_SECONDS = 45


def limit() -> None:
    """Take the right to much memory, much time and any file from this process."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def main(task: str, path: str) -> dict:
    if task == "office-check":
        from .office import check_office

        return check_office(path)
    if task == "docx-text":
        from .docx import read_docx

        return read_docx(path)
    from .pdf import check_pdf, read_pdf

    return check_pdf(path) if task == "pdf-check" else read_pdf(path)


def clean(task: str, path: str) -> bytes:
    data = Path(path).read_bytes()
    if task == "office-clean":
        from .office.properties import clean_office

        return clean_office(data)
    from .pdf_properties import clean_pdf

    return clean_pdf(data)


if __name__ == "__main__":
    limit()
    if sys.argv[1].endswith("-clean"):
        sys.stdout.buffer.write(clean(*sys.argv[1:3]))
        sys.exit()
    try:
        answer = main(*sys.argv[1:3])
    except (MemoryError, RecursionError):
        answer = {"fault": "limits"}
    except Exception:
        # Parsers raise nearly anything on broken input.
        answer = {"fault": "damaged"}
    sys.stdout.write(json.dumps(answer))
