"""A draft may be blank anywhere and is previewed all the same; nor does a long title break it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks import StructBlock
from wagtail.models import Page

from cms.core.checks import own_page_models
from home.models import ContactsPage, ContentPage, HomePage
from news.models import NewsIndexPage, NewsPage
from projects.models import (
    Organisation,
    Person,
    Programme,
    ProjectIndexPage,
    ProjectPage,
    PublicityRule,
)
from publications.models import PublicationFile, PublicationIndexPage, PublicationPage
from tests.factories import (
    LocaleFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    home_page,
    news_index,
    project_index,
    publication_index,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LONG = ("Pitkä hankkeen nimi " * 13)[:255]
PARENTS = {
    HomePage: Page.get_first_root_node,
    ContentPage: home_page,
    ContactsPage: home_page,
    ProjectIndexPage: home_page,
    ProjectPage: project_index,
    PublicationIndexPage: home_page,
    PublicationPage: publication_index,
    NewsIndexPage: home_page,
    NewsPage: news_index,
}
BLOCKS = [
    (model, name)
    for model in PARENTS
    if hasattr(model, "body")
    for name in model._meta.get_field("body").stream_block.child_blocks
]


def add(model, title: str, **fields):
    locale = LocaleFactory()
    return PARENTS[model]().add_child(
        instance=model(title=title, slug="esikatselu", live=False, locale=locale, **fields)
    )


def preview(client, page):
    """The preview in the editor's side panel, and the draft in a window of its own."""
    response = page.make_preview_request()
    assert response.status_code == 200, response.content.decode()
    draft = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert draft.status_code == 200
    return draft.content.decode()


def test_every_page_type_is_tried():
    assert set(own_page_models()) == set(PARENTS)


@pytest.mark.parametrize("model", PARENTS)
@pytest.mark.parametrize("title", ["Luonnos", LONG])
def test_blank_page_is_previewed(admin_client, model, title):
    assert len(LONG) == 255
    assert title.strip() in preview(admin_client, add(model, title.strip()))


def blank_values(block) -> list:
    """What a stored stream holds where nothing was filled in. (No editor stores a null struct.)"""
    default = block.get_prep_value(block.get_default())
    if isinstance(block, StructBlock):
        return [default, {}, dict.fromkeys(block.child_blocks)]
    return [default, None]


@pytest.mark.parametrize(("model", "name"), BLOCKS)
def test_blank_block_is_previewed(admin_client, model, name):
    stream = model._meta.get_field("body").stream_block
    page = add(model, "Luonnos")
    for value in blank_values(stream.child_blocks[name]):
        page.body = stream.to_python([{"type": name, "value": value, "id": "a" * 36}])
        page.save_revision()
        assert "Luonnos" in preview(admin_client, page), value


def test_project_with_half_filled_children_is_previewed(admin_client):
    page = ProjectFactory(
        title="Luonnos",
        end_date=date(2020, 1, 1),
        organisations=[(OrganisationFactory(name=LONG), "lead")],
        funding=[(OrganisationFactory(), "main", None)],
        contacts=[PersonFactory(title="", email="", organisation=None)],
        live=False,
    )
    assert LONG.strip() in preview(admin_client, page)


def test_publication_file_without_file_or_link_is_previewed(admin_client):
    page = add(PublicationPage, "Luonnos")
    page.files = [PublicationFile(language="ar", locale=page.locale)]
    page.save()
    assert "Luonnos" in preview(admin_client, page)


RECORDS = {
    "organisation": lambda **fields: Organisation(**fields),
    "person": lambda **fields: Person(**fields),
    "programme": lambda **fields: Programme(**fields),
}


@pytest.mark.parametrize("name", ["", "Nimi", LONG])
@pytest.mark.parametrize("model", RECORDS)
def test_record_is_previewed(model, name):
    record = RECORDS[model](name=name, locale=LocaleFactory())
    response = record.make_preview_request()
    assert response.status_code == 200
    assert name in response.content.decode()


@pytest.mark.parametrize("rule", PublicityRule.values)
def test_programme_preview_shows_what_its_rule_requires(rule):
    programme = Programme(name="Ohjelma", publicity=rule, locale=LocaleFactory())
    html = programme.make_preview_request().content.decode()
    assert ("eu-emblem" in html) is (rule != PublicityRule.NONE)


def test_preview_of_an_expired_person_shows_no_details():
    person = Person(
        name="Maija Malli",
        email="maija@example.org",
        public_until=timezone.localdate() - timedelta(days=1),
        locale=LocaleFactory(),
    )
    assert "maija@example.org" not in person.make_preview_request().content.decode()
