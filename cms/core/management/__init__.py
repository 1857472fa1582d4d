"""What long work in a terminal shows."""

import shutil
import sys
from collections.abc import Iterable

from tqdm import tqdm


def bar(label: str, stream, items: Iterable | None = None, total: int | None = None) -> tqdm:
    """A bar where somebody watches; in a log one line that says what is being done.

    ``stream`` is a command's ``stderr``, which ends every write with a new line: the bar goes past
    it, to the terminal itself.
    """
    watched = stream.isatty()
    if not watched:
        stream.write(label)
    return tqdm(
        items,
        total=total,
        desc=label,
        file=sys.stderr,
        disable=not watched,
        ncols=min(100, shutil.get_terminal_size().columns),
        bar_format="{desc} {percentage:3.0f} % {bar} {n_fmt}/{total_fmt}",
    )
