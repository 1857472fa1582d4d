"""People are forgotten whole, on time, and not before."""

from datetime import timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.core.management import call_command
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Locale, ModelLogEntry, Revision
from wagtail_localize.models import String, Translation, TranslationSource

from projects.models import Person, ProjectContact
from tests.assets.files import picture, upload
from tests.factories import PersonFactory, ProjectFactory

pytestmark = pytest.mark.django_db

NAME, EMAIL, PHONE = "Äinö Esimerkki", "aino.esimerkki@example.org", "040 000 0000"


def day(offset: int):
    return timezone.localdate() + timedelta(days=offset)


def run(*arguments) -> str:
    out = StringIO()
    call_command("forget_expired_people", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def person():
    photo = get_image_model().objects.create(title="x", file=upload("a.png", picture()))
    person = PersonFactory(
        name=NAME, email=EMAIL, phone=PHONE, photo=photo, title="Projektipäällikkö",
        public_until=day(-31),
    )  # fmt: skip
    source, _ = TranslationSource.update_or_create_from_instance(person)
    english, _ = Locale.objects.get_or_create(language_code="en")
    Translation.objects.create(source=source, target_locale=english).save_target()
    log(person, "wagtail.edit")
    return person


@pytest.fixture
def project(person):
    project = ProjectFactory(lead=f"Kysy: {NAME}, {EMAIL}")
    project.save_revision()
    ProjectContact.objects.create(page=project, person=person)
    project.lead = "Kysy meiltä"
    project.save_revision().publish()
    return project


def test_a_person_and_every_trace_go(person, project, django_capture_on_commit_callbacks):
    photo = person.photo.file
    with django_capture_on_commit_callbacks(execute=True):
        output = run()
    assert "Forgot 1 people" in output
    assert NAME not in output
    assert not Person.objects.exists()
    assert not ProjectContact.objects.exists()
    assert not TranslationSource.objects.filter(content_json__contains=EMAIL).exists()
    assert not String.objects.filter(data__in=[NAME, EMAIL, PHONE]).exists()
    assert not get_image_model().objects.exists()
    assert not photo.storage.exists(photo.name)
    for revision in Revision.objects.all():
        assert NAME not in str(revision.content)
        assert EMAIL not in str(revision.content)
    labels = ModelLogEntry.objects.filter(content_type__model="person")
    assert labels.exists()
    assert not labels.filter(label__contains="Esimerkki").exists()
    assert "Forgot 0 people" in run()


def test_a_name_in_the_body_of_an_old_revision_or_of_a_source_for_translation_goes(person):
    text = f"<p>Kysy: {NAME}</p>"
    project = ProjectFactory(body=[("section", {"kind": "aims", "heading": "", "text": text})])
    project.save_revision().publish()
    TranslationSource.update_or_create_from_instance(project)
    project.body = [("section", {"kind": "aims", "heading": "", "text": "<p>Kysy meiltä</p>"})]
    project.save_revision().publish()
    run()
    for stored in (
        *Revision.objects.values_list("content__body", flat=True),
        *TranslationSource.objects.values_list("content_json", flat=True),
    ):
        assert "Esimerkki" not in str(stored)


def test_a_dry_run_changes_nothing(person, project):
    assert "Would forget 1 people" in run("--dry-run")
    assert Person.objects.filter(name=NAME).exists()
    assert any(EMAIL in str(revision.content) for revision in Revision.objects.all())


@pytest.mark.parametrize(("until", "goes"), [(None, 0), (0, 0), (-30, 0), (-31, 1), (10, 0)])
def test_the_day_is_exact(until, goes):
    PersonFactory(public_until=None if until is None else day(until))
    assert f"Forgot {goes} people" in run("--days", "30")


def test_a_person_first_written_in_swedish_goes_by_her_one_date():
    swedish, _ = Locale.objects.get_or_create(language_code="sv")
    person = PersonFactory(locale=swedish)
    person.copy_for_translation(Locale.get_default()).save()
    person.public_until = day(-31)
    person.save()
    ProjectContact.objects.create(page=ProjectFactory(), person=person)
    assert "2 languages" in run()
    assert not Person.objects.exists()
    assert not ProjectContact.objects.exists()


def test_a_mention_in_a_live_text_is_reported_to_be_changed_by_hand(person):
    project = ProjectFactory(lead=f"Kysy: {EMAIL}")
    project.save_revision().publish()
    assert f"still named in the text of: {project}" in run()
    project.refresh_from_db()
    assert EMAIL in project.lead


def test_a_role_that_has_ended_goes_and_the_person_stays():
    person = PersonFactory(public_until=None)
    ProjectContact.objects.create(page=ProjectFactory(), person=person, public_until=day(-40))
    assert "Forgot 0 people and 1 roles" in run()
    assert Person.objects.filter(pk=person.pk).exists()


def test_a_picture_that_is_shown_elsewhere_stays(person):
    PersonFactory(photo=person.photo)
    run()
    assert get_image_model().objects.exists()


def test_traces_of_signing_in_are_deleted_in_time():
    old = AccessAttempt.objects.create(username="x", ip_address="192.0.2.1", failures_since_start=1)
    new = AccessAttempt.objects.create(username="y", ip_address="192.0.2.1", failures_since_start=1)
    long_ago = timezone.now() - timedelta(days=31)
    AccessAttempt.objects.filter(pk=old.pk).update(attempt_time=long_ago)
    call_command("clear_login_traces", stdout=StringIO())
    assert list(AccessAttempt.objects.all()) == [new]
