"""Translators who save strings while many pages are prepared in all languages, on SQLite.

On a site as ``make run`` starts it, over HTTP; the worker is killed halfway, and another one goes
on. Bounds are seconds, so they hold on a machine that does nothing else.
"""

import json
import os
import threading
import time
from collections.abc import Iterator

import requests

from tests.services.site import manage

from .saving import kill_worker, sample_site
from .visitors import PASSWORD, PATIENCE, sign_in

VERSIONS = int(os.environ.get("BENCH_VERSIONS", 600))
"""A hundred pages in six languages."""
TRANSLATORS = 3
USUAL, WORST = 0.5, 2
BETWEEN = 0.3
MOST_SECONDS = 1800
MADE = """
import json
from django.contrib.auth import get_user_model
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, Translation
from cms.translation.requests import ask
from cms.translation.requests.preparing import work_on
from home.models import ContentPage, HomePage
home = HomePage.objects.get(locale__language_code="fi", depth=2)
text = "".join(f"<p>Kappale {n}: perheet ja ammattilaiset kohtaavat.</p>" for n in range(8))
def page(name):
    body = [("text", text)]
    new = ContentPage(title=name, slug=name, lead="Johdanto.", body=body, locale=home.locale)
    return home.add_child(instance=new)
users = get_user_model().objects
locales = Locale.objects.exclude(language_code__in=["fi", "fi-simple"])
"""
FIRST = f"""{MADE}
boss = users.create_superuser("translator", "t@example.org", "{PASSWORD}")
edited = page("muokattava")
work_on(ask(boss, [edited], locales.filter(language_code="sv")).pk)
translation = Translation.objects.get(source__object_id=edited.translation_key)
strings = StringSegment.objects.filter(source=translation.source, context__path__startswith="body")
for n in range({VERSIONS} // locales.count()):
    page(f"sivu-{{n}}")
print(json.dumps({{"translation": translation.pk, "strings": [s.pk for s in strings]}}))
"""
ASK = f"""{MADE}
pages = ContentPage.objects.filter(slug__startswith="sivu-", locale=home.locale)
print(json.dumps(ask(users.get(username="translator"), pages, locales).pk))
"""
COUNT = """
import json
from collections import Counter
from cms.translation.models import RequestedVersion, Work
from wagtail.models import Page
from wagtail_localize.models import Translation
states = Counter(RequestedVersion.objects.values_list("state", flat=True))
things = Counter(Page.objects.values_list("translation_key", "locale"))
asked = Counter(Translation.objects.values_list("source__object_id", "target_locale"))
doubles = sum(n > 1 for n in [*things.values(), *asked.values()])
print(json.dumps({"states": states, "doubles": doubles, "works": Work.objects.count(),
                  "asked": Translation.objects.count()}))
"""


class Translator(threading.Thread):
    """Saves one string after another; ``seconds`` of each, and what was answered but success."""

    def __init__(self, url: str, address: str, strings: list[int], done: threading.Event) -> None:
        super().__init__()
        self.url, self.address, self.strings, self.done = url, address, strings, done
        self.session = sign_in(url, "translator")
        self.seconds: list[float] = []
        self.faults: list[str] = []

    def run(self) -> None:
        turn = 0
        while not self.done.is_set():
            turn += 1
            string = self.strings[turn % len(self.strings)]
            begun = time.monotonic()
            try:
                answer = self.session.put(
                    f"{self.url}{self.address}{string}/edit/",
                    {"value": f"Stycke {turn}"},
                    headers={"X-CSRFToken": self.session.cookies["csrftoken"], "Referer": self.url},
                    timeout=PATIENCE,
                )
                self.seconds.append(time.monotonic() - begun)
                if answer.status_code not in (200, 201):
                    self.faults.append(f"{answer.status_code} {answer.text[:100]}")
            except requests.RequestException as error:
                self.faults.append(type(error).__name__)
            self.done.wait(BETWEEN)


def run() -> Iterator[str]:
    with sample_site() as site:
        told = json.loads(site.ask(FIRST).splitlines()[-1])
        manage(site.environment, "worker", "--once")  # new pages reach the index before
        with site.serve() as (url, process):
            address = f"/admin/localize/translate/{told['translation']}/strings/"
            done = threading.Event()
            quiet = at_work(url, address, told["strings"], done)
            time.sleep(10)
            yield line("nothing else going on", finish(quiet, done))
            done = threading.Event()
            busy = at_work(url, address, told["strings"], done)
            number = json.loads(site.ask(ASK).splitlines()[-1])
            begun = time.monotonic()
            staff = Onlooker(url, number)
            whole = staff.waiting()
            staff.wait_until(lambda left: left < whole / 2)
            kill_worker(process.pid)
            staff.wait_until(lambda left: left == 0)
            seconds = time.monotonic() - begun
            said = line(f"{VERSIONS} versions prepared in {seconds:.0f} s", finish(busy, done))
            yield said
        counted = json.loads(site.ask(COUNT).splitlines()[-1])
        yield f"the worker was killed halfway: {counted}"
        assert counted["doubles"] == 0, counted
        assert set(counted["states"]) == {"done"}, counted
        every = sorted(second for each in busy for second in each.seconds)
        assert not [fault for each in busy for fault in each.faults], said
        assert every[int(len(every) * 0.95)] <= USUAL, said
        assert every[-1] <= WORST, said


def at_work(url: str, address: str, strings: list[int], done) -> list[Translator]:
    found = [Translator(url, address, strings[n::TRANSLATORS], done) for n in range(TRANSLATORS)]
    for each in found:
        each.start()
    return found


def finish(translators: list[Translator], done) -> list[Translator]:
    done.set()
    for each in translators:
        each.join()
    return translators


def line(what: str, translators: list[Translator]) -> str:
    seconds = sorted(second for each in translators for second in each.seconds)
    faults = [fault for each in translators for fault in each.faults]
    usual = seconds[int(len(seconds) * 0.95)]
    return (
        f"{what}: {len(seconds)} strings saved, median {seconds[len(seconds) // 2]:.2f} s, "
        f"95 % within {usual:.2f} s, worst {seconds[-1]:.2f} s; {len(faults)} faults {faults[:3]}"
    )


class Onlooker:
    """Somebody of the staff, who opens the request's own page now and then."""

    def __init__(self, url: str, number: int) -> None:
        self.address = f"{url}/admin/translation/requests/{number}/"
        self.session = sign_in(url, "translator")
        self.session.headers["Connection"] = "close"

    def waiting(self) -> int:
        """How many versions wait."""
        page = self.session.get(self.address, timeout=PATIENCE)
        return int(page.text.partition('data-waiting="')[2].partition('"')[0])

    def wait_until(self, enough) -> None:
        end = time.monotonic() + MOST_SECONDS
        while not enough(self.waiting()):
            assert time.monotonic() < end, "The request was never finished."
            time.sleep(3)
