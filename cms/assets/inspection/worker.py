"""The inspecting process: ``python -m cms.assets.inspection.worker TASK PATH`` prints JSON.

A task that cleans prints the cleaned file instead.
"""

import json
import pkgutil
import resource
import sys
from pathlib import Path

from . import TASKS

MEMORY_BYTES = 1_500 * 1024 * 1024
CPU_SECONDS = 45


def limit() -> None:
    """Take the right to much memory, much time and any file from this process."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def main(task: str, path: str) -> None:
    """Do the task; only its own parser is imported, since the process starts for each file."""
    if task.endswith("-clean"):
        clean = pkgutil.resolve_name(f"{__package__}.{TASKS[task][0]}")
        sys.stdout.buffer.write(clean(Path(path).read_bytes()))
        return
    try:
        answer = pkgutil.resolve_name(f"{__package__}.{TASKS[task][0]}")(path)
    except (MemoryError, RecursionError):
        answer = {"fault": "limits"}
    except Exception:
        # Parsers raise nearly anything on broken input.
        answer = {"fault": "damaged"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    limit()
    main(*sys.argv[1:3])
