"""Following by e-mail: asking, confirming, the week's letter, stopping."""

import html
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from following import digest
from following.keeping import forget_unconfirmed
from following.models import Follow
from following.questions import question_at
from tests.factories import OrganisationFactory, ProjectFactory, project_index, publication_index

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FORM = "/en/seuraa/"


@pytest.fixture
def index():
    publication_index()
    return project_index()


def ask(client, address, email="aino@example.org", **others):
    return client.post(FORM, {"of": address, "email": email, "website": "", **others})


def follows(address, email="aino@example.org", weeks=1, **others) -> Follow:
    question = question_at(address)
    return Follow.objects.create(
        email=email,
        question=question.address,
        language=question.language,
        confirmed=True,
        told_at=timezone.now() - timedelta(weeks=weeks),
        **others,
    )


def published(index, title, **facts):
    return ProjectFactory(parent=index, title=title, first_published_at=timezone.now(), **facts)


def send() -> int:
    """As on the Monday after."""
    return digest.send_digests(timezone.now() + timedelta(weeks=1))


def test_nobody_is_told_anything_before_the_address_is_confirmed(client, index):
    page = client.get(f"{FORM}?of=/fi/hankkeet/%3Fmunicipality%3D205")
    assert "Hankkeet: Kajaani" in page.content.decode()
    assert ask(client, "/fi/hankkeet/?municipality=205").status_code == 200
    follow = Follow.objects.get()
    (letter,) = mail.outbox
    url = f"/fi/seuraa/vahvista/{follow.key}/"
    assert url in letter.body
    assert client.get(url).status_code == 200
    assert not Follow.objects.get().confirmed
    client.post(url)
    assert Follow.objects.get().confirmed


def test_a_known_address_gets_the_same_answer_and_no_letter(client, index):
    first = ask(client, "/fi/hankkeet/")
    Follow.objects.update(confirmed=True)
    second = ask(client, "/fi/hankkeet/", "AINO@example.org")
    assert first.content == second.content.replace(b"AINO", b"aino")
    assert len(mail.outbox) == Follow.objects.count() == 1


@pytest.mark.parametrize("email", ["", "x", "a@b\nBcc: c@example.org", "a" * 300 + "@example.org"])
def test_an_address_that_is_none_is_refused_and_loses_nothing(client, index, email):
    page = ask(client, "/fi/hankkeet/", email)
    assert page.status_code == 400
    assert 'value="/fi/hankkeet/"' in page.content.decode()
    assert not mail.outbox


@pytest.mark.parametrize(
    "address",
    ["", "x", "//evil.example/fi/hankkeet/", "https://evil.example/fi/hankkeet/", "/xx/", "/fi/ei/",
     "/fi/organisaatiot/ei-ole/", "http://[", "/fi/hankkeet/" + "x" * 600],
)  # fmt: skip
def test_what_is_no_page_of_lists_cannot_be_followed(client, index, address):
    assert client.get(FORM, {"of": address}).status_code == 404
    assert ask(client, address).status_code == 404


def test_a_form_of_another_site_and_a_robot_get_nothing(client, index):
    foreign = {"Sec-Fetch-Site": "cross-site"}
    told = {"of": "/fi/hankkeet/", "email": "aino@example.org"}
    assert client.post(FORM, told, headers=foreign).status_code == 403
    ask(client, "/fi/hankkeet/", website="http://spam.example")
    assert not Follow.objects.exists()


def test_each_question_is_told_what_is_new_in_it(index):
    lead = OrganisationFactory(name="Majakka ry")
    ProjectFactory(parent=index, title="Vanha", municipalities=["205"])
    follows("/fi/hankkeet/?municipality=205", weeks=0)
    mine = {"organisations": [(lead, "lead")], "municipalities": ["205"]}
    published(index, "Uusi silta", **mine)
    published(index, "Muualla", municipalities=["091"])
    follows("/sv/organisaatiot/majakka-ry/", "eero@example.org", weeks=0)
    Follow.objects.update(told_at=timezone.now() - timedelta(minutes=1))
    assert send() == 2
    first, second = mail.outbox
    assert "Uusi silta" in first.body
    assert "Muualla" not in first.body
    assert second.extra_headers["Content-Language"] == "sv"
    assert first.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert send() == 0


def test_nobody_has_a_letter_twice_though_the_job_is_killed_half_way(index, monkeypatch):
    for number in range(6):
        follows("/fi/hankkeet/", f"n{number}@example.org")
    published(index, "Uusi silta")
    sent, build = [], digest.letter_of_the_week

    def killed(follow, *rest):
        if len(sent) == 3:
            raise KeyboardInterrupt
        sent.append(follow.email)
        return build(follow, *rest)

    monkeypatch.setattr(digest, "letter_of_the_week", killed)
    with pytest.raises(KeyboardInterrupt):
        send()
    monkeypatch.setattr(digest, "letter_of_the_week", build)
    send()
    receivers = [letter.to[0] for letter in mail.outbox]
    assert len(receivers) == len(set(receivers)) >= 5


