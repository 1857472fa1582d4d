"""A project that was first written in another language than Finnish has its facts in its file."""

import pytest
from django.core.management import call_command

from projects.models import ProjectPage
from tests.admin.test_fact_forms import state
from tests.projects.facts import all_words, make_site
from tests.projects.test_import_whole import everything, forget_everything

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def page(commit):
    page = commit(make_site, "sv")
    assert ProjectPage.objects.get(carries_facts=True).locale.language_code == "sv"
    return page


def export(folder):
    call_command("export_projects", str(folder))
    return folder


def test_its_file_has_the_facts(page, tmp_path):
    text = (export(tmp_path / "a") / "silta.yaml").read_text()
    for fact in ("S100", "ENTINEN", "2014-01-01", "'240'", "entinen-teema", "entinen-ihminen"):
        assert fact in text, fact


def test_export_and_import_into_an_empty_site_give_the_same_bytes(page, tmp_path):
    before = everything(export(tmp_path / "a"))
    facts = state(page)
    forget_everything()
    call_command("import_projects", str(tmp_path / "a"))
    assert everything(export(tmp_path / "b")) == before
    after = state(ProjectPage.objects.get(carries_facts=True))
    for name, value in facts.items():
        if isinstance(value, list):
            assert len(after[name]) == len(value), name
        else:
            assert bool(after[name]) == bool(value), name
    assert after["code"] == facts["code"] == "S100"


def test_import_of_what_was_exported_changes_nothing(page, tmp_path):
    facts, words = state(page), all_words(page)
    before = everything(export(tmp_path / "a"))
    call_command("import_projects", str(tmp_path / "a"))
    assert (state(page), all_words(page)) == (facts, words)
    assert everything(export(tmp_path / "b")) == before
