"""Links are followed politely, and never to where only this machine can go."""

import http.server
import socket
import threading
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from cms.repair import addresses, checking, own
from cms.repair.addresses import Answer, fetch, is_public
from cms.repair.models import Fault, Link
from cms.repair.reading import key_of
from tests.factories import ContentPageFactory, DocumentFactory, home_page

one_database = pytest.mark.one_database


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_are_public(address, public):
    assert is_public(address) is public


class Site(http.server.BaseHTTPRequestHandler):
    """A server that has ``/there``, does not know HEAD at ``/get-only``, and leads on."""

    asked: list[tuple[str, str, str]] = []

    def _answer(self) -> None:
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        onward = {"/moved": "/there", "/circle": "/circle", "/inside": "http://10.0.0.1/"}
        known = self.path == "/there" or (self.path == "/get-only" and self.command == "GET")
        self.send_response(302 if self.path in onward else 200 if known else 404)
        if self.path in onward:
            self.send_header("Location", onward[self.path])
        self.end_headers()

    do_GET = do_HEAD = _answer

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def server(monkeypatch):
    """Its address; this machine counts as public here, others do not."""
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    Site.asked = []
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(addresses, "PORTS", {served.server_port, 80})
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()
    served.server_close()


def test_a_request_says_who_asks_and_follows_where_it_is_led(server):
    assert fetch("HEAD", f"{server}/there") == Answer(200)
    assert fetch("HEAD", f"{server}/moved") == Answer(200)
    assert fetch("HEAD", f"{server}/circle") == Answer(None, Fault.CIRCLE)
    assert fetch("HEAD", f"{server}/ä ö").fault == Fault.GONE
    assert all("(+http" in agent for _method, _path, agent in Site.asked)


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://user:secret@127.0.0.1/",
        "http://127.0.0.1:25/",
        "ftp://127.0.0.1/",
        "http://2130706433:6379/",
    ],
)
def test_nothing_inside_is_asked(server, url):
    assert fetch("GET", url).fault == Fault.INSIDE
    assert Site.asked == []


def test_a_redirect_or_a_name_leads_nowhere_inside(server, monkeypatch):
    assert fetch("GET", f"{server}/inside").fault == Fault.INSIDE
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("169.254.169.254", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: inside)
    assert fetch("GET", "http://name.example.org/").fault == Fault.INSIDE


def test_faults_of_the_network_are_answers(monkeypatch):
    def fail(*args, **kwargs):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert fetch("GET", "http://nowhere.example.org/").fault == Fault.UNKNOWN
    assert fetch("GET", f"http://{'a' * 80}.example.org/").fault == Fault.UNKNOWN
    assert fetch("GET", "http://example.org:99999/").fault


def link(url: str, **fields) -> Link:
    host = urlsplit(url).hostname or ""
    fields.setdefault("due_at", timezone.now())
    return Link.objects.create(key=key_of(url), url=url, host=host, is_own=not host, **fields)


class World:
    """Answers by address, and what was asked."""

    def __init__(self, **answers):
        self.answers, self.asked, self.slept = answers, [], []

    def __call__(self, method, url, limit=0):
        self.asked.append((method, url))
        if url.endswith("/robots.txt"):
            rules = b"User-agent: *\nDisallow: /private/"
            return Answer(200, "", rules)
        return Answer(*self.answers.get(urlsplit(url).path.strip("/"), (200,)))

    def run(self) -> int:
        return checking.run(self, self.slept.append)


@pytest.fixture
def tomorrow(monkeypatch):
    now = [timezone.now()]
    monkeypatch.setattr(timezone, "now", lambda: now[0])

    def go(days: int = 1):
        now[0] += timedelta(days=days)

    return go


@one_database
@pytest.mark.django_db
def test_a_link_is_told_of_after_two_days_with_the_day_of_the_first(tomorrow):
    bad = link("https://a.example.org/gone")
    world, first = World(gone=(404, Fault.GONE)), timezone.localdate()
    assert world.run() == 1
    assert not Link.objects.broken().exists()
    assert world.run() == 0  # not due again on the same day
    tomorrow()
    world.run()
    broken = Link.objects.broken().get()
    assert (broken.pk, broken.first_failed_on, broken.status) == (bad.pk, first, 404)
    tomorrow()
    World().run()
    mended = Link.objects.get()
    assert (mended.failed_days, mended.first_failed_on, mended.fault) == (0, None, "")


@one_database
@pytest.mark.django_db
def test_a_guest_is_polite():
    for number in range(8):
        link(f"https://a.example.org/{number}")
    link("https://b.example.org/private/x")
    link("https://c.example.org/old")
    world = World(old=(405, ""))
    assert world.run() == checking.OF_ONE_HOST + 2
    assert ("GET", "https://c.example.org/old") in world.asked
    assert not any("/private/" in url for _method, url in world.asked)
    pauses = [pause for pause in world.slept if pause > checking.PAUSE - 0.5]
    assert len(pauses) >= checking.OF_ONE_HOST
    heads = [url for method, url in world.asked if method == "HEAD"]
    assert len(heads) == len(set(heads)) == checking.OF_ONE_HOST + 1


@one_database
@pytest.mark.django_db
def test_a_machine_that_hears_nothing_blames_nobody():
    for name in "abc":
        link(f"https://{name}.example.org/x")
    assert World(x=(None, Fault.SILENT)).run() == 0
    assert not Link.objects.exclude(failed_days=0).exists()


@one_database
@pytest.mark.django_db
def test_links_of_our_own_are_looked_up(text_page, read):
    page, gone = ContentPageFactory(title="Kohde"), ContentPageFactory(title="Poistuva")
    file = DocumentFactory()
    Redirect.objects.create(old_path="/vanha", redirect_page=page)
    base = "http://localhost:8000"
    text_page(
        f'<p><a linktype="page" id="{page.pk}">a</a><a linktype="page" id="{gone.pk}">b</a>'
        f'<a linktype="document" id="{file.pk}">c</a><a linktype="document" id="99999">d</a>'
        f'<a href="{page.get_url()}">e</a><a href="{base}/fi/ei-ole/">f</a><a href="/vanha">g</a>'
        f'<a href="{home_page().get_url()}">h</a><a href="/documents/99999/x.pdf">i</a></p>'
    )
    read()
    assert set(Link.objects.broken().values_list("url", flat=True)) == {
        "document:99999",
        f"{base}/fi/ei-ole/",
        f"{base}/documents/99999/x.pdf",
    }
    gone.unpublish()
    own.settle()
    assert Link.objects.broken().filter(url=f"page:{gone.pk}").exists()
    gone.save_revision().publish()
    own.settle()
    assert not Link.objects.broken().filter(url=f"page:{gone.pk}").exists()


@one_database
@pytest.mark.django_db
def test_the_command_does_all_of_it(text_page, monkeypatch, capsys):
    text_page('<p><a href="https://a.example.org/gone">a</a><a href="/fi/ei-ole/">b</a></p>')
    monkeypatch.setattr(checking.Guest, "follow", lambda self, url: Answer(404, Fault.GONE))
    call_command("follow_links")
    assert "followed 1 links to other sites; 1 of our own" in capsys.readouterr().out
    assert Link.objects.get(host="a.example.org").failed_days == 1
    assert [link.url for link in Link.objects.broken()] == ["http://localhost:8000/fi/ei-ole/"]
