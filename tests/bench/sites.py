"""Sites with any number of projects, each made once for a set of models and kept for later runs."""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests import database
from tests.services.postgres import PostgresServer, programs
from tests.services.process import cache_folder, free_port, start, stop, wait
from tests.services.site import embedded_environment, manage

from .visitor import Visitor, answers

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120
MOST_KEPT = 2
"""Of one size: of these models, and of those before them."""
KATTO, PLAIN = "katto", "plain"
SETTINGS = {KATTO: "cms.settings.dev", PLAIN: "tests.bench.plain.settings"}
SOURCES = {
    KATTO: (
        "tests/bench/*data.py",
        "tests/bench/texts.py",
        "tests/bench/sites.py",
        "search/**/*.py",
    ),
    PLAIN: ("tests/bench/plain/*.py", "tests/bench/texts.py", "requirements.txt"),
}


@dataclass
class Site:
    """A made site: where its data is, and how to run commands and a server on it."""

    kind: str
    environment: dict[str, str]
    folder: Path

    def megabytes(self) -> float:
        """Of the SQLite database, just made."""
        return (self.folder / "db.sqlite3").stat().st_size / 1_000_000

    def manage(self, *arguments: str) -> str:
        return manage(self.environment, *arguments)

    def shell(self, code: str) -> str:
        return self.manage("shell", "--verbosity", "0", "--no-imports", "--command", code)

    @contextmanager
    def serve(self, **more: str) -> Iterator[Visitor]:
        port, log = free_port(), self.folder / "serve.log"
        command = [sys.executable, "-m", "tests.bench.server", str(port)]
        process = start(command, log, self.environment | more)
        wait(process, lambda: answers(port), log, START_SECONDS)
        try:
            yield Visitor(port, process.pid)
        finally:
            stop(process)


@contextmanager
def site(
    kind: str,
    size: int,
    server: PostgresServer | None = None,
    languages: int = 3,
    every: int = 5,
    index: bool = True,
) -> Iterator[Site]:
    """A copy of one's own, so that whatever is measured leaves no trace.

    ``server``: the PostgreSQL to put it in, otherwise it is in SQLite. Each ``every``-th project
    has words in the first so many ``languages``. Without ``index`` nothing can be searched for, and
    thousands of projects are made in a minute.
    """
    with tempfile.TemporaryDirectory(prefix="katto-bench-") as name:
        folder = Path(name)
        store = Postgres(server, f"{kind}{size}") if server else Sqlite(folder)
        made = Site(kind, embedded_environment(folder), folder)
        made.environment |= {
            "DJANGO_SETTINGS_MODULE": SETTINGS[kind],
            "DATABASE_URL": store.url,
            "PYTHONPATH": str(ROOT),
        }
        label = f"bench-{kind}-{type(store).__name__.lower()}-{size}-{languages}-{every}-{index:d}"
        kept = cache_folder() / f"{label}-{digest(kind)}"
        if kept.exists():
            shutil.copytree(kept, folder, dirs_exist_ok=True)
            store.restore(folder)
        else:
            store.create(folder)
            fill(made, size, languages, every, index)
            store.dump(folder)
            keep(folder, kept, label)
        try:
            yield made
        finally:
            store.drop()


def fill(made: Site, size: int, languages: int, every: int, index: bool) -> None:
    if made.kind == PLAIN:
        made.shell(f"from tests.bench.plain.load import fill; fill({size})")
        return
    made.manage("migrate", "--verbosity", "0")
    made.manage("load_sample", "--verbosity", "0")
    made.shell(f"from tests.bench.data import fill; fill({size}, {languages}, {every})")
    if index:
        made.manage("rebuild_search", "--verbosity", "0")


def digest(kind: str) -> str:
    """Changes with whatever the site's data is made by."""
    found = hashlib.sha256(database.template().name.encode() if kind == KATTO else b"")
    for pattern in SOURCES[kind]:
        for file in sorted(ROOT.glob(pattern)):
            found.update(file.read_bytes())
    return found.hexdigest()[:16]


def keep(folder: Path, kept: Path, label: str) -> None:
    """Put the folder into the cache, and drop what older models have left there."""
    unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=kept.parent))
    ignored = shutil.ignore_patterns("*.log", "cache")
    shutil.copytree(folder, unfinished, ignore=ignored, dirs_exist_ok=True)
    with suppress(OSError):
        unfinished.rename(kept)  # fails where another run has put the same there meanwhile
    shutil.rmtree(unfinished, ignore_errors=True)
    ours = sorted(kept.parent.glob(f"{label}-*"), key=lambda each: each.stat().st_mtime)
    for old in ours[:-MOST_KEPT]:
        shutil.rmtree(old, ignore_errors=True)


class Sqlite:
    """The database is a file of the folder, so that copying the folder is all there is to do."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "db.sqlite3"
        self.url = f"sqlite:///{self.file}"

    def create(self, folder: Path) -> None:
        pass

    restore = dump = create

    def drop(self) -> None:
        pass


class Postgres:
    def __init__(self, server: PostgresServer, name: str) -> None:
        self.name = name
        self.server_url = server.url.rpartition("/")[0]
        self.url = f"{self.server_url}/{name}"

    def _run(self, program: str, *arguments: str) -> str:
        command = [str(programs() / program), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def create(self, folder: Path) -> None:
        self._run("createdb", f"--maintenance-db={self.server_url}/postgres", self.name)

    def restore(self, folder: Path) -> None:
        self.create(folder)
        self._run("pg_restore", "--jobs=2", f"--dbname={self.url}", str(folder / "dump"))
        self._run("vacuumdb", "--analyze", "--quiet", f"--dbname={self.url}")

    def dump(self, folder: Path) -> None:
        self._run("vacuumdb", "--analyze", "--quiet", f"--dbname={self.url}")
        self._run("pg_dump", "--format=custom", "-Z1", f"--file={folder / 'dump'}", self.url)

    def drop(self) -> None:
        self._run("dropdb", "--force", f"--maintenance-db={self.server_url}/postgres", self.name)
