"""The weekly letter has the lines of the front page; owners are reminded once of each thing."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.repair import letters, reminders
from cms.repair.models import LetterChoice, Told
from cms.users.roles import EDITORS
from projects.models import ProjectContact
from tests.factories import (
    ContentPageFactory,
    EditorFactory,
    PersonFactory,
    ProjectFactory,
    SuperuserFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def clock(monkeypatch):
    """Wednesday the 25th of November 2026, and on from there."""
    now = [timezone.make_aware(datetime(2026, 11, 25, 9))]
    monkeypatch.setattr(timezone, "now", lambda: now[0])

    def go(**step):
        now[0] += timedelta(**step)

    return go


def reader(language: str = "fi", **fields):
    user = SuperuserFactory(**fields)
    UserProfile.objects.create(user=user, preferred_language=language)
    LetterChoice.objects.create(user=user, weekly=True)
    return user


def to() -> list[str]:
    return sorted(letter.to[0] for letter in mail.outbox)


def test_a_letter_a_week_to_who_wants_it_in_her_language(clock):
    reader("en", email="english@example.org", first_name="Anna")
    reader("fi", email="suomi@example.org")
    LetterChoice.objects.create(user=SuperuserFactory(email="no@example.org"), weekly=False)
    SuperuserFactory(email="never@example.org")
    reader(email="")
    reader(email="gone@example.org", is_active=False)
    ProjectFactory(title="Luonnos", live=False)
    assert letters.send_weekly() == 2
    assert to() == ["english@example.org", "suomi@example.org"]
    [letter] = [each for each in mail.outbox if each.to == ["english@example.org"]]
    assert "What needs doing this week" in letter.subject
    assert "Projects not yet published: 1" in letter.body
    assert "http://localhost:8000/admin/projects/?live=false" in letter.body
    assert "Hello Anna" in letter.body
    assert not letter.alternatives
    assert letters.send_weekly() == 0
    clock(days=4, hours=20)  # Monday, five in the morning
    assert letters.send_weekly() == 0
    clock(hours=1)
    assert letters.send_weekly() == 2


def test_nothing_to_do_is_no_letter(clock):
    reader(email="a@example.org")
    assert letters.send_weekly() == 0
    assert mail.outbox == []


def test_lines_are_those_that_the_reader_may_do_something_about(clock):
    user = EditorFactory(join=EDITORS.name, email="editor@example.org")
    LetterChoice.objects.create(user=user, weekly=True)
    stranger = UserFactory(email="stranger@example.org")
    LetterChoice.objects.create(user=stranger, weekly=True)
    ProjectFactory(live=False)
    letters.send_weekly()
    assert to() == ["editor@example.org"]


def test_killed_half_way_nobody_gets_two(clock, monkeypatch):
    for name in "abc":
        reader(email=f"{name}@example.org")
    ProjectFactory(live=False)
    send, sent = letters.send_mail, []

    def killed(*args):
        if len(sent) == 1:
            raise KeyboardInterrupt
        sent.append(args)
        send(*args)

    monkeypatch.setattr(letters, "send_mail", killed)
    with pytest.raises(KeyboardInterrupt):
        letters.send_weekly()
    monkeypatch.setattr(letters, "send_mail", send)
    letters.send_weekly()
    assert len(to()) == len(set(to())) == 2


def test_a_server_that_is_away_is_tried_again(clock, settings):
    reader(email="a@example.org")
    ProjectFactory(live=False)
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.translation.test_mails.Broken"
    assert letters.send_weekly() == 0
    settings.EMAIL_BACKEND = works
    assert letters.send_weekly() == 1


def test_the_choice_stands_in_the_account(client):
    user = SuperuserFactory()
    client.force_login(user)
    html = client.get("/admin/account/").content.decode()
    assert 'name="letters-weekly"' in html
    assert 'name="letters-reminders"' in html
    form = {
        "name_email-first_name": "A",
        "name_email-last_name": "B",
        "name_email-email": "a@example.org",
        "locale-preferred_language": "fi",
        "locale-current_time_zone": "Europe/Helsinki",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "letters-weekly": "on",
    }
    assert client.post("/admin/account/", form).status_code == 302
    choice = LetterChoice.objects.get(user=user)
    assert (choice.weekly, choice.reminders) == (True, False)


def test_owners_are_reminded_once_of_reviews_and_contacts(clock):
    owner = SuperuserFactory(email="owner@example.org")
    UserProfile.objects.create(user=owner, preferred_language="en")
    today = timezone.localdate()
    ContentPageFactory(title="Tietosuoja", review_on=today, owner=owner)
    ContentPageFactory(title="Myöhemmin", review_on=today + timedelta(days=3), owner=owner)
    ContentPageFactory(title="Ei kenenkään", review_on=today)
    soon = PersonFactory(name="Liisa Lähtevä", public_until=today + timedelta(days=30))
    late = PersonFactory(name="Pia Pysyvä", public_until=today + timedelta(days=31))
    project = ProjectFactory(title="Silta", owner=owner, contacts=[soon, late])
    assert reminders.send() == 1
    [letter] = mail.outbox
    assert letter.to == ["owner@example.org"]
    assert "Tietosuoja" in letter.body
    assert "Liisa Lähtevä are shown until" in letter.body
    assert f"/admin/pages/{project.pk}/edit/" in letter.body
    assert not any(name in letter.body for name in ("Pia Pysyvä", "Myöhemmin", "Ei kenenkään"))
    assert reminders.send() == 0
    clock(days=3)
    assert reminders.send() == 1
    assert "Pia Pysyvä" in mail.outbox[1].body
    assert "Myöhemmin" in mail.outbox[1].body
    assert "Liisa" not in mail.outbox[1].body


def test_a_day_that_is_moved_is_told_of_anew(clock):
    owner, today = SuperuserFactory(email="owner@example.org"), timezone.localdate()
    person = PersonFactory()
    project = ProjectFactory(owner=owner, contacts=[person])
    for days in (5, 9, 5):
        ProjectContact.objects.update(public_until=today + timedelta(days=days))
        project.save()
        reminders.send()
    assert len(mail.outbox) == 2


def test_no_reminder_to_who_declined_or_may_do_nothing(clock):
    declined = SuperuserFactory(email="declined@example.org")
    LetterChoice.objects.create(user=declined, reminders=False)
    stranger = UserFactory(email="stranger@example.org")
    for owner in (declined, stranger):
        ContentPageFactory(review_on=timezone.localdate(), owner=owner)
    assert reminders.send() == 0
    assert mail.outbox == []


def test_a_reminder_that_failed_is_tried_again(clock, settings):
    owner = SuperuserFactory(email="owner@example.org")
    ContentPageFactory(review_on=timezone.localdate(), owner=owner)
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.translation.test_mails.Broken"
    assert reminders.send() == 0
    assert not Told.objects.exists()
    settings.EMAIL_BACKEND = works
    assert reminders.send() == 1
