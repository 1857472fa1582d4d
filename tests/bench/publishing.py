"""What an editor waits for: a project sent to six languages, and published with all of them live.

Queries and CPU seconds of the request or of ``publish()``; what the index costs is told beside it.
A ``rebuild_search`` is told in documents a second of CPU time.
"""

import json
import statistics
import time
from collections.abc import Iterator

from .sites import KATTO, Site, site

SIZE, ROUNDS = 50, 5
REBUILT = 500


def run() -> Iterator[str]:
    with site(KATTO, SIZE, languages=1) as made:
        told = made.shell("from tests.bench.publishing import tell; tell()")
        yield from json.loads(told.splitlines()[-1])
    with site(KATTO, REBUILT) as made:
        yield rebuilding(made)


def rebuilding(made: Site) -> str:
    code = (
        "import time; from django.core.management import call_command as call; "
        "start = time.process_time(); call('rebuild_search', verbosity=1); "
        "print(time.process_time() - start)"
    )
    *_said, documents, seconds = made.shell(code).strip().splitlines()
    number = int(documents.split(":")[1].split()[0])
    return f"rebuild_search: {number / float(seconds):.0f} documents a second ({number} documents)"


class Cost:
    """Queries, those of the search's own tables apart, and CPU seconds of a block."""

    def __enter__(self) -> "Cost":
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

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

    from projects.models import ProjectPage

    user = get_user_model().objects.create_superuser("bench")
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    others = Locale.objects.exclude(language_code="fi")
    projects = ProjectPage.objects.filter(locale__language_code="fi", slug__startswith="hanke-")
    submitting, publishing = [], []
    for project in projects.order_by("slug")[: ROUNDS + 1]:
        with Cost() as cost:
            answer = client.post(
                f"/admin/localize/submit/page/{project.pk}/",
                {"locales": [locale.pk for locale in others]},
            )
        assert answer.status_code == 302, answer.content.decode()[:2000]
        submitting.append(cost)
        for translation in Translation.objects.filter(
            source__object_id=project.translation_key, enabled=True
        ):
            translation.save_target(user=user, publish=True)
        assert project.get_translations().live().count() == others.count()
        page = ProjectPage.objects.get(pk=project.pk)
        page.lead, page.code = f"{page.lead} Uusi.", f"{page.code}-2"
        with Cost() as cost:
            page.save_revision(user=user).publish(user=user)
        publishing.append(cost)
    lines = [
        line(f"one project sent to {len(others)} languages", submitting[1:]),
        line(f"one project published, live in {len(others)} more", publishing[1:]),
    ]
    print(json.dumps(lines))  # noqa: T201
