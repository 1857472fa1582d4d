"""Following links to other sites, a few at a time and as a guest behaves.

A job begins it every five minutes; the waiting is done in a thread, so that no other job of the
worker waits too. A server is asked by HEAD, and by GET where it does not know that; not more than
:data:`OF_ONE_HOST` times a run, with a pause between, and not where its ``robots.txt`` declines.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from django.db import connections, transaction
from django.utils import timezone

from cms.core.concurrency import alone

from . import addresses
from .addresses import Answer
from .models import ANSWER, Fault, Link

logger = logging.getLogger("katto.repair")

A_RUN = 40
OF_ONE_HOST = 5
LONGEST_RUN = 240.0
"""Seconds; what is left is the first of the next run."""
PAUSE = 2.0
"""Seconds between two requests to one server; more where its ``robots.txt`` asks for more."""
LONGEST_PAUSE = 10.0
WELL, FAILING = timedelta(days=7), timedelta(hours=20)
"""How soon a link is followed again."""
FEW = 3
"""So many servers, all of them silent, mean that it is this machine that hears nothing."""
Ask = Callable[..., Answer]


class Guest:
    """A run: what each server has said about guests, and when it was last asked."""

    def __init__(self, ask: Ask, sleep: Callable[[float], None]) -> None:
        self.ask, self.sleep = ask, sleep
        self.rules: dict[str, RobotFileParser] = {}
        self.asked_at: dict[str, float] = {}

    def _rules(self, url: str) -> RobotFileParser:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.rules:
            rules, answer = RobotFileParser(), self._request("GET", f"{origin}/robots.txt", True)
            text = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
            rules.parse(text.splitlines())
            self.rules[origin] = rules
        return self.rules[origin]

    def _request(self, method: str, url: str, whole: bool = False) -> Answer:
        host = urlsplit(url).hostname or ""
        if host in self.asked_at:
            self.sleep(max(0.0, self.asked_at[host] + self._pause(url) - time.monotonic()))
        answer = self.ask(method, url, addresses.ROBOTS_BYTES if whole else 0)
        self.asked_at[host] = time.monotonic()
        return answer

    def _pause(self, url: str) -> float:
        parts = urlsplit(url)
        rules = self.rules.get(f"{parts.scheme}://{parts.netloc}")
        wished = rules.crawl_delay(addresses.user_agent()) if rules else None
        return min(max(float(wished or 0), PAUSE), LONGEST_PAUSE)

    def follow(self, url: str) -> Answer:
        """What the server says of the address; nothing is wrong where guests are not wanted."""
        if not self._rules(url).can_fetch(addresses.user_agent(), url):
            return Answer(None)
        answer = self._request("HEAD", url)
        if answer.fault in (Fault.GONE, Fault.REFUSED, Fault.SILENT) or answer.status == 405:
            answer = self._request("GET", url)
        return answer


def due() -> list[Link]:
    """The links to follow now, the longest due first and not many of one server."""
    chosen, of_host = [], Counter()
    links = Link.objects.filter(is_own=False, due_at__lte=timezone.now()).order_by("due_at")
    for link in links[: A_RUN * 10]:
        if of_host[link.host] < OF_ONE_HOST and len(chosen) < A_RUN:
            of_host[link.host] += 1
            chosen.append(link)
    return chosen


def run(ask: Ask = addresses.fetch, sleep: Callable[[float], None] = time.sleep) -> int:
    """Follow what is due; the number followed. What is cut off half-way is due again."""
    with alone("repair-links") as mine:
        if not mine:
            return 0
        links, guest = due(), Guest(ask, sleep)
        answers, end = [], time.monotonic() + LONGEST_RUN
        for link in links:
            if time.monotonic() < end:
                answers.append((link, guest.follow(link.url)))
        if is_deaf(answers):
            logger.warning("No server answers: links are followed again later.")
            return 0
        note(answers)
        return len(answers)


def is_deaf(answers: list[tuple[Link, Answer]]) -> bool:
    hosts = {link.host for link, _answer in answers}
    silent = (Fault.SILENT, Fault.UNKNOWN)
    return len(hosts) >= FEW and all(answer.fault in silent for _link, answer in answers)


@transaction.atomic
def note(answers: list[tuple[Link, Answer]]) -> None:
    now = timezone.now()
    for link, answer in answers:
        if answer.fault:
            link.note_failure(answer.fault, answer.status, sure=answer.fault == Fault.INSIDE)
        else:
            link.note_success()
        link.checked_at, link.due_at = now, now + (FAILING if answer.fault else WELL)
    Link.objects.bulk_update([link for link, _answer in answers], ANSWER)


def begin() -> None:
    """In a thread of its own, unless one is still at it or nothing is due."""
    name = "repair-links"
    if any(thread.name == name for thread in threading.enumerate()) or not due():
        return
    threading.Thread(target=_run_apart, name=name, daemon=True).start()


def _run_apart() -> None:
    try:
        run()
    except Exception:
        logger.exception("Links could not be followed.")
    finally:
        connections.close_all()
