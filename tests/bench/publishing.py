"""What an editor waits for: a project sent to its languages, and published with all of them live.

Queries and CPU seconds of the requests, least, median and most; the queries of the index's own
tables are told beside them.
"""

import json
import statistics
import time
from collections.abc import Iterator
from urllib.parse import urlencode

from .sites import KATTO, site
from .visitors import form_fields, said, section

SIZE, ROUNDS = 50, 5
FORM = "application/x-www-form-urlencoded"


def run() -> Iterator[str]:
    with site(KATTO, SIZE, languages=1, index=False) as made:
        told = made.shell("from tests.bench.publishing import tell; tell()")
        yield from json.loads(told.splitlines()[-1])


class Cost:
    """Queries, those of the search's own tables apart, and CPU seconds of a block."""

    def __enter__(self) -> "Cost":
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        connection.queries_log.clear()  # it holds 9,000
        self._capture = CaptureQueriesContext(connection)
        self._capture.__enter__()
        self._start = time.process_time()
        return self

    def __exit__(self, *error) -> None:
        self.seconds = time.process_time() - self._start
        self._capture.__exit__(*error)
        tables = [query["sql"] for query in self._capture.captured_queries]
        self.index = sum('"search_' in sql for sql in tables)
        self.queries = len(tables) - self.index


def line(what: str, costs: list[Cost]) -> str:
    queries = max(cost.queries for cost in costs)
    seconds = sorted(cost.seconds for cost in costs)
    return (
        f"{what}: {queries} queries, {seconds[0]:.2f} {statistics.median(seconds):.2f} "
        f"{seconds[-1]:.2f} s; {max(cost.index for cost in costs)} queries for the index"
    )


def tell() -> None:
    """Runs in the site's own process; prints the lines as JSON."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from wagtail.models import Locale
    from wagtail_localize.models import Translation

    from cms.translation.requests import ask
    from cms.translation.requests.preparing import work_on
    from projects.models import ProjectPage

    user = get_user_model().objects.create_superuser("bench")
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    others = Locale.objects.exclude(language_code__in=["fi", "fi-simple"])
    projects = ProjectPage.objects.filter(locale__language_code="fi", slug__startswith="hanke-")
    submitting, publishing = [], []

    def send(address: str, data) -> Cost:
        with Cost() as cost:
            answer = client.post(address, urlencode(data, doseq=True), FORM)
        assert answer.status_code == 302, said(answer.content.decode())
        return cost

    for project in projects.order_by("slug")[: ROUNDS + 1]:
        with Cost() as cost:
            work_on(ask(user, [project], others).pk)
        submitting.append(cost)
        for each in Translation.objects.filter(source__object_id=project.translation_key):
            each.save_target(user=user, publish=True)
        assert project.get_translations().live().count() == others.count()
        address = f"/admin/pages/{project.pk}/edit/"
        new = [("lead", "Uusi."), ("code", f"{project.code}-2"), *section("Uusi.")]
        new.append(("action-publish", "action-publish"))
        old = form_fields(client.get(address).content.decode())
        publishing.append(send(address, [each for each in old if each[0] not in dict(new)] + new))
        assert ProjectPage.objects.get(pk=project.pk).code == f"{project.code}-2"
    lines = [
        line(f"one project sent to {len(others)} languages", submitting[1:]),
        line(f"one project published, live in {len(others)} more", publishing[1:]),
    ]
    print(json.dumps(lines))  # noqa: T201
