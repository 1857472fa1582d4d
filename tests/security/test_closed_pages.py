"""Pages and documents with a password, a sign-in or a group: who may open them gets in."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from tests.factories import (
    ContentPageFactory,
    DocumentFactory,
    EditorFactory,
    ProjectFactory,
    PublicationFactory,
    UserFactory,
    translate,
)

pytestmark = pytest.mark.django_db

MAKERS = {
    "project": lambda: ProjectFactory(title="Salainen asia", lead="Salaista."),
    "content": lambda: ContentPageFactory(title="Salainen asia", lead="Salaista."),
    "publication": lambda: PublicationFactory(title="Salainen asia", lead="Salaista."),
}
LANGUAGES = ["fi", "sv", "en", "ru", "ar", "so", "fi-simple"]


@pytest.fixture(params=MAKERS)
def page(request):
    return MAKERS[request.param]()


def close(page, kind: str, **fields):
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, **fields)


def form_of(response) -> tuple[str, dict]:
    """Where the form of a page is sent, and what it carries along."""
    from bs4 import BeautifulSoup

    form = BeautifulSoup(response.content, "html.parser").select_one("form.closed-form")
    hidden = form.select("input[type=hidden]")
    return form.get("action"), {i["name"]: i["value"] for i in hidden if "csrf" not in i["name"]}


def test_a_password_opens_the_page(client, page):
    close(page, "password", password="sesam")
    asked = client.get(page.url)
    text = asked.content.decode()
    assert "Salai" not in text
    assert "noindex" in text
    assert asked["X-Robots-Tag"] == "noindex"
    assert "no-store" in asked["Cache-Control"]
    action, hidden = form_of(asked)
    wrong = client.post(action, {**hidden, "password": "seesam"})
    assert "Salasana ei ole oikein" in wrong.content.decode()
    assert "no-store" in wrong["Cache-Control"]
    action, hidden = form_of(wrong)
    right = client.post(action, {**hidden, "password": "sesam"})
    assert (right.status_code, right.url) == (302, page.url)
    opened = client.get(page.url)
    assert "Salainen asia" in opened.content.decode()
    assert "no-store" in opened["Cache-Control"]
    assert "Salainen asia" not in type(client)().get(page.url).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_speaks_the_language_of_the_page(client, language):
    page = MAKERS["content"]()
    if language != "fi":
        page = translate(page, language)
    close(page, "password", password="sesam")
    texts = {}
    for code in {"en", language}:
        with override(code):
            restriction, view = page.get_view_restrictions()[0], "authenticate_with_password"
            texts[code] = reverse(f"wagtailcore_{view}", args=[restriction.pk, page.pk])
    asked = client.get(page.url)
    action, hidden = form_of(asked)
    assert action.startswith(f"/{language}/_util/")
    assert f'lang="{language}"' in asked.content.decode()
    if language != "en":
        assert "A password is needed" not in asked.content.decode()
    right = client.post(action, {**hidden, "password": "sesam"})
    assert right.url == page.url


def test_a_password_leads_nowhere_else(client):
    page = MAKERS["content"]()
    close(page, "password", password="sesam")
    action, _hidden = form_of(client.get(page.url))
    right = client.post(action, {"return_url": "https://example.com/", "password": "sesam"})
    assert (right.status_code, right.url) == (302, "/")


def test_guessing_a_password_gets_slow(client):
    page = MAKERS["content"]()
    close(page, "password", password="sesam")
    action, hidden = form_of(client.get(page.url))
    for number in range(21):
        answer = client.post(action, {**hidden, "password": str(number)})
    assert answer.status_code == 429
    assert "15 minuut" in answer.content.decode()


def test_an_account_opens_the_page_without_rights_in_the_admin(client, page):
    close(page, "login")
    user = UserFactory()
    asked = client.get(page.url, follow=True)
    assert asked.redirect_chain[0][0].startswith("/fi/_util/login/?next=")
    assert "noindex" in asked.content.decode()
    _action, hidden = form_of(asked)
    address = asked.redirect_chain[0][0]
    wrong = client.post(address, {**hidden, "username": user.username, "password": "x"})
    assert "eivät sovi yhteen" in wrong.content.decode()
    credentials = {"username": user.username, "password": "correct horse"}
    right = client.post(address, {**hidden, **credentials}, follow=True)
    assert right.redirect_chain[-1][0] == page.url
    assert "Salainen asia" in right.content.decode()
    assert "Salainen asia" not in type(client)().get(page.url, follow=True).content.decode()


def test_only_the_group_gets_in(client, page):
    restriction = close(page, "groups")
    group = Group.objects.create(name="Hallitus")
    restriction.groups.add(group)
    member, other = UserFactory(), UserFactory()
    member.groups.add(group)
    client.force_login(other)
    refused = client.get(page.url, follow=True)
    assert "Salainen asia" not in refused.content.decode()
    assert "Tällä tunnuksella" in refused.content.decode()
    client.force_login(member)
    assert "Salainen asia" in client.get(page.url).content.decode()


def test_who_has_a_second_factor_is_sent_to_give_it(client, settings):
    settings.REQUIRE_TWO_FACTOR = True
    page = MAKERS["content"]()
    close(page, "login")
    client.force_login(EditorFactory())
    asked = client.get(page.url, follow=True)
    assert "/admin/two-factor/" in asked.redirect_chain[-1][0]


@pytest.fixture
def collection(db):
    return Collection.get_first_root_node().add_child(name="Suljettu")


def test_a_password_opens_a_document(client, collection):
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password="sesam"
    )
    document = DocumentFactory(collection=collection, content=b"Salaista.")
    asked = client.get(document.url, headers={"accept-language": "sv"})
    assert "sandbox" not in asked.get("Content-Security-Policy", "")
    assert asked["X-Robots-Tag"] == "noindex"
    assert "no-store" in asked["Cache-Control"]
    action, hidden = form_of(asked)
    wrong = client.post(action, {**hidden, "password": "x"}, headers={"accept-language": "sv"})
    assert "Lösenordet är inte rätt" in wrong.content.decode()
    right = client.post(action, {**hidden, "password": "sesam"})
    assert right.url == document.url
    opened = client.get(document.url)
    assert b"".join(opened) == b"Salaista."
    assert "no-store" in opened["Cache-Control"]


def test_an_account_opens_a_document(client, collection):
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document = DocumentFactory(collection=collection, content=b"Salaista.")
    asked = client.get(document.url, follow=True)
    assert "/_util/login/" in asked.redirect_chain[0][0]
    credentials = {"username": UserFactory().username, "password": "correct horse"}
    right = client.post(asked.redirect_chain[0][0], {"next": document.url, **credentials})
    assert right.url == document.url
    assert b"".join(client.get(document.url)) == b"Salaista."
