"""Three hundred projects of one spreadsheet brought in, while staff work in the admin, on SQLite.

On a site as ``make run`` starts it, over HTTP; the worker is killed halfway, and another one goes
on; then all of it is taken back. Bounds are seconds, so they hold on a machine that does nothing
else.
"""

import json
import os
import random
import sqlite3
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import cycle

import requests

from tests.intake.tables import TOWNS, workbook_of
from tests.services.site import manage

from .saving import Served, kill_worker, sample_site
from .visitors import PATIENCE, form_fields, section, sign_in

PROJECTS, FUNDERS, PEOPLE = 300, 40, 120
STAFF = int(os.environ.get("BENCH_STAFF", 1))
"""More people than one wait for each other: a project's form alone is 0.4 s of one processor."""
USUAL, READ_SECONDS, SAVE_SECONDS = 0.5, 10, 180
BETWEEN = 1.0
"""Seconds between two clicks of one person: she reads, if only for a moment."""
QUIET_SECONDS = 20
HEAD = ["Hankkeen nimi", "Hankekoodi", "Lyhenne", "Alkaa", "Päättyy", "Päätoteuttaja", "Kumppanit"]
HEAD += ["Rahoittajat", "Kunnat", "Yhteyshenkilö", "Tiivistelmä", "Tavoitteet", "Toimenpiteet"]
COUNT = """
import json
from collections import Counter
from intake.models import Intake, IntakeProject
from projects.models import Organisation, Person, ProjectPage
pages = ProjectPage.objects.filter(code__startswith="S7")
states = Counter(IntakeProject.objects.values_list("state", flat=True))
whole = sum(p.funding.count() == 1 and p.organisations.count() == 3 and p.contacts.count() == 1
            and len(p.body) == 2 for p in pages)
print(json.dumps({"states": states, "pages": pages.count(), "whole": whole,
                  "codes": len({p.code for p in pages}),
                  "funders": Organisation.objects.filter(name__startswith="Rahasto nro").count(),
                  "people": Person.objects.filter(name__startswith="Henkilö").count()}))
"""


def sheet() -> bytes:
    rows = [HEAD]
    for n in range(PROJECTS):
        year, person = 2010 + n % 14, n % PEOPLE
        contact = f"Henkilö Esimerkki{chr(97 + person % 26)}{chr(97 + person // 26)}, ohjaaja"
        rows.append(
            [
                f"Hanke {n} yhdessä",
                f"S{70000 + n}",
                f"HN{n}",
                f"1.{1 + n % 12}.{year}",
                f"31.12.{year + 2}",
                f"{TOWNS[n % 12]}n toimijat {n % 60} ry",
                f"{TOWNS[(n + 1) % 12]}n seura ry; {TOWNS[(n + 2) % 12]}n tuki ry",
                f"Rahasto nro {n % FUNDERS}: {1000 * n + 500},50 €",
                f"{TOWNS[n % 12]}, {TOWNS[(n + 5) % 12]}",
                f"{contact}, henkilo{person}@example.org, 050 000 {person:04}",
                "Lyhyt kuvaus siitä, mitä hanke tekee ja kenelle. " * 3,
                "Tavoite on, että ihmiset tapaavat toisensa. " * 8,
                "Järjestämme ryhmiä ja retkiä. " * 10,
            ]
        )
    return workbook_of(rows)


class Worker(threading.Thread):
    """Somebody of the staff: front page, listing, a form, a draft kept; ``seconds`` of each."""

    def __init__(self, url: str, name: str, page: int, done: threading.Event) -> None:
        super().__init__()
        self.url, self.page, self.done = url, page, done
        self.session = sign_in(url, name)
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.faults: list[str] = []
        self.form = form_fields(self._open().text)

    def run(self) -> None:
        ways = cycle([self._front, self._listing, self._open, self._keep])
        self.done.wait(random.uniform(0, 4 * BETWEEN))
        while not self.done.is_set():
            way, begun = next(ways), time.monotonic()
            try:
                answer = way()
                self.seconds[way.__name__.strip("_")].append(time.monotonic() - begun)
                if answer.status_code not in (200, 302):
                    self.faults.append(f"{answer.status_code} {answer.url}")
            except requests.RequestException as error:
                self.faults.append(type(error).__name__)
            self.done.wait(random.uniform(0.5, 1.5) * BETWEEN)

    def _get(self, path: str) -> requests.Response:
        return self.session.get(self.url + path, timeout=PATIENCE)

    def _front(self) -> requests.Response:
        return self._get("/admin/")

    def _listing(self) -> requests.Response:
        return self._get("/admin/projects/")

    def _open(self) -> requests.Response:
        return self._get(f"/admin/pages/{self.page}/edit/")

    def _keep(self) -> requests.Response:
        words = f"Muistio {time.monotonic()}"
        new = [("lead", words), *section(words)]
        data = [field for field in self.form if field[0] not in dict(new)] + new
        return self.session.post(
            f"{self.url}/admin/pages/{self.page}/edit/",
            data,
            timeout=PATIENCE,
            headers={"Referer": self.url},
            allow_redirects=False,
        )


