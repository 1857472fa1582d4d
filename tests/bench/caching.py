"""A page out of the site's own cache, in files and in Redis, beside a trivial Django view.

CPU time under the same server; with Redis that of its server is not counted.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import repeat
from pathlib import Path

from tests.services.process import ServiceUnavailable
from tests.services.redis import RedisServer

from . import texts
from .sites import KATTO, ROOT, Site, site
from .visitor import Course, in_turn, ratio

SIZE, REQUESTS = 50, 1000
PAGES = {
    "home": "/fi/",
    "list": "/fi/hankkeet/",
    "project": f"/fi/hankkeet/{texts.project(1).slug}/",
}


def run() -> Iterator[str]:
    with ExitStack() as stack:
        made = stack.enter_context(site(KATTO, SIZE, index=False))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="katto-bench-")))
        least = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.bench.trivial",
            "PYTHONPATH": str(ROOT),
        }
        trivial = stack.enter_context(Site("trivial", least, folder).serve())
        servers = {"files": stack.enter_context(made.serve())}
        try:
            redis = stack.enter_context(RedisServer())
        except ServiceUnavailable as error:
            yield f"Redis: not measured: {error}"
        else:
            servers["Redis"] = stack.enter_context(made.serve(REDIS_URL=redis.url))
        yield "Katto : trivial view; CPU ms a request of each: least, median, most"
        for kind, visitor in servers.items():
            visitor.headers["Accept-Encoding"] = "gzip"
            for name, path in PAGES.items():
                visitor.get(path)
                courses = (
                    Course(visitor, repeat(path), REQUESTS),
                    Course(trivial, repeat("/"), REQUESTS),
                )
                in_turn(courses)
                yield (
                    f"{kind:6} {name:8} {ratio(*courses):5.2f} : 1   "
                    f"Katto {courses[0]:.2f}  trivial {courses[1]:.2f}"
                )
