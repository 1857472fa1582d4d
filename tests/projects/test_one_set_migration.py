"""Sites whose languages had copies of the facts: carried over, and told where they disagreed."""

import uuid
from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("projects", "0006_places_of_2026")]
AFTER = [("projects", "0009_children_without_language")]
ORGANISATION = uuid.uuid4()


def migrated(targets):
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


@pytest.fixture
def old(transactional_db):
    yield migrated(BEFORE)
    # Rooms that came later stand on this one: their tables are gone too.
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


class Site:
    """Finnish and Swedish pages of projects, in the models of before."""

    def __init__(self, apps) -> None:
        self.apps = apps
        locales = apps.get_model("wagtailcore", "Locale").objects
        self.locales = {code: locales.get_or_create(language_code=code)[0] for code in ("fi", "sv")}
        self.kind = ContentType.objects.get(app_label="projects", model="projectpage").pk
        self.funders = {
            code: apps.get_model("projects", "Organisation").objects.create(
                locale=locale,
                translation_key=ORGANISATION,
                name=f"Rahasto {code}",
                email=f"{code}@example.org",
            )
            for code, locale in self.locales.items()
        }
        self.pages = 0

    def page(self, key, language, title, amount=None, **fields):
        self.pages += 1
        locale = self.locales[language]
        page = self.apps.get_model("projects", "ProjectPage").objects.create(
            path=f"0001009{self.pages}",
            depth=2,
            title=title,
            draft_title=title,
            slug=title.lower(),
            url_path=f"/{title.lower()}/",
            locale=locale,
            translation_key=key,
            content_type_id=self.kind,
            **fields,
        )
        if amount is not None:
            self.apps.get_model("projects", "ProjectFunding").objects.create(
                page=page,
                organisation=self.funders[language],
                amount=amount,
                role="main",
                locale=locale,
                translation_key=uuid.uuid5(key, "funding"),
            )
        return page.pk


def test_the_page_first_written_wins_and_what_differed_is_told(old, capsys):
    site, bridge, boat, road = Site(old), uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    first = site.page(bridge, "fi", "Silta", 100, code="S1", end_date=date(2027, 12, 31))
    site.page(bridge, "sv", "Bron", 200, code="X9", end_date=date(2025, 12, 31))
    same = site.page(boat, "fi", "Vene", 5, code="S2")
    site.page(boat, "sv", "Båten", 5, code="S2")
    swedish = site.page(road, "sv", "Vägen", 7, code="S3")
    site.page(road, "fi", "Tie", code="")
    apps = migrated(AFTER)
    told = capsys.readouterr().out
    pages = apps.get_model("projects", "ProjectPage").objects.order_by("pk")
    assert [(page.title, page.code, page.carries_facts) for page in pages] == [
        ("Silta", "S1", True),
        ("Bron", "", False),
        ("Vene", "S2", True),
        ("Båten", "", False),
        ("Vägen", "S3", True),
        ("Tie", "", False),
    ]
    assert pages[0].end_date == date(2027, 12, 31)
    funding = apps.get_model("projects", "ProjectFunding").objects.order_by("pk")
    assert [(row.page_id, row.amount) for row in funding] == [
        (first, 100),
        (same, 5),
        (swedish, 7),
    ]
    emails = apps.get_model("projects", "Organisation").objects.values_list("email", flat=True)
    assert set(emails) == {"fi@example.org"}
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    assert lines == [
        "Bron (sv): code was “X9”, is “S1”",
        "Bron (sv): end_date was “2025-12-31”, is “2027-12-31”",
        "Bron (sv): funding were “Rahasto sv main 200.00”",
        "Tie (fi): code was “–”, is “S3”",
        "Tie (fi): funding were “–”",
        "Organisation Rahasto sv (sv): email was “sv@example.org”, is “fi@example.org”",
    ]
