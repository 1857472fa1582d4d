"""A page that the reader's language lacks: her own shell, the facts, the text in the best one."""

import re

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from tests.factories import (
    ContentPageFactory,
    LocaleFactory,
    ProjectFactory,
    ThemeFactory,
    translate,
)
from tests.factories.pages import home_page
from tests.translation.editing import section

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def arabic():
    translate(home_page(), "ar", title="الرئيسية")
    return LocaleFactory(language_code="ar")


@pytest.fixture
def project(arabic):
    return ProjectFactory(
        title="Talon väki",
        lead="Lyhyesti.",
        code="S22354",
        body=[section("<p>Perheitä autetaan.</p>")],
    )


def in_arabic(page) -> str:
    return page.url.replace("/fi/", "/ar/", 1)


def get(client, page, status: int = 200) -> str:
    answer = client.get(in_arabic(page))
    assert answer.status_code == status
    return answer.content.decode()


def test_the_shell_is_the_readers_and_the_text_says_its_language(client, project):
    text = get(client, project)
    assert '<html lang="ar" dir="rtl">' in text
    assert re.search(r'<h1 lang="fi" dir="ltr">Talon väki</h1>', text)
    assert re.search(r'<p class="lead" lang="fi" dir="ltr">Lyhyesti.</p>', text)
    assert re.search(r'class="project__sections" lang="fi" dir="ltr">', text)
    assert re.search(r"<h2>Tavoitteet</h2>", text)
    assert '<bdi lang="fi" dir="ltr">suomi</bdi>' in text
    assert text.index("stand-in") < text.index("<h1")


def test_facts_have_labels_and_names_of_the_readers_language(client, project, arabic):
    theme = ThemeFactory(name="Kotoutuminen", slug="kotoutuminen")
    type(theme).objects.create(
        translation_key=theme.translation_key, locale=arabic, name="اندماج", slug=theme.slug
    )
    project = ProjectFactory(title="Toinen", code="S22354", themes=[theme])
    text = get(client, project)
    assert "اندماج" in text
    assert "S22354" in text
    assert "رمز المشروع" in text


def test_search_engines_are_led_to_the_original(client, project):
    text = get(client, project)
    assert '<meta name="robots" content="noindex">' in text
    assert re.search(rf'<link rel="canonical" href="[^"]*{project.url}">', text)
    assert 'rel="alternate" hreflang' not in text
    assert '"inLanguage": "fi"' in text
    assert 'og:locale" content="fi_FI"' in text
    assert in_arabic(project) not in client.get("/sitemap.xml").content.decode()
    original = client.get(project.url).content.decode()
    assert 'hreflang="ar"' not in original.split("</head>")[0]
    assert "noindex" not in original


def test_a_translation_takes_its_place_at_once(client, project, arabic):
    get(client, project)
    translate(project, "ar", title="أهل البيت")
    text = get(client, project)
    assert "أهل البيت" in text
    assert "stand-in" not in text
    assert "noindex" not in text


def test_the_best_other_language_is_shown(client, arabic):
    swedish = translate(home_page(), "sv", title="Hem")
    ContentPageFactory(title="Om oss", slug="om-oss", parent=swedish)
    text = client.get("/ar/om-oss/").content.decode()
    assert '<h1 lang="sv" dir="ltr">Om oss</h1>' in text


def test_a_version_that_lies_elsewhere_is_led_to(client, project, arabic):
    own = translate(project, "ar", title="أهل البيت")
    way = f"{own.url_path[:-1]}-ar/"
    type(own).objects.filter(pk=own.pk).update(slug=f"{own.slug}-ar", url_path=way)
    answer = client.get(in_arabic(project))
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("kind", ["draft", "closed", "closed parent", "password"])
def test_what_is_not_open_to_everybody_is_not_shown(client, project, kind):
    if kind == "draft":
        project.unpublish()
    else:
        page = project.get_parent() if kind == "closed parent" else project
        restriction = "password" if kind == "password" else "login"
        PageViewRestriction.objects.create(page=page, restriction_type=restriction, password="x")
    assert "Talon" not in get(client, project, 404)


def test_a_language_without_a_home_page_has_no_pages(client, project):
    LocaleFactory(language_code="so")
    assert client.get(project.url.replace("/fi/", "/so/")).status_code == 404


@pytest.mark.parametrize("path", ["/ar/olematon/", "/ar/hankkeet/olematon/", "/ar/hankkeet/-/"])
def test_what_is_nowhere_is_still_not_found(client, project, path):
    assert client.get(path).status_code == 404


def test_a_redirect_of_the_staff_goes_first(client, project):
    way = Redirect.normalise_path(in_arabic(project))
    Redirect.objects.create(old_path=way, redirect_page=project.get_parent())
    assert client.get(in_arabic(project)).status_code == 301


@pytest.mark.parametrize("method", ["head", "options"])
def test_other_methods(client, project, method):
    assert getattr(client, method)(in_arabic(project)).status_code == 200


def test_the_associations_name_says_its_language(client, project):
    text = get(client, project)
    assert re.search(r'<p class="site-footer__name" lang="fi" dir="ltr">', text)
    finnish = client.get(project.url).content.decode()
    assert re.search(r'<p class="site-footer__name">', finnish)


def test_lists_stand_in_too(client, project):
    text = get(client, project.get_parent())
    assert "Talon väki" in text
    assert in_arabic(project.get_parent()) in text
