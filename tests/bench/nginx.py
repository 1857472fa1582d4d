"""Nginx as docs/proxy.md sets it up, in front of Katto: a page it keeps beside a file of its own.

Requests a second, in turn, and nginx's CPU time; and how late the page shows what was published.
"""

import re
import ssl
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from tests.services.nginx import NginxServer
from tests.services.process import ServiceUnavailable, needs

from . import texts
from .sites import KATTO, Site, site
from .visitor import ROUNDS, cpu_seconds

SIZE, SECONDS, CONNECTIONS = 50, 4, 16
FILES = "/beside/"
PAGES = ("/fi/", "/fi/hankkeet/", f"/fi/hankkeet/{texts.project(1).slug}/")
PUBLISH = f"""
import time
from projects.models import ProjectPage
page = ProjectPage.objects.get(locale__language_code="fi", slug="{texts.project(1).slug}")
page.lead = "Aivan tuore"
page.save_revision().publish()
print(time.time())
"""


class BesideAFile(NginxServer):
    """Serves files of its own under the same conditions."""

    def _configuration(self) -> str:
        own = f"location {FILES} {{ root {self.folder}; default_type text/html; }}\n"
        return super()._configuration().replace("location / {", f"{own}    location / {{", 1)

    def keep(self, path: str) -> str:
        """Where the same content as that page's is a file; nginx keeps open what it has served."""
        file = self.folder / FILES.strip("/") / f"{len(path)}.html"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(self.get(path))
        return f"{FILES}{file.name}"

    def get(self, path: str) -> bytes:
        context = ssl.create_default_context(cafile=self.certificate)
        request = urllib.request.Request(self.url + path, headers={"Accept-Encoding": "gzip"})
        return urllib.request.urlopen(request, context=context, timeout=30).read()


def run() -> Iterator[str]:
    try:
        needs("wrk")
        with ExitStack() as stack:
            made = stack.enter_context(site(KATTO, SIZE, index=False))
            visitor = stack.enter_context(made.serve())
            nginx = stack.enter_context(BesideAFile(f"http://127.0.0.1:{visitor.port}"))
            for path in PAGES:
                yield beside(nginx, path)
            yield f"shown {lateness(made, nginx):.2f} s after it was published"
    except ServiceUnavailable as error:
        yield f"not measured: {error}"


def beside(nginx: BesideAFile, path: str) -> str:
    file = nginx.keep(path)
    rates, costs = {path: [], file: []}, {path: [], file: []}
    for _round in range(ROUNDS):
        for each in rates:
            before = cpu_seconds(nginx.process.pid)
            requests, rate = load(nginx.url + each)
            rates[each].append(rate)
            costs[each].append((cpu_seconds(nginx.process.pid) - before) / requests)
    shares = sorted(a / b for a, b in zip(rates[path], rates[file], strict=True))
    cost = sorted(a / b for a, b in zip(costs[path], costs[file], strict=True))[ROUNDS // 2]
    return (
        f"{path:28} {shares[0]:.2f} {shares[ROUNDS // 2]:.2f} {shares[-1]:.2f} × "
        f"the requests a second of a file ({max(rates[path]):.0f}), {cost:.2f} × its CPU time"
    )


def load(url: str) -> tuple[int, float]:
    """Requests that were answered, and how many a second."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip"]
    told = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    number = int(re.search(r"(\d+) requests in", told)[1])
    assert number, told
    assert "Non-2xx" not in told, told
    return number, float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])


def lateness(made: Site, nginx: BesideAFile) -> float:
    """Seconds from the end of a publish to the first answer that shows it."""
    before, patience = nginx.get(PAGES[-1]), time.monotonic() + 60
    with ThreadPoolExecutor() as pool:
        published = pool.submit(made.shell, PUBLISH)
        while nginx.get(PAGES[-1]) == before:
            assert time.monotonic() < patience, "what was published was not shown"
            time.sleep(0.02)
        shown = time.time()
        return max(0.0, shown - float(published.result().split()[-1]))
