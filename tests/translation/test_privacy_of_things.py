"""Who may see a thing is said once and holds in every language, in everything that is given out.

What the public may not see is marked with a word; the word may stand in nothing that is served.
"""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, PageViewRestriction

from cms.users.roles import EDITORS
from home.models import SiteSettings
from projects.models import ProjectPage
from publications.models import PublicationPage
from search.engines import database_engine
from search.indexing import rebuild
from tests.factories import (
    ContentPageFactory,
    EditorFactory,
    OrganisationFactory,
    ProgrammeFactory,
    ProjectFactory,
    PublicationFactory,
    SuperuserFactory,
    TargetGroupFactory,
    ThemeFactory,
    home_page,
    project_index,
    publication_index,
    translate,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
KINDS = [PageViewRestriction.PASSWORD, PageViewRestriction.LOGIN, PageViewRestriction.GROUPS]
MARK = "piilosana"


def restrict(page, kind=PageViewRestriction.PASSWORD) -> PageViewRestriction:
    return PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=kind, password="salaisuus"
    )


@pytest.fixture
def hidden(django_capture_on_commit_callbacks):
    """A project in two languages, with everything that its name and its facts may stand in."""
    with django_capture_on_commit_callbacks(execute=True):
        translate(project_index(), "en", title="Projects")
        organisation = OrganisationFactory(
            name=f"Rahasto {MARK}", website=f"https://{MARK}.example.org"
        )
        project = ProjectFactory(
            title=f"Hanke {MARK}",
            slug=f"hanke-{MARK}",
            acronym=MARK.upper(),
            code=f"S-{MARK}",
            lead=f"Ingressi {MARK}",
            funding=[(organisation, "main", 5)],
            organisations=[(organisation, "lead")],
            themes=[ThemeFactory(name=f"Teema {MARK}", slug=f"teema-{MARK}")],
            target_groups=[TargetGroupFactory(name=f"Ryhmä {MARK}", slug=f"ryhma-{MARK}")],
            programme=ProgrammeFactory(name=f"Ohjelma {MARK}"),
            municipalities=["091"],
        )
        translate(project, "en", title=f"Project {MARK}")
        ProjectFactory(title="Avoin hanke", municipalities=["091"])
        translate(ProjectFactory(title="Kaksikielinen", municipalities=["091"]), "en")
        PublicationFactory(title="Avoin julkaisu", projects=[project])
        translate(publication_index(), "en")
    return project


def public_addresses(project) -> list[str]:
    """Every address of the site that anybody is led to, and questions about what is hidden."""
    pages = [page.url for page in Page.objects.live().filter(depth__gt=1)]
    found = ["/sitemap.xml", f"/en/hankkeet/hanke-{MARK}/", f"/sv/hankkeet/hanke-{MARK}/"]
    funder = project.funding.first().organisation.translation_key
    programme = project.programme.translation_key
    for code in ("fi", "en"):
        search = f"/{code}/haku/"
        found += [f"/{code}/feeds/projects.atom", f"/{code}/feeds/publications.atom", search]
        found += [f"{search}hits.{form}" for form in ("csv", "json", "atom")]
        chosen = (
            f"theme=teema-{MARK}",
            f"target_group=ryhma-{MARK}",
            f"funder={funder}",
            f"programme={programme}",
        )
        for address in (search, f"{search}hits.csv", f"/{code}/hankkeet/"):
            found += [f"{address}?{query}" for query in chosen]
        found += [f"{search}suggest/?q={text}" for text in ("piilos", "rahas", "teem")]
        kinds = ("projects", "organisations", "publications")
        found += [f"/api/v1/{kind}?language={code}" for kind in kinds]
    keys = [project.translation_key, funder]
    found += [f"/api/v1/projects/{keys[0]}", f"/api/v1/organisations/{keys[1]}"]
    return sorted({*found, *pages})


def tells(client, address: str, *words: str) -> list[str]:
    """Which of the words stand in the answer, other than as an echo of the address asked for."""
    response = client.get(address)
    assert response.status_code < 500
    body = b"".join(response) if response.streaming else response.content
    text = body.decode()
    for part in (address, address.replace("&", "&amp;")):
        text = text.replace(part, "")
    query = address.partition("?")[2].partition("=")[2]
    text = text.replace(query, "") if query else text
    for path in (f"hankkeet/hanke-{MARK}", f"toinen-{MARK}", f"teema-{MARK}", f"ryhma-{MARK}"):
        if path in address:
            text = text.replace(path, "")
    return [word for word in words if word.lower() in text.lower()]


def assert_unknown(project) -> None:
    rebuild(database_engine())
    key = str(project.translation_key)
    for address in public_addresses(project):
        words = [MARK] if key in address else [MARK, key]
        assert tells(Client(), address, *words) == [], address


def test_the_marks_are_found_where_nothing_is_hidden(hidden):
    rebuild(database_engine())
    client = Client()
    assert len([a for a in public_addresses(hidden) if tells(client, a, MARK)]) > 20


@pytest.mark.parametrize(
    ("language", "kind"), [*(("fi", kind) for kind in KINDS), ("en", PageViewRestriction.LOGIN)]
)
def test_a_restriction_closes_every_language(hidden, language, kind):
    restrict(hidden.get_translations(inclusive=True).get(locale__language_code=language), kind)
    assert_unknown(hidden)


@pytest.mark.parametrize("parent", [project_index, home_page])
def test_a_restriction_on_what_is_above_closes_every_language(hidden, parent):
    restrict(parent())
    assert_unknown(hidden)


