"""The index is written from what the database says, not from what a process still holds of it."""

import pytest

from cms.core import content_epoch
from projects.models import Organisation
from projects.public import registers
from search.engines import database_engine, get_engine
from search.indexing import differences, write
from search.service import make_question
from tests.factories import OrganisationFactory, ProjectFactory

pytestmark = pytest.mark.django_db


def found(word: str) -> int:
    plan = make_question(word, "fi").plan
    return get_engine(database_engine()).search(plan, filters={"type": ["project"]}).total


def test_a_change_is_followed_though_the_process_has_not_heard_of_it(monkeypatch):
    funder = OrganisationFactory(name="Vanhanimi")
    project = ProjectFactory(title="Silta", funding=[(funder, "main", 1)])
    record = [("project", project.translation_key)]
    monkeypatch.setattr(content_epoch, "epoch_of_second", lambda: "the second before")
    assert registers().organisations.get(funder.pk, "fi").name == "Vanhanimi"
    Organisation.objects.filter(pk=funder.pk).update(name="Uusinimi")
    assert registers().organisations.get(funder.pk, "fi").name == "Vanhanimi"
    write(database_engine(), record)
    assert (found("Uusinimi"), found("Vanhanimi")) == (1, 0)
    assert differences(database_engine())[0] == set()
    assert registers().organisations.get(funder.pk, "fi").name == "Vanhanimi"
