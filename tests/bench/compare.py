"""Katto beside a plain Wagtail site with the same texts, under the same server, in turn.

CPU milliseconds of a request that renders its page.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.services.postgres import PostgresServer
from tests.services.process import ServiceUnavailable

from . import texts
from .sites import KATTO, PLAIN, site
from .visitor import Course, Visitor, in_turn, ratio, uncached

SIZE, REQUESTS = 500, 60


def pages(size: int) -> dict[str, tuple[list[str], list[str]]]:
    """What is compared: addresses of Katto and of the plain site."""
    projects = [texts.project(n) for n in range(size)]
    publications = projects[:: texts.PUBLICATION_EVERY]
    lists = range(1, size // 20 + 1)
    return {
        "home": (["/fi/"], ["/"]),
        "list": (
            [f"/fi/hankkeet/?page={n}" for n in lists],
            [f"/hankkeet/?page={n}" for n in lists],
        ),
        "project": (
            [f"/fi/hankkeet/{each.slug}/" for each in projects],
            [f"/hankkeet/{each.slug}/" for each in projects],
        ),
        "publication": (
            [f"/fi/julkaisut/{each.publication_slug}/" for each in publications],
            [f"/julkaisut/{each.publication_slug}/" for each in publications],
        ),
        "search": ([f"/fi/haku/?q={texts.COMMON}"], [f"/search/?query={texts.COMMON}"]),
        "search, few": ([f"/fi/haku/?q={texts.RARE}"], [f"/search/?query={texts.RARE}"]),
    }


def run() -> Iterator[str]:
    yield "Katto : plain Wagtail; CPU ms a request of each: least, median, most; kB of the page"
    yield from compare("SQLite", None)
    try:
        with PostgresServer() as server:
            yield from compare("PostgreSQL", server)
    except ServiceUnavailable as error:
        yield f"PostgreSQL: not measured: {error}"


def compare(name: str, server: PostgresServer | None, size: int = SIZE) -> Iterator[str]:
    with served(KATTO, size, server) as katto, served(PLAIN, size, server) as plain:
        for page, (ours, theirs) in pages(size).items():
            courses = (
                Course(katto, uncached(ours), REQUESTS),
                Course(plain, uncached(theirs), REQUESTS),
            )
            in_turn(courses)
            yield (
                f"{name:10} {page:12} {ratio(*courses):5.2f} : 1"
                f"   Katto {f'{courses[0]}':18} plain {f'{courses[1]}':18}"
                f" {kilobytes(katto, ours)} : {kilobytes(plain, theirs)} kB"
            )


def kilobytes(visitor: Visitor, paths: list[str]) -> str:
    return f"{len(visitor.get(paths[0])) / 1000:.0f}"


@contextmanager
def served(kind: str, size: int, server: PostgresServer | None):
    with site(kind, size, server) as made, made.serve() as visitor:
        yield visitor