def test_a_translation_made_later_is_closed(hidden, django_capture_on_commit_callbacks):
    restrict(hidden)
    with django_capture_on_commit_callbacks(execute=True):
        translate(hidden, "sv", title=f"Projekt {MARK}")
    assert_unknown(hidden)


def test_a_translation_that_lies_elsewhere_in_its_tree_is_closed(hidden):
    english = hidden.get_translations().get()
    project_index().get_translations().update(translation_key=uuid4())
    restrict(project_index())
    assert f"Project {MARK}" not in Client().get(english.url).content.decode()
    assert not ProjectPage.objects.visible().filter(pk=english.pk).exists()


@pytest.mark.parametrize("other_key", [True, False])
def test_an_alias_is_closed_like_what_it_shows(hidden, other_key):
    alias = (
        hidden.create_alias(
            parent=project_index(), update_slug=f"toinen-{MARK}", reset_translation_key=other_key
        )
        if other_key
        else hidden.copy_for_translation(
            translate(project_index(), "sv").locale, copy_parents=True, alias=True
        )
    )
    restrict(hidden)
    assert alias.live
    assert_unknown(hidden)


def test_lifting_the_restriction_opens_every_language(hidden):
    restriction = restrict(hidden)
    english = hidden.get_translations().get().url
    assert f"Project {MARK}" not in Client().get(english).content.decode()
    restriction.delete()
    assert f"Project {MARK}" in Client().get(english).content.decode()


def test_one_password_opens_every_language(hidden):
    restriction = restrict(hidden)
    client = Client()
    session = client.session
    session[PageViewRestriction.passed_view_restrictions_session_key] = [restriction.pk]
    session.save()
    for page in hidden.get_translations(inclusive=True):
        html = client.get(page.url).content.decode()
        assert page.title in html
        assert 'hreflang="en"' in html, "who may see it is led to its other languages"


def test_drafts_and_what_was_unpublished_are_unknown(hidden, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for page in hidden.get_translations(inclusive=True).specific():
            page.unpublish()
    assert_unknown(hidden)


@pytest.mark.parametrize("kind", KINDS)
def test_a_closed_page_stands_in_no_list_of_its_parent(kind):
    parent = ContentPageFactory(title="Avoin", slug="avoin", show_in_menus=True)
    child = ContentPageFactory(title=f"Sivu {MARK}", slug=f"sivu-{MARK}", parent=parent)
    top = ContentPageFactory(title=f"Ylin {MARK}", slug=f"ylin-{MARK}", show_in_menus=True)
    settings = SiteSettings.for_site(home_page().get_site())
    settings.privacy_page = top
    settings.save()
    assert MARK in Client().get(parent.url).content.decode()
    restrict(child, kind)
    restrict(top, kind)
    for address in (parent.url, "/fi/", "/fi/hankkeet/", "/sitemap.xml", "/fi/haku/"):
        assert MARK not in Client().get(address).content.decode(), address


def test_a_closed_list_is_not_led_to(hidden):
    restrict(project_index())
    for address in ("/fi/", "/en/"):
        assert "/hankkeet/" not in Client().get(address).content.decode()


def test_a_publication_behind_a_password_is_not_on_its_project(hidden):
    project = ProjectPage.objects.get(title="Avoin hanke")
    publication = PublicationFactory(title="Salainen julkaisu", projects=[project])
    assert "Salainen julkaisu" in Client().get(project.url).content.decode()
    translate(publication, "en", title="Secret publication")
    restrict(publication)
    assert "Salainen" not in Client().get(project.url).content.decode()
    assert PublicationPage.objects.visible().filter(title__contains="ecret").count() == 0


def test_an_organisation_of_a_draft_is_not_in_the_open_data():
    OrganisationFactory(name="Orpo")
    shown = OrganisationFactory(name="Näkyvä")
    draft = OrganisationFactory(name="Luonnoksen")
    ProjectFactory(title="Avoin", funding=[(shown, "main", None)])
    ProjectFactory(title="Luonnos", live=False, organisations=[(draft, "lead")])
    answer = Client().get("/api/v1/organisations").json()
    assert [row["name"] for row in answer["results"]] == ["Näkyvä"]
    assert answer["count"] == 1
    assert Client().get(f"/api/v1/organisations/{draft.translation_key}").status_code == 404


# The admin's dialogue


def set_privacy(client, page, kind, **fields):
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    return client.post(address, {"restriction_type": kind, "password": "uusi", **fields})


@pytest.fixture
def boss(client):
    client.force_login(SuperuserFactory())
    return client


def test_the_dialogue_says_that_it_holds_for_all_languages(hidden, boss):
    address = reverse("wagtailadmin_pages:set_privacy", args=[hidden.pk])
    assert "English" in boss.get(address).json()["html"]


def test_the_restriction_is_one_whichever_language_it_is_set_in(hidden, boss):
    english = hidden.get_translations().get()
    restrict(hidden)
    set_privacy(boss, english, "login")
    assert PageViewRestriction.objects.get().restriction_type == "login"
    set_privacy(boss, hidden, "none")
    assert not PageViewRestriction.objects.exists()


def test_who_may_not_publish_may_not_set_it(hidden, client):
    client.force_login(EditorFactory(join=EDITORS.name))
    assert GroupPagePermission.objects.exists()
    assert set_privacy(client, hidden, "login").status_code == 302
    assert not PageViewRestriction.objects.exists()