class Bringer:
    """Who brings the file in; ``address`` is that of the import."""

    def __init__(self, url: str) -> None:
        self.url, self.session = url, sign_in(url, "editor7")
        self.session.headers["Referer"] = url
        self.address = ""

    def upload(self) -> requests.Response:
        path = f"{self.url}/admin/bring-in/"
        token = dict(form_fields(self.session.get(path, timeout=PATIENCE).text))
        answer = self.session.post(
            path, token, files={"files": ("hankkeet.xlsx", sheet())}, timeout=PATIENCE
        )
        self.address = answer.url
        return answer

    def act(self, action: str) -> None:
        page = self.session.get(self.address, timeout=PATIENCE).text
        data = [*form_fields(page), ("action", action)]
        self.session.post(self.address, data, timeout=PATIENCE).raise_for_status()


def run() -> Iterator[str]:
    with sample_site() as site:
        manage(site.environment, "worker", "--once")
        with site.serve() as (url, process):
            bringer = Bringer(url)
            begun = time.monotonic()
            shown = bringer.upload()
            seconds = time.monotonic() - begun
            assert shown.ok, shown.status_code
            yield f"{PROJECTS} projects read and shown in {seconds:.1f} s"
            assert seconds <= READ_SECONDS
            yield from saved(site, bringer, process.pid)
            bringer.act("undo")
            begun = time.monotonic()
            wait_for(site, lambda told: told["import undone"])
            seconds, told = time.monotonic() - begun, counted(site)
            yield f"undone in {seconds:.0f} s: {told}"
            assert told["pages"] + told["funders"] + told["people"] == 0, told


@contextmanager
def at_work(site: Served, url: str) -> Iterator[list[Worker]]:
    done = threading.Event()
    staff = [Worker(url, f"editor{n}", page, done) for n, page in enumerate(site.pages[:STAFF])]
    for each in staff:
        each.start()
    try:
        yield staff
    finally:
        done.set()
        for each in staff:
            each.join()


def told_of(staff: list[Worker]) -> str:
    parts = []
    for way in ("front", "listing", "open", "keep"):
        every = sorted(second for each in staff for second in each.seconds[way])
        parts.append(f"{way} {every[len(every) // 2]:.2f}/{every[int(len(every) * 0.95)]:.2f}")
    return "median and 95 %, s: " + ", ".join(parts)


def saved(site: Served, bringer: Bringer, served: int) -> Iterator[str]:
    with at_work(site, bringer.url) as quiet:
        time.sleep(QUIET_SECONDS)
    yield f"nothing else going on: {told_of(quiet)}"
    with at_work(site, bringer.url) as staff:
        begun = time.monotonic()
        bringer.act("save")
        wait_for(site, lambda told: told["saved"] >= PROJECTS / 2)
        kill_worker(served)
        halfway = counted(site)
        wait_for(site, lambda told: told["saved"] == PROJECTS)
        seconds = time.monotonic() - begun
    yield f"the worker was killed halfway: {halfway}"
    assert halfway["whole"] == halfway["pages"], halfway
    told = counted(site)
    yield f"saved in {seconds:.0f} s: {told}"
    assert told["pages"] == told["whole"] == told["codes"] == PROJECTS, told
    assert (told["funders"], told["people"]) == (FUNDERS, PEOPLE), told
    assert seconds <= SAVE_SECONDS
    yield f"meanwhile: {told_of(staff)}"
    every = sorted(s for each in staff for times in each.seconds.values() for s in times)
    faults = [fault for each in staff for fault in each.faults]
    usual = every[int(len(every) * 0.95)]
    yield (
        f"{len(every)} requests to the admin meanwhile, median {every[len(every) // 2]:.2f} s, "
        f"95 % within {usual:.2f} s, worst {every[-1]:.2f} s; {len(faults)} faults {faults[:3]}"
    )
    assert not faults
    assert usual <= USUAL


def counted(site: Served) -> dict:
    return json.loads(site.ask(COUNT).splitlines()[-1])


def states(site: Served) -> Counter:
    """Of the import and its projects, read beside the site without another Django."""
    file = site.environment["DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=60)) as database:
        projects = database.execute("SELECT state FROM intake_intakeproject").fetchall()
        whole = database.execute("SELECT 'import ' || state FROM intake_intake").fetchall()
        return Counter(state for (state,) in [*projects, *whole])


def wait_for(site: Served, enough) -> None:
    end = time.monotonic() + 4 * SAVE_SECONDS
    while not enough(states(site)):
        assert time.monotonic() < end, states(site)
        time.sleep(1)
