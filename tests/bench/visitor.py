"""Reads pages of a server and tells what they cost its processes.

Costs are CPU time, user and system, of the server and all processes below it: seconds on the clock
say more about who else uses the machine.
"""

import http.client
import os
import socket
import statistics
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
ROUNDS = 5
PATIENCE = 120


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def tree(root: int) -> list[int]:
    """The process and all below it."""
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            below.setdefault(parent, []).append(int(stat.parent.name))
    found = [root]
    for number in found:
        found += below.get(number, [])
    return found


def cpu_seconds(root: int) -> float:
    """Of the process and all below it, with what ended children have left to their parents."""
    ticks = 0
    for number in tree(root):
        with suppress(OSError):
            fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(int(each) for each in fields[11:15])
    return ticks / TICKS


class Visitor:
    """One who asks for one page after another over one connection, as no browser caches it."""

    def __init__(self, port: int, process: int) -> None:
        self.port, self.process = port, process
        self.headers: dict[str, str] = {}
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def get(self, path: str, expected: int = 200) -> bytes:
        for last in (False, True):
            try:
                self._connection.request("GET", path, headers=self.headers)
                answer = self._connection.getresponse()
                content = answer.read()
                break
            except (http.client.HTTPException, ConnectionError):
                # The server may close a connection that has been silent for a while.
                self._connection.close()
                if last:
                    raise
        assert answer.status == expected, f"{path}: {answer.status}"
        return content

    def cost(self, paths: Sequence[str]) -> float:
        """CPU milliseconds of a request, over these."""
        before = cpu_seconds(self.process)
        for path in paths:
            self.get(path)
        return 1000 * (cpu_seconds(self.process) - before) / len(paths)


def uncached(paths: Sequence[str]) -> Iterator[str]:
    """The paths again and again, each time with a parameter that no page knows or keeps."""
    for number, path in enumerate(cycle(paths)):
        yield f"{path}{'&' if '?' in path else '?'}uncached={number}"


class Course:
    """One visitor's way through some pages; ``run`` is one round of it."""

    def __init__(self, visitor: Visitor, paths: Iterator[str], requests: int) -> None:
        self.visitor, self.paths, self.requests = visitor, paths, requests
        self.costs: list[float] = []

    def run(self) -> None:
        self.costs.append(self.visitor.cost(list(islice(self.paths, self.requests))))

    @property
    def median(self) -> float:
        return statistics.median(self.costs)

    def __format__(self, form: str) -> str:
        """Least, median and most of the rounds, each as ``form`` says."""
        figures = (min(self.costs), self.median, max(self.costs))
        return " ".join(format(each, form or ".1f") for each in figures)


def in_turn(courses: Sequence[Course], rounds: int = ROUNDS) -> None:
    """Each one's round after the other's: what else happens on the machine happens to all."""
    for course in courses:
        course.run()
        course.costs.clear()
    for _round in range(rounds):
        for course in courses:
            course.run()


def ratio(course: Course, other: Course) -> float:
    """The median of the rounds' ratios: both halves of a round ran at about the same time."""
    return statistics.median(a / b for a, b in zip(course.costs, other.costs, strict=True))
