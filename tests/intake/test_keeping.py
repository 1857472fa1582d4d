"""Uploads are not kept for ever, nor longer than somebody whom they name."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.users.models import Subject, forget_all, tell_all
from intake.keeping import KEPT, forget_old_imports
from intake.models import Intake, IntakeFile
from intake.reading import read_file

from .tables import OWN, workbook_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def intake():
    intake = Intake.objects.create()
    read_file(intake, "hankkeet.xlsx", workbook_of(OWN))
    return intake


def test_old_uploads_go_unless_somebody_works_on_them(intake):
    forget_old_imports()
    assert IntakeFile.objects.exists()
    Intake.objects.update(made_at=timezone.now() - KEPT - timedelta(hours=1), state="saving")
    forget_old_imports()
    assert IntakeFile.objects.exists()
    Intake.objects.update(state="done")
    forget_old_imports()
    assert not IntakeFile.objects.exists()


def test_a_person_learns_of_uploads_and_is_forgotten_with_them(intake):
    subject = Subject(frozenset(), {"Maija Malli"}, {"maija@example.org"}, set())
    assert [row["file"] for row in tell_all(subject)["uploads"]] == ["hankkeet.xlsx"]
    forget_all(Subject(frozenset(), {"Pekka Malli"}, set(), set()))
    assert IntakeFile.objects.exists()
    forget_all(subject)
    assert not IntakeFile.objects.exists()
