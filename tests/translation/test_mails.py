"""E-mail at each turn: to whom, in which language, how many, and never in the way."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.core import schedule
from cms.translation import mails, review
from cms.translation.models import MailChoice, Notice, TranslationRequest, Work
from cms.users.roles import PUBLISHERS
from tests.factories import (
    EditorFactory,
    ProjectFactory,
    SuperuserFactory,
    project_index,
    translate,
)
from tests.translation.workplace import say, sent, translator

pytestmark = pytest.mark.django_db
Event = Notice.Event


@pytest.fixture
def works(commit):
    commit(translate, project_index(), "ar")

    def make(count: int) -> list[Work]:
        pages = [ProjectFactory(title=f"Silta {number}") for number in range(count)]
        translations = [commit(sent, page, "ar") for page in pages]
        mail.outbox.clear()
        return list(Work.objects.filter(translation__in=translations).order_by("pk"))

    return make


@pytest.fixture
def amina():
    return translator("ar", email="amina@example.org")


@pytest.fixture
def reviewer():
    return EditorFactory(join=PUBLISHERS.name, email="reviewer@example.org")


@pytest.fixture
def staff():
    return EditorFactory(join=PUBLISHERS.name, email="staff@example.org")


def receivers() -> list[str]:
    return sorted(address for letter in mail.outbox for address in letter.to)


def test_each_turn_tells_whom_it_concerns(works, amina, reviewer, staff, commit):
    [work] = works(1)
    translator("sv", email="sven@example.org")
    Work.objects.update(request=TranslationRequest.objects.create(created_by=staff))
    commit(mails.tell, staff, Event.REQUESTED, work)
    assert receivers() == ["amina@example.org"]
    mail.outbox.clear()
    say(work.translation)
    work = commit(review.hand_over, work.translation, amina)
    assert receivers() == ["reviewer@example.org", "staff@example.org"]
    mail.outbox.clear()
    work = commit(review.send_back, work, reviewer, "Otsikko on väärin.")
    assert receivers() == ["amina@example.org"]
    assert "Otsikko on väärin." in mail.outbox[0].body
    mail.outbox.clear()
    work = commit(review.hand_over, work.translation, amina)
    mail.outbox.clear()
    commit(review.approve, work, reviewer)
    assert receivers() == ["amina@example.org", "staff@example.org"]


def test_wagtails_own_letters_do_not_come_beside_ours(works, amina, reviewer, commit):
    [work] = works(1)
    say(work.translation)
    commit(review.hand_over, work.translation, amina)
    assert len(mail.outbox) == 1
    page = ProjectFactory(title="Muu")
    page.save_revision()
    mail.outbox.clear()
    commit(page.get_workflow().start, page, amina)
    assert len(mail.outbox) >= 1


def test_in_the_receivers_language_with_an_absolute_link(works, amina, staff, commit, settings):
    settings.BASE_URL = "https://katto.example.org"
    [work] = works(1)
    UserProfile.objects.create(user=amina, preferred_language="fi")
    english = translator("ar", email="english@example.org")
    UserProfile.objects.create(user=english, preferred_language="en")
    work.due_on = timezone.localdate()
    work.note = "Kiireinen."
    work.save()
    commit(mails.tell, staff, Event.REQUESTED, work)
    by_receiver = {letter.to[0]: letter for letter in mail.outbox}
    letter = by_receiver["english@example.org"]
    assert letter.subject == "[Katto] To translate (Arabic): Silta 0"
    assert f"https://katto.example.org/admin/translation/work/{work.pk}/" in letter.body
    assert "Note: Kiireinen." in letter.body
    assert "(arabia)" in by_receiver["amina@example.org"].subject
    assert not letter.alternatives


def test_more_than_five_come_in_one(works, amina, staff, commit):
    commit(mails.tell, staff, Event.REQUESTED, *works(6))
    assert len(mail.outbox) == 1
    assert all(f"Silta {number}" in mail.outbox[0].body for number in range(6))


def test_five_letters_an_hour_and_the_rest_together(works, amina, staff, commit):
    for work in works(8):
        commit(mails.tell, staff, Event.REQUESTED, work)
    assert len(mail.outbox) == 5
    earlier = timezone.now() - timedelta(minutes=61)
    Notice.objects.filter(sent_at__isnull=False).update(sent_at=earlier)
    for number, notice in enumerate(Notice.objects.filter(sent_at__isnull=False)):
        notice.sent_at = earlier - timedelta(seconds=number)
        notice.save()
    schedule.JOBS["translation.mails"].run()
    assert len(mail.outbox) == 8
    schedule.JOBS["translation.mails"].run()
    assert len(mail.outbox) == 8


def test_no_letter_to_who_declined_or_left_or_has_no_address(works, staff, commit, client):
    [work] = works(1)
    translator("ar", email="gone@example.org", is_active=False)
    translator("ar", email="")
    declined = translator("ar", email="declined@example.org")
    client.force_login(declined)
    html = client.get("/admin/account/").content.decode()
    assert 'name="translation_mail-wanted"' in html
    MailChoice.objects.create(user=declined, wanted=False)
    commit(mails.tell, staff, Event.REQUESTED, work)
    assert mail.outbox == []


def test_the_switch_in_the_account(client, db):
    user = SuperuserFactory()
    client.force_login(user)
    form = {
        "name_email-first_name": "A",
        "name_email-last_name": "B",
        "name_email-email": "a@example.org",
        "locale-preferred_language": "fi",
        "locale-current_time_zone": "Europe/Helsinki",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    response = client.post("/admin/account/", form)
    assert response.status_code == 302
    assert MailChoice.objects.get(user=user).wanted is False
    client.post("/admin/account/", {**form, "translation_mail-wanted": "on"})
    assert MailChoice.objects.get(user=user).wanted is True


def test_a_failing_server_breaks_nothing_and_is_tried_again(
    works, amina, reviewer, commit, settings
):
    [work] = works(1)
    say(work.translation)
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.translation.test_mails.Broken"
    work = commit(review.hand_over, work.translation, amina)
    assert work.state == Work.State.IN_REVIEW
    settings.EMAIL_BACKEND = backend
    mails.send_waiting()
    assert receivers() == ["reviewer@example.org"]


def test_a_title_makes_no_header(works, amina, staff, commit):
    [work] = works(1)
    source = work.translation.source
    source.object_repr = "Silta\nBcc: victim@example.org"
    source.save()
    commit(mails.tell, staff, Event.REQUESTED, work)
    assert "\n" not in mail.outbox[0].subject
    assert receivers() == ["amina@example.org"]


class Broken:
    def __init__(self, *args, **kwargs):
        raise ConnectionRefusedError


def test_a_letter_says_how_to_get_no_more(works, staff, commit):
    """It said that these messages *are* switched off, in the letter that had just come."""
    reader = translator("ar", email="amina@example.org")
    UserProfile.objects.create(user=reader, preferred_language="en")
    commit(mails.tell, staff, Event.REQUESTED, *works(1))
    assert "You can switch these messages off in your account: " in mail.outbox[0].body
