"""Asking about a project: what is kept, who hears of it, and what is never shown."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from asking.keeping import forget_old
from asking.models import Question
from asking.wagtail_hooks import lines
from cms.users.models import Subject, forget_all, tell_all
from home.models import SiteSettings
from tests.factories import ProjectFactory, SuperuserFactory, project_index

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def project():
    owner = SuperuserFactory(email="owner@example.org")
    return ProjectFactory(parent=project_index(), title="Silta", owner=owner)


def form_of(project, language="en") -> str:
    return f"/{language}/kysy/{project.translation_key}/"


def ask(client, project, message="Is this still open?", **said):
    return client.post(form_of(project), {"message": message, **said})


def test_a_question_is_kept_mailed_and_thanked_for(client, project):
    assert form_of(project, "fi") in client.get(project.url).content.decode()
    form = client.get(form_of(project))
    assert "Silta" in form.content.decode()
    answer = ask(client, project, name="Aino", email="aino@example.org")
    assert (answer.status_code, answer.url) == (302, form_of(project) + "kiitos/")
    assert client.get(answer.url).status_code == 200
    assert not client.cookies
    question, (letter,) = Question.objects.get(), mail.outbox
    assert (question.name, question.language) == ("Aino", "en")
    assert letter.to == ["owner@example.org"]
    assert letter.reply_to == ["aino@example.org"]
    assert question.message in letter.body


def test_without_an_owner_the_association_is_told(client, project):
    project.owner.is_active = False
    project.owner.save()
    own = SiteSettings.for_site(Site.objects.get())
    own.email = "office@example.org"
    own.save()
    ask(client, project)
    assert mail.outbox[0].to == ["office@example.org"]


def test_a_question_is_kept_though_the_post_is_away(client, project, monkeypatch):
    monkeypatch.setattr("asking.letters.EmailMessage.send", lambda *rest: 1 / 0)
    assert ask(client, project).status_code == 302
    assert Question.objects.count() == 1


@pytest.mark.parametrize(
    "said",
    [
        {"message": "", "name": "Aino"},
        {"message": "x" * 5001, "name": "Aino"},
        {"message": "Hei", "email": "a@b\nBcc: c@example.org", "name": "Aino"},
    ],
)
def test_what_cannot_be_sent_comes_back_as_typed(client, project, said):
    page = ask(client, project, **said)
    assert page.status_code == 400
    assert 'value="Aino"' in page.content.decode()
    assert said["message"] in page.content.decode()
    assert not mail.outbox
    assert not Question.objects.exists()


def test_control_characters_and_header_lines_do_no_harm(client, project):
    body = "message=a%00b%ED%A0%80&name=Aino%0D%0ABcc:+c@example.org"
    form = "application/x-www-form-urlencoded"
    answer = client.post(form_of(project), body, content_type=form)
    assert answer.status_code == 302
    assert "\x00" not in Question.objects.get().message
    assert mail.outbox[0].recipients() == ["owner@example.org"]


def test_robots_and_other_sites_ask_nothing(client, project):
    assert ask(client, project, website="http://spam.example").status_code == 302
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(form_of(project), {"message": "x"}, headers=foreign).status_code == 403
    assert not Question.objects.exists()
    assert not mail.outbox


def test_one_address_asks_ten_times_an_hour(client, project):
    assert [ask(client, project).status_code for _number in range(10)] == [302] * 10
    answer = ask(client, project, message="Onko ryhmässä tilaa?", name="Aino")
    assert answer.status_code == 429
    page = answer.content.decode()
    assert "Onko ryhmässä tilaa?" in page
    assert 'value="Aino"' in page
    assert "in an hour" in page
    assert Question.objects.count() == 10


def test_of_what_is_not_public_nothing_is_asked(client, project):
    draft = ProjectFactory(parent=project.get_parent(), title="Salainen", live=False)
    closed = ProjectFactory(parent=project.get_parent(), title="Suljettu")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    for page in (draft, closed):
        assert client.get(form_of(page)).status_code == 404
        assert ask(client, page).status_code == 404
        assert client.get(form_of(page) + "kiitos/").status_code == 404
    assert client.get(f"/en/kysy/{uuid4()}/").status_code == 404
    assert client.get("/en/kysy/xyz/").status_code == 404


def test_staff_see_the_questions_of_their_projects_and_answer(client, project):
    ask(client, project)
    question, request = Question.objects.get(), RequestFactory().get("/")
    request.user = project.owner
    (line,) = lines(request)
    assert line.count == 1
    client.force_login(project.owner)
    assert question.message in client.get(line.url).content.decode()
    for garbage in ("", "x", "²", "9" * 40, "0"):
        assert client.post(line.url, {"answered": garbage}).status_code == 404
    assert client.post(line.url, {"answered": question.pk}).status_code == 302
    (line,) = lines(request)
    assert line.count == 0


def test_whoever_asked_is_told_and_forgotten(client, project):
    ask(client, project, email="aino@example.org")
    ask(client, project)
    subject = Subject(emails=frozenset(["aino@example.org"]))
    assert len(tell_all(subject)["questions"]) == 1
    forget_all(subject)
    assert Question.objects.get().email == ""
    Question.objects.update(asked_at=timezone.now() - timedelta(days=91))
    assert forget_old() == 1
