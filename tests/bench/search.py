"""A result page on a real Elasticsearch: the view's own work beside the engine's, and growth.

The engine's part is the time spent in the client's requests; the rest of the view is ours. Figures
are ratios of medians, printed and not asserted: seconds depend on the machine.
"""

import random
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.test import Client, override_settings
from django.utils import timezone

from search.documents import SearchDocument, SourceText
from search.engines import get_engine
from search.models import IndexState
from tests.services.elasticsearch import ElasticsearchServer
from tests.services.process import ServiceUnavailable

SIZES = (2_000, 20_000)
ROUNDS = 15
WORDS = [
    "maahanmuuttajien",
    "nuorten",
    "perheiden",
    "vanhusten",
    "työllistyminen",
    "kotoutuminen",
    "osallisuus",
    "hyvinvointi",
    "vapaaehtoisten",
    "neuvonta",
    "kurssi",
    "ryhmä",
    "kylä",
    "kaupunki",
    "harrastus",
    "kieli",
    "digitaalinen",
    "tuki",
    "verkosto",
    "koulutus",
    "yrittäjyys",
    "liikunta",
    "mielenterveys",
    "asuminen",
    "velka",
    "rasismi",
]
QUERIES = ("maahanmuuttaja työllistyminen", "kotoutumisen tuki", "kylätoiminta", "nuori liikunta")


def documents(number: int) -> Iterator[SearchDocument]:
    draw = random.Random(1)
    for n in range(number):
        text = " ".join(draw.choices(WORDS, k=80))
        yield SearchDocument(
            id=f"project:{n}:fi",
            key=str(n),
            type="project",
            locale="fi",
            language="fi",
            title=" ".join(draw.choices(WORDS, k=4)).capitalize(),
            lead=text[:120],
            body=[SourceText(text)],
            codes=[f"S{n}"],
            url=f"/fi/hankkeet/{n}/",
            facets={
                "theme": draw.sample(["nuoret", "perheet", "kylat"], k=2),
                "region": [draw.choice(["18", "19", "13"])],
                "year": [str(draw.randint(2014, 2026))],
                "language": ["fi"],
            },
        )


@contextmanager
def timed(transport) -> Iterator[list[float]]:
    """Seconds of each request that goes through the client's transport."""
    seconds, perform = [], transport.perform_request

    def measured(*args, **kwargs):
        start = time.perf_counter()
        try:
            return perform(*args, **kwargs)
        finally:
            seconds.append(time.perf_counter() - start)

    transport.perform_request = measured
    try:
        yield seconds
    finally:
        del transport.perform_request


def measure(engine) -> tuple[float, float]:
    """Median seconds of (the whole view, the requests to the engine in it)."""
    client, whole, inside = Client(), [], []
    for turn in range(ROUNDS):
        for query in QUERIES:
            with timed(engine.client.transport) as seconds:
                start = time.perf_counter()
                assert client.get("/fi/haku/", {"q": query}).status_code == 200
                if turn > 1:
                    whole.append(time.perf_counter() - start)
                    inside.append(sum(seconds))
                    assert seconds, "the database answered in place of Elasticsearch"
    return statistics.median(whole), statistics.median(inside)


def run(sizes: tuple[int, ...] = SIZES) -> list[str]:
    try:
        server = ElasticsearchServer().start()
    except ServiceUnavailable as error:
        return [f"not measured: {error}"]
    try:
        with override_settings(
            ELASTICSEARCH_URL=server.url,
            ELASTICSEARCH={
                "hosts": [server.url],
                "prefix": "bench",
                "timeout": 5,
                "api_key": None,
                "ca_certs": None,
            },
        ):
            get_engine.cache_clear()
            return lines(get_engine("elasticsearch"), sizes)
    finally:
        get_engine.cache_clear()
        server.close()


def lines(engine, sizes: tuple[int, ...]) -> list[str]:
    IndexState.objects.update_or_create(engine=engine.name, defaults={"built_at": timezone.now()})
    found, totals = [], []
    for size in sizes:
        engine.rebuild(documents(size))
        engine.refresh()
        whole, inside = measure(engine)
        totals.append(whole)
        found.append(
            f"{size} documents: the view takes {whole / inside:.2f} × the engine's own time"
            f" (aim: at most 3; {whole * 1000:.0f} and {inside * 1000:.0f} ms here)"
        )
    if len(totals) > 1:
        ratio = totals[-1] / totals[0]
        found.append(f"{sizes[-1]} documents: {ratio:.2f} × the time of {sizes[0]} (aim: 1.5)")
    return found
