"""Whatever goes, live or for good: no project is left without its facts."""

import itertools

import pytest
from django.urls import reverse
from wagtail.models import Page

from projects.models import ProjectPage
from tests.admin.facts import full_project
from tests.admin.test_fact_forms import state
from tests.factories import ProjectFactory, SuperuserFactory, home_page, translate

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LANGUAGES = ("fi", "sv", "en")
CHOICES = {"all": ["fi", "sv", "en"], "none": [], "some": ["en"]}


@pytest.fixture
def staff(client, db):
    client.force_login(SuperuserFactory())
    return client


def three_languages() -> dict[str, ProjectPage]:
    project = full_project()
    return {"fi": project} | {code: translate(project, code) for code in ("sv", "en")}


def whole(facts: dict) -> None:
    """The thing has one page that carries the facts, and they are all there."""
    rest = ProjectPage.objects.all()
    (carrier,) = rest.filter(carries_facts=True)
    now = state(carrier)
    for name, value in facts.items():
        if name in ProjectPage.fact_relations:
            assert len(now[name]) == len(value), name
            assert value or name == "links"
        else:
            assert now[name] == value, name
    for other in rest.filter(carries_facts=False):
        assert not any(getattr(other, name).exists() for name in ProjectPage.fact_relations)


def single(action: str, page, chosen: list[str], client):
    url = reverse(f"wagtailadmin_pages:{action}", args=[page.pk])
    return client.post(url, {"languages_asked": "1", "languages": chosen})


def bulk(action: str, page, chosen: list[str], client):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    data = {"languages_asked": "1"} | ({"all_languages": "on"} if chosen else {})
    return client.post(f"{url}?id={page.pk}", data)


@pytest.mark.parametrize("acting", ["fi", "sv"], ids=["carrier", "not the carrier"])
@pytest.mark.parametrize(
    ("way", "choice"),
    [*itertools.product([single], CHOICES), (bulk, "all"), (bulk, "none")],
)
@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_what_goes_and_what_stays(staff, action, way, choice, acting):
    pages = three_languages()
    facts = state(pages["fi"])
    chosen = [code for code in CHOICES[choice] if code != acting]
    assert way(action, pages[acting], chosen, staff).status_code == 302
    gone = {acting, *chosen}
    left = ProjectPage.objects.filter(translation_key=pages["fi"].translation_key)
    if action == "delete":
        assert set(left.values_list("locale__language_code", flat=True)) == set(LANGUAGES) - gone
    else:
        live = left.live().values_list("locale__language_code", flat=True)
        assert set(live) == set(LANGUAGES) - gone
    if left.exists():
        whole(facts)


@pytest.mark.parametrize("action", ["unpublish", "delete"])
@pytest.mark.parametrize("acting", ["fi", "sv"])
def test_other_languages_are_asked_about_and_all_are_chosen(staff, action, acting):
    pages = three_languages()
    url = reverse(f"wagtailadmin_pages:{action}", args=[pages[acting].pk])
    html = staff.get(url).content.decode()
    for code in set(LANGUAGES) - {acting}:
        assert f'name="languages" value="{code}" checked' in html


@pytest.mark.parametrize("chosen", [["sv"], []])
def test_list_deleted_with_what_is_below_leaves_facts_to_other_languages(staff, chosen):
    pages = three_languages()
    facts = state(pages["fi"])
    single("delete", pages["fi"].get_parent(), chosen, staff)
    left = ProjectPage.objects.values_list("locale__language_code", flat=True)
    assert set(left) == {"sv", "en"} - set(chosen)
    whole(facts)


def test_tree_of_a_language_deleted_in_code_leaves_facts_to_other_languages():
    pages = three_languages()
    facts = state(pages["fi"])
    ProjectFactory(title="Vain suomeksi", parent=pages["fi"].get_parent().specific)
    Page.objects.get(pk=home_page().get_children().first().pk).delete()
    assert not ProjectPage.objects.filter(locale__language_code="fi").exists()
    whole(facts)


def test_facts_are_left_to_an_alias_where_there_is_nothing_else():
    project = full_project()
    facts = state(project)
    index = translate(project.get_parent().specific, "sv")
    alias = project.create_alias(
        parent=index, update_locale=index.locale, reset_translation_key=False
    )
    assert alias.translation_key == project.translation_key
    assert not ProjectPage.objects.get(pk=alias.pk).carries_facts
    project.delete()
    whole(facts)


def test_translation_is_preferred_to_an_alias():
    pages = three_languages()
    facts = state(pages["fi"])
    index = translate(pages["fi"].get_parent().specific, "ru")
    alias = pages["fi"].create_alias(
        parent=index, update_locale=index.locale, reset_translation_key=False
    )
    pages["fi"].delete()
    whole(facts)
    assert ProjectPage.objects.get(carries_facts=True).pk != alias.pk


def test_facts_can_be_changed_where_they_went(staff):
    pages = three_languages()
    pages["fi"].delete()
    heir = ProjectPage.objects.get(carries_facts=True)
    url = reverse("wagtailadmin_pages:edit", args=[heir.pk])
    opened = staff.get(url).context["form"]
    assert set(ProjectPage.fact_names()) <= {*opened.fields, *opened.formsets}
    assert opened["code"].value() == "S22354"
    assert len(opened.formsets["funding"].initial_forms) == 1
