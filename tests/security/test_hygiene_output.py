"""Characters that lay in the database before anything was cleaned break no output."""

import csv
import io
import json
from xml.etree import ElementTree

import openpyxl
import polib
import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils.timezone import now
from wagtail_localize.models import Translation, TranslationSource

from cms.core.hygiene import UNFIT
from projects.models import ProjectPage
from tests.factories import LocaleFactory, OrganisationFactory, ProjectFactory
from tests.security.unseen import UNSEEN, traces, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def old_words(db, settings):
    """A project and an association whose words are from before anything was cleaned."""
    unseen = UNSEEN.replace("\0", "") if connection.vendor == "postgresql" else UNSEEN
    page = ProjectFactory(title="Hanke", lead="Hanke", acronym="Hanke", last_published_at=now())
    OrganisationFactory(name="Hanke")
    literal = "Vanha" + "".join(f"a{character}" for character in unseen)
    with connection.cursor() as cursor:
        for table, column in (
            ("wagtailcore_page", "title"),
            ("wagtailcore_page", "draft_title"),
            ("projects_projectpage", "lead"),
            ("projects_projectpage", "acronym"),
            ("projects_organisation", "name"),
        ):
            parts = " || ".join(f"{_char()}({ord(letter)})" for letter in literal)
            cursor.execute(f"UPDATE {table} SET {column} = {parts} WHERE {column} = 'Hanke'")
    call_command("rebuild_search")
    page = ProjectPage.objects.get(pk=page.pk)
    assert UNFIT.search(page.title)
    return page


def _char() -> str:
    return "char" if connection.vendor == "sqlite" else "chr"


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def test_what_is_there_breaks_no_output(admin, old_words):
    for address in (
        "/fi/feeds/projects.atom",
        "/fi/feeds/publications.atom",
        "/fi/haku/hits.atom",
        "/sitemap.xml",
    ):
        text = body(admin.get(address)).decode()
        ElementTree.fromstring(text)
    assert "Vanha" in body(admin.get("/fi/feeds/projects.atom")).decode()
    for address in ("/api/v1/projects", "/api/v1/organisations", "/fi/haku/hits.json"):
        assert json.loads(body(admin.get(address)))
    rows = list(csv.reader(io.StringIO(body(admin.get("/fi/haku/hits.csv")).decode())))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not any(UNFIT.search(cell) for row in rows for cell in row)
    assert admin.get(old_words.url).status_code == 200


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_lists_of_the_admin_are_exported(admin, old_words, kind):
    answer = admin.get(reverse("wagtailadmin_reports:aging_pages"), {"export": kind})
    assert answer.status_code == 200
    content = body(answer)
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        content = "\n".join(str(cell.value) for row in sheet for cell in row).encode()
    assert "Vanhaa" in content.decode()
    assert not UNFIT.search(content.decode())


def test_old_words_go_to_translators_and_back(admin, old_words):
    source, _created = TranslationSource.get_or_create_from_instance(old_words)
    swedish = LocaleFactory(language_code="sv")
    translation = Translation.objects.create(source=source, target_locale=swedish)
    translation.save_target(publish=False)
    po = polib.pofile(str(translation.export_po()))
    for entry in po:
        entry.msgstr = "Ny"
    upload(admin, translation, str(po))
    translation.save_target(publish=False)
    assert translation.get_target_instance().title == "Ny"


def test_a_command_cleans_what_lies_there(old_words, capsys):
    assert traces()
    call_command("clean_texts")
    call_command("rebuild_search")
    assert traces() == []
    assert ProjectPage.objects.get(pk=old_words.pk).title.startswith("Vanhaa")
    capsys.readouterr()
    call_command("clean_texts")
    assert "0" in capsys.readouterr().out
