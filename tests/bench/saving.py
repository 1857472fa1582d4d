"""Editors who save while readers read: how long a save takes, and whether the index follows.

On a site as ``make run`` starts it, over HTTP. Bounds are seconds, so they hold on a machine that
does nothing else.
"""

import json
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

from tests.services.postgres import PostgresServer
from tests.services.process import ServiceUnavailable, free_port, start, stop, wait
from tests.services.site import MANAGE, START_SECONDS, _answers, embedded_environment, manage

from .visitors import PASSWORD, Editor, Fields, Seen, crowd, section

SECONDS = float(os.environ.get("BENCH_SECONDS", 40))
IN_STEP_SECONDS = 10
SET_UP = f"""
import json
from django.contrib.auth import get_user_model
from home.models import ContentPage
from projects.models import Person, ProjectPage
users = get_user_model().objects
for n in range(8):
    users.create_superuser(f"editor{{n}}", f"e{{n}}@example.org", "{PASSWORD}")
people = list(Person.objects.filter(locale__language_code="fi"))
for n in range(len(people), 6):
    people.append(Person.objects.create(name=f"Aino Esimerkki {{n}}", locale=people[0].locale))
pages = [*ProjectPage.objects.filter(locale__language_code="fi", live=True)]
pages += ContentPage.objects.filter(locale__language_code="fi", live=True)[: 8 - len(pages)]
paths = [page.get_url() for page in ProjectPage.objects.filter(live=True)]
paths += ["/fi/", "/fi/hankkeet/", "/sv/", "/fi/haku/?q=maahanmuuttaja", "/fi/haku/?q=perhe"]
print(json.dumps({{"people": [p.pk for p in people[:6]], "pages": [p.pk for p in pages],
                  "paths": paths}}))
"""


@dataclass
class Served:
    """A site with sample projects, and what is on it to be edited and read."""

    environment: dict[str, str]
    folder: Path
    people: list[int]
    pages: list[int]
    paths: list[str]

    @contextmanager
    def serve(self) -> Iterator[tuple[str, Popen]]:
        port, log = free_port(), self.folder / "serve.log"
        url = f"http://localhost:{port}"
        command = [os.sys.executable, MANAGE, "serve", "--port", str(port)]
        process = start(command, log, self.environment)
        wait(process, lambda: _answers(url), log, START_SECONDS)
        try:
            yield url, process
        finally:
            stop(process)

    def savers(self) -> list[Editor]:
        """Each changes a person's telephone number."""

        def number(words: str) -> Fields:
            return [("phone", f"050 {abs(hash(words)) % 10**7:07}"), ("title", words)]

        return [
            Editor(f"editor{n}", f"/admin/snippets/projects/person/edit/{pk}/", number)
            for n, pk in enumerate(self.people)
        ]

    def publishers(self, number: int) -> list[Editor]:
        def text(words: str) -> Fields:
            return [("lead", words), *section(words), ("action-publish", "action-publish")]

        return [
            Editor(f"editor{n}", f"/admin/pages/{pk}/edit/", text)
            for n, pk in enumerate(self.pages[:number])
        ]

    def in_step(self) -> None:
        """Within ten seconds of the last edit (or start) index and database agree."""
        time.sleep(IN_STEP_SECONDS)
        manage(self.environment, "check_search", "--dry-run")

    def kept(self, seen: Seen) -> None:
        """Whatever was accepted is there."""
        code = (
            "import json; from projects.models import Person; from wagtail.models import Page; "
            "found = {f'/admin/snippets/projects/person/edit/{p.pk}/': p.title "
            "for p in Person.objects.all()}; "
            "found |= {f'/admin/pages/{p.pk}/edit/': getattr(p, 'lead', '') "
            "for p in Page.objects.specific()}; print(json.dumps(found))"
        )
        there = json.loads(self.ask(code))
        lost = {path for path, words in seen.accepted.items() if there[path] != words}
        assert not lost, f"lost: {sorted(lost)}"

    def ask(self, code: str) -> str:
        return manage(self.environment, "shell", "--verbosity", "0", "--command", code)


@contextmanager
def sample_site(**more: str) -> Iterator[Served]:
    with tempfile.TemporaryDirectory(prefix="katto-saving-") as name:
        folder = Path(name)
        environment = embedded_environment(folder) | more
        manage(environment, "prepare")
        told = manage(environment, "shell", "--verbosity", "0", "--command", SET_UP)
        yield Served(environment, folder, **json.loads(told.splitlines()[-1]))


def run() -> list[str]:
    return [*embedded(), *killed(), *restarted()]


def embedded() -> list[str]:
    with sample_site() as site, site.serve() as (url, _process):
        with crowd(url, site.savers(), site.paths, readers=12, seconds=SECONDS) as people:
            pass
        site.in_step()
        site.kept(people)
        with crowd(url, site.publishers(8), site.paths, readers=16, seconds=SECONDS) as pages:
            pass
        site.in_step()
        site.kept(pages)
        lines = [
            people.line("SQLite, six save people beside twelve readers"),
            pages.line("SQLite, eight publish beside sixteen readers"),
        ]
        people.within(0.5, 3, lines[0])
        pages.within(1.5, 10, lines[1])
        return lines


def killed() -> list[str]:
    """The site and its worker end without a word in the midst of edits, and come again."""
    with sample_site() as site:
        with (
            site.serve() as (url, process),
            crowd(url, site.publishers(4), site.paths, 4, SECONDS / 2) as seen,
        ):
            time.sleep(SECONDS / 4)
            for number in [*children(process.pid), process.pid]:
                os.kill(number, signal.SIGKILL)
        with site.serve():
            site.in_step()
        site.kept(seen)
        return [seen.line("SQLite, killed in the midst of publishing")]


def restarted() -> list[str]:
    """PostgreSQL goes and comes again in the midst of edits."""
    server = PostgresServer()
    try:
        server.start()
    except ServiceUnavailable as error:
        return [f"PostgreSQL not measured: {error}"]
    with (
        closing(server),
        sample_site(DATABASE_URL=server.url) as site,
        site.serve() as (url, _process),
    ):
        with crowd(url, site.publishers(4), site.paths, 16, SECONDS) as seen:
            time.sleep(SECONDS / 2)
            # As an administrator would: visitors are cut off, nothing is lost.
            server.process.send_signal(signal.SIGINT)
            server.process.wait(30)
            server.start()
        site.in_step()
        site.kept(seen)
        line = seen.line("PostgreSQL, four publish, the server restarts midway")
        seen.within(1.5, 20, line)
        return [line]


def children(parent: int) -> list[int]:
    """Processes below ``parent``, the deepest first."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, above = (
                int(stat.parent.name),
                int(stat.read_text().rpartition(")")[2].split()[1]),
            )
        except (OSError, ValueError):
            continue
        if above == parent:
            found += [*children(number), number]
    return found


def kill_worker(served: int) -> None:
    """As a machine does that runs out of memory: the worker below the site's process ends."""
    for child in children(served):
        if b"worker" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0"):
            os.kill(child, signal.SIGKILL)
