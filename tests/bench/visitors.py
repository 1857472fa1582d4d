"""Editors and readers over HTTP, as browsers do: sign in, open a form, send it; read pages."""

import json
import random
import re
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import requests
from bs4 import BeautifulSoup

PASSWORD = "only-for-measuring-1"
PATIENCE = 60
READERS_PAUSE = 0.25
"""Seconds between a reader's pages: four a second is a busy reader."""

Fields = list[tuple[str, str]]


@dataclass
class Seen:
    """What editors met: seconds of each save, the last words accepted in each place, refusals."""

    seconds: list[float] = field(default_factory=list)
    accepted: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    read: list[int] = field(default_factory=list)

    def line(self, what: str) -> str:
        assert self.seconds, f"{what}: nothing was saved; {self.refused[:3]}"
        return (
            f"{what}: {len(self.seconds)} saves, median {statistics.median(self.seconds):.2f} s, "
            f"worst {max(self.seconds):.2f} s; {len(self.refused)} refused, "
            f"{len(self.read)} pages read"
        )

    def within(self, median: float, worst: float, what: str) -> None:
        line = self.line(what)
        assert statistics.median(self.seconds) <= median, f"{line} (median aim: {median} s)"
        assert max(self.seconds) <= worst, f"{line} (worst aim: {worst} s)"


def sign_in(url: str, name: str) -> requests.Session:
    session = requests.Session()
    page = session.get(f"{url}/admin/login/", timeout=PATIENCE)
    token = BeautifulSoup(page.text, "html.parser").find("input", {"name": "csrfmiddlewaretoken"})
    data = {"username": name, "password": PASSWORD, "csrfmiddlewaretoken": token["value"]}
    answer = session.post(f"{url}/admin/login/", data, timeout=PATIENCE, headers={"Referer": url})
    assert "login" not in answer.url, f"{name} could not sign in"
    return session


def form_fields(html: str) -> Fields:
    """What a browser would send of the page's main form, without its buttons."""
    forms = BeautifulSoup(html, "html.parser").find_all("form", method=re.compile("post", re.I))
    form = max(forms, key=lambda each: len(each.find_all(["input", "select", "textarea"])))
    for template in form.find_all("template"):
        template.decompose()
    fields: Fields = []
    for tag in form.find_all(["input", "select", "textarea"]):
        name, kind = tag.get("name"), tag.get("type", "")
        if not name or "__prefix__" in name or kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio") and not tag.has_attr("checked"):
            continue
        if tag.name == "select":
            chosen = [o.get("value", "") for o in tag.find_all("option") if o.has_attr("selected")]
            fields += [(name, value) for value in chosen]
        else:
            value = tag.text.removeprefix("\n") if tag.name == "textarea" else tag.get("value", "")
            fields.append((name, value or ("on" if kind == "checkbox" else "")))
    return fields


def section(words: str) -> Fields:
    """The body of a page that a script of the admin would fill in: one section."""
    block = {"key": "a", "text": words, "type": "unstyled", "depth": 0}
    block |= {"inlineStyleRanges": [], "entityRanges": []}
    return [
        ("body-count", "1"),
        ("body-0-deleted", ""),
        ("body-0-order", "0"),
        ("body-0-type", "section"),
        ("body-0-id", ""),
        ("body-0-value-kind", "aims"),
        ("body-0-value-heading", ""),
        ("body-0-value-text", json.dumps({"blocks": [block], "entityMap": {}})),
    ]


@dataclass
class Editor:
    """Saves one thing again and again; ``change`` gives the fields of a turn."""

    name: str
    path: str
    change: Callable[[str], Fields]

    def work(self, url: str, session: requests.Session, seen: Seen, until: float) -> None:
        turn = 0
        while time.monotonic() < until:
            turn += 1
            words = f"{self.name} {turn}"
            try:
                page = session.get(url + self.path, timeout=PATIENCE)
                page.raise_for_status()
                new = self.change(words)
                data = [f for f in form_fields(page.text) if f[0] not in dict(new)] + new
                begun = time.monotonic()
                answer = session.post(
                    url + self.path,
                    data,
                    timeout=PATIENCE,
                    headers={"Referer": url},
                    allow_redirects=False,
                )
            except requests.RequestException as error:
                seen.refused.append(f"{type(error).__name__}: {error}"[:200])
                time.sleep(0.5)
                continue
            if answer.status_code == 302:
                seen.seconds.append(time.monotonic() - begun)
                seen.accepted[self.path] = words
            else:
                seen.refused.append(f"{answer.status_code} {said(answer.text)}")


def said(html: str) -> str:
    """What a refused form says."""
    page = BeautifulSoup(html, "html.parser")
    found = page.select(".error-message, .messages li")
    return " ".join(" ".join(each.text.split()) for each in found)[:200]


def read(url: str, paths: list[str], seen: Seen, until: float, number: int) -> None:
    draw, session = random.Random(number), requests.Session()
    while time.monotonic() < until:
        try:
            answer = session.get(url + draw.choice(paths), timeout=PATIENCE)
            seen.read.append(answer.status_code)
        except requests.RequestException:
            seen.read.append(0)
        time.sleep(READERS_PAUSE)


@contextmanager
def crowd(
    url: str, editors: list[Editor], paths: list[str], readers: int, seconds: float
) -> Iterator[Seen]:
    """All of them at work for so long; what is in the block happens meanwhile."""
    sessions = [sign_in(url, each.name) for each in editors]
    seen, until = Seen(), time.monotonic() + seconds
    work = [
        threading.Thread(target=each.work, args=(url, session, seen, until))
        for each, session in zip(editors, sessions, strict=True)
    ]
    work += [
        threading.Thread(target=read, args=(url, paths, seen, until, number))
        for number in range(readers)
    ]
    for each in work:
        each.start()
    try:
        yield seen
    finally:
        for each in work:
            each.join()
