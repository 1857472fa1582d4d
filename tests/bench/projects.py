"""The project list with few and many projects, its first and its last page.

Figures are ratios and query counts; seconds depend on the machine. Run by ``make bench``.
"""

import statistics
import time
from contextlib import suppress

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.data import make_projects
from tests.factories import project_index

MAX_QUERIES = 12
MAX_RATIO = 1.3
ROUNDS = 7


def measure(client: Client, path: str, rounds: int = ROUNDS) -> tuple[float, int]:
    """Median seconds of an uncached request, and its queries with every cache empty."""
    seconds = []
    client.get(path)
    for name in caches:
        caches[name].clear()
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    number = len(queries)
    for _round in range(rounds):
        caches["pages"].clear()
        start = time.perf_counter()
        response = client.get(path)
        seconds.append(time.perf_counter() - start)
        assert response.status_code == 200, (path, response.status_code)
    return statistics.median(seconds), number


def run(sizes: tuple[int, ...] = (20, 50, 10_000)) -> list[str]:
    """What was measured, a line each, on an empty, migrated database; fails on a broken bound."""
    client, index, lines, made = Client(), project_index(), [], 0
    index.save_revision().publish()
    path = index.get_url()
    for size in sizes:
        make_projects(size - made, index, seed=size)
        made = size
        with suppress(NotImplementedError), connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        last = (size + 19) // 20
        for query in ("", "theme=theme-1&status=ended", "sort=title"):
            first, queries = measure(client, f"{path}?{query}")
            lines.append(
                f"{size:>6} projects  ?{query:<28} {first * 1000:7.0f} ms  {queries} queries"
            )
            assert queries <= MAX_QUERIES, lines[-1]
        for sort in ("newest", "title", "ending"):
            first, _ = measure(client, f"{path}?sort={sort}")
            end, queries = measure(client, f"{path}?sort={sort}&page={last}")
            lines.append(
                f"{size:>6} projects  last page by {sort}: {end / first:.2f} × the first, "
                f"{queries} queries"
            )
            assert queries <= MAX_QUERIES, lines[-1]
            assert size < 1000 or end <= first * MAX_RATIO, lines[-1]
    return lines