def test_a_letter_that_could_not_be_sent_is_tried_again(index, monkeypatch):
    follows("/fi/hankkeet/")
    published(index, "Uusi silta")
    build = digest.letter_of_the_week
    monkeypatch.setattr(digest, "letter_of_the_week", lambda *rest: 1 / 0)
    assert send() == 0
    monkeypatch.setattr(digest, "letter_of_the_week", build)
    assert send() == 1


def test_a_week_without_news_is_a_week_without_letters(index):
    follows("/fi/hankkeet/", weeks=0)
    follows("/fi/haku/?q=silta", "eero@example.org", weeks=0)
    assert send() == 0


def test_one_click_stops_all_and_the_page_one(client, index):
    own, other = follows("/fi/hankkeet/"), follows("/fi/julkaisut/")
    stop = f"/fi/seuraa/lopeta/{own.key}/"
    assert client.get(stop).status_code == 200
    assert Follow.objects.count() == 2
    client.post(stop, {"only": str(other.pk)})
    assert Follow.objects.get() == own
    client.post(stop, {"List-Unsubscribe": "One-Click"})
    assert not Follow.objects.exists()
    assert client.post(stop).status_code == 200


def test_addresses_that_nobody_confirmed_are_forgotten(client, index):
    ask(client, "/fi/hankkeet/")
    assert forget_unconfirmed() == 0
    Follow.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert forget_unconfirmed() == 1


def test_who_stops_one_thing_meanwhile_loses_no_letter(index, monkeypatch):
    own, other = follows("/fi/hankkeet/"), follows("/fi/haku/")
    published(index, "Uusi silta")
    look, gone = digest.Answers.of, Follow.objects.filter(pk=other.pk)
    monkeypatch.setattr(
        digest.Answers, "of", lambda self, follow: (gone.delete(), look(self, follow))[1]
    )
    assert send() == 0
    monkeypatch.undo()
    assert send() == 1
    assert mail.outbox[0].to == [own.email]


def test_nobody_can_have_a_stranger_sent_a_speech(client, index):
    ask(client, "/fi/haku/?q=Voita heti http://evil.example/x")
    assert "evil" not in mail.outbox[0].subject
    assert "evil" not in mail.outbox[0].body


def test_a_mail_server_that_is_away_is_told_of(client, index, monkeypatch):
    def away(*_rest):
        raise ConnectionRefusedError

    monkeypatch.setattr("following.views.ask_to_confirm", away)
    page = ask(client, "/fi/hankkeet/")
    assert page.status_code == 400
    assert 'value="aino@example.org"' in page.content.decode()


@pytest.mark.parametrize("only", ["9" * 5000, "abc", "²"])
def test_stopping_nonsense_stops_nothing(client, index, only):
    own = follows("/fi/hankkeet/")
    assert client.post(f"/fi/seuraa/lopeta/{own.key}/", {"only": only}).status_code == 200
    assert Follow.objects.exists()


def test_one_address_asks_ten_times_an_hour_and_loses_nothing(client, index):
    codes = [ask(client, "/fi/hankkeet/").status_code for _number in range(10)]
    assert codes == [200] * 10
    page = ask(client, "/fi/hankkeet/")
    assert page.status_code == 429
    assert 'value="aino@example.org"' in page.content.decode()
    assert 'value="/fi/hankkeet/"' in page.content.decode()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_search_that_finds_nothing_can_be_followed(client, index, language):
    found = client.get(f"/{language}/haku/?q=kukkapelto").content.decode()
    (link,) = re.findall(rf'href="(/{language}/seuraa/[^"]*)"', found)
    page = client.get(html.unescape(link)).content.decode()
    assert "kukkapelto" in page
    assert f'name="of" value="/{language}/haku/?q=kukkapelto"' in page


@pytest.mark.parametrize("asked", ["", "?q=kukkapelto&type=project", "?type=project&region=18"])
def test_the_link_of_a_search_that_finds_something_leads_to_the_form(client, index, commit, asked):
    commit(published, index, "Kukkapelto", regions=["18"])
    found = client.get(f"/fi/haku/{asked}").content.decode()
    (link,) = re.findall(r'href="(/fi/seuraa/[^"]*)"', found)
    page = client.get(html.unescape(link)).content.decode()
    assert f'name="of" value="/fi/haku/{html.escape(asked)}"' in page
