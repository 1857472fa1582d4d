"""What the search index costs: documents a second of a rebuild, and how large the database is."""

from collections.abc import Iterator

from .sites import KATTO, Site, site

REBUILT, LARGE = 500, 5_000
CODE = """
import time
from django.core.management import call_command
start = time.process_time()
call_command("rebuild_search")
print(time.process_time() - start)
"""


def run(rebuilt: int = REBUILT, large: int = LARGE) -> Iterator[str]:
    with site(KATTO, rebuilt) as made:
        yield f"rebuild_search: {rebuilding(made)}"
    with site(KATTO, large) as made:
        yield f"{large} projects: the database is {made.megabytes():.0f} MB"


def rebuilding(made: Site) -> str:
    *_said, documents, seconds = made.shell(CODE).strip().splitlines()
    number = int(documents.split(":")[1].split()[0])
    return f"{number / float(seconds):.0f} documents a CPU second ({number} documents)"
