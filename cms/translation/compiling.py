"""Writing ``.mo`` files with Python alone, before Django is asked for a single word.

Django reads a catalogue once a process and takes a language without one for no language. So the
settings themselves call this: whatever is made at the first start, by whichever command, is made
with whole catalogues. Nothing of Django may be imported here.
"""

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import polib


def compile_folders(folders: Iterable[str | Path]) -> list[Path]:
    """Write the ``.mo`` file of each catalogue that has changed; returns what was written.

    A file that cannot be written, or a catalogue that cannot be read, is named and left as it was:
    the site speaks with what it has.
    """
    written = []
    for folder in folders:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            try:
                if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                    _compile(source, target)
                    written.append(target)
            except (OSError, ValueError) as error:
                sys.stderr.write(f"Not compiled: {source}: {error}\n")
    return written


def _compile(source: Path, target: Path) -> None:
    content = polib.pofile(str(source)).to_binary()
    # Written beside and moved: a server that starts meanwhile reads old or new, whole.
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".tmp")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(temporary, 0o644)
    os.replace(temporary, target)
