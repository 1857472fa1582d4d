"""Place, address and life of a page are the thing's: they change in every language at once."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Locale, Page

from cms.users.roles import PUBLISHERS, grant_pages
from home.models import ContentPage
from projects.models import ProjectPage
from tests.admin.forms import read_form
from tests.factories import (
    ContentPageFactory,
    EditorFactory,
    LocaleFactory,
    OrganisationFactory,
    ProjectFactory,
    SuperuserFactory,
    home_page,
    project_index,
    translate,
)

pytestmark = pytest.mark.django_db
LANGUAGES = ["sv", "en", "ar", "fi-simple"]


@pytest.fixture
def boss(client):
    client.force_login(SuperuserFactory())
    client.cookies.load({"django_language": "en"})
    return client


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    def run(change, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return change(*args, **kwargs)

    return run


def fresh(page, code: str = "fi"):
    return Page.objects.get(translation_key=page.translation_key, locale__language_code=code)


@pytest.fixture
def pages(commit):
    """A and B below the home page, B with a page below it, in five languages."""
    commit(lambda: [LocaleFactory(language_code=code) for code in LANGUAGES])
    a = ContentPageFactory(title="A", slug="a", show_in_menus=True)
    b = ContentPageFactory(title="B", slug="b", show_in_menus=True)
    c = ContentPageFactory(title="C", slug="c", parent=b)
    for code in LANGUAGES:
        for page in (a, b, c):
            translate(page, code, title=f"{page.title} {code}")
    return a, b, c


def move(client, page, target, commit):
    address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk])
    return commit(client.post, address)


def test_translations_follow_a_move_with_redirects(boss, pages, commit):
    a, b, _c = pages
    assert move(boss, b, a, commit).status_code == 302
    for code in ["fi", *LANGUAGES]:
        assert fresh(b, code).get_parent().pk == fresh(a, code).pk
        for old, new in (("b", "a/b"), ("b/c", "a/b/c")):
            assert Client().get(f"/{code}/{new}/").status_code == 200
            response = Client().get(f"/{code}/{old}/")
            assert (response.status_code, response.headers["Location"]) == (301, f"/{code}/{new}/")
    assert not any(Page.find_problems())


def test_a_move_of_a_translation_moves_the_thing(boss, pages, commit):
    a, b, _c = pages
    move(boss, fresh(b, "en"), fresh(a, "en"), commit)
    assert {page.get_parent().translation_key for page in b.get_translations(inclusive=True)} == {
        a.translation_key
    }


def test_a_move_of_several_moves_all_languages(boss, pages, commit):
    a, b, _c = pages
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    data = {"chooser": a.pk}
    response = commit(boss.post, f"{address}?id={b.pk}&next=/admin/", data)
    assert response.status_code == 302
    assert fresh(b, "en").get_parent().pk == fresh(a, "en").pk


def test_a_move_in_code_moves_all_languages(pages, commit):
    a, b, _c = pages
    commit(fresh(b).move, fresh(a), pos="last-child")
    assert Client().get("/en/a/b/").status_code == 200


def test_drafts_and_aliases_follow_too(pages, commit):
    a, b, _c = pages
    fresh(b, "sv").specific.unpublish()
    locale = LocaleFactory(language_code="ru")
    fresh(a).specific.copy_for_translation(locale, copy_parents=True)
    fresh(b).specific.copy_for_translation(locale, alias=True)
    commit(fresh(b).move, fresh(a), pos="last-child")
    for code in ("sv", "ru"):
        assert fresh(b, code).get_parent().pk == fresh(a, code).pk


def test_a_publisher_of_one_language_moves_the_thing(client, pages, commit):
    a, b, _c = pages
    user = EditorFactory(join=PUBLISHERS.name)
    group = user.groups.get()
    GroupPagePermission.objects.filter(group=group).delete()
    grant_pages(group, PUBLISHERS.pages, home_page())
    client.force_login(user)
    move(client, b, a, commit)
    assert fresh(b, "en").get_parent().pk == fresh(a, "en").pk


def test_where_the_new_parent_is_missing_it_is_said_before(boss, pages, commit):
    _a, b, _c = pages
    new = ContentPageFactory(title="Uusi", slug="uusi")
    translate(new, "en")
    address = reverse("wagtailadmin_pages:move_confirm", args=[b.pk, new.pk])
    html = boss.get(address).content.decode()
    assert "stays where it is in these languages" in html
    assert "Svenska" in html or "svenska" in html
    move(boss, b, new, commit)
    assert fresh(b, "sv").url_path.endswith("/b/")
    assert fresh(b, "sv").get_parent().depth == 2
    assert fresh(b, "en").get_parent().translation_key == new.translation_key
    # It follows as soon as there is a place for it.
    commit(translate, new, "sv")
    assert fresh(b, "sv").get_parent().pk == fresh(new, "sv").pk
    assert not any(Page.find_problems())


def test_an_address_that_is_taken_there_gets_a_free_one(pages, commit):
    a, b, _c = pages
    ContentPageFactory(title="Own", slug="b", parent=fresh(a, "en").specific)
    commit(fresh(b).move, fresh(a), pos="last-child")
    assert fresh(b, "en").slug == "b-1"
    assert Client().get("/en/a/b-1/").status_code == 200


def test_order_is_the_same_in_every_language(boss, pages, commit):
    a, b, _c = pages
    assert "A en" in (html := Client().get("/en/").content.decode())
    assert html.index(">A en<") < html.index(">B en<")
    address = reverse("wagtailadmin_pages:set_page_position", args=[b.pk])
    assert commit(boss.post, f"{address}?position=0").status_code == 200
    for code in ["fi", *LANGUAGES]:
        siblings = fresh(a, code).get_siblings().values_list("slug", flat=True)
        assert list(siblings) == ["b", "a"]
    assert not any(Page.find_problems())


def test_order_passes_over_what_a_language_lacks(pages, commit):
    a, _b, _c = pages
    for title in ("X", "Y"):
        ContentPageFactory(title=title, slug=title.lower())
    commit(fresh(a).move, fresh(home_page()), pos="last-child")
    assert list(fresh(a, "sv").get_siblings().values_list("slug", flat=True)) == ["b", "a"]


def publish(page, **fields):
    page = page.specific
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_a_new_slug_goes_to_all_languages_with_redirects(pages, commit):
    _a, b, _c = pages
    english = fresh(b, "en").specific
    english.title = "Draft title"
    english.save_revision()
    commit(publish, fresh(b), slug="uusi")
    for code in ["fi", *LANGUAGES]:
        assert Client().get(f"/{code}/uusi/c/").status_code == 200
        assert Client().get(f"/{code}/b/").headers["Location"] == f"/{code}/uusi/"
    draft = fresh(b, "en").get_latest_revision_as_object()
    assert (draft.slug, draft.title) == ("uusi", "Draft title")


def unpublish_url(page) -> str:
    return reverse("wagtailadmin_pages:unpublish", args=[page.pk])


def live(page) -> set[str]:
    return set(
        Page.objects.live()
        .filter(translation_key=page.translation_key)
        .values_list("locale__language_code", flat=True)
    )


def test_unpublishing_asks_for_the_other_languages_all_of_them_chosen(boss, pages):
    _a, b, _c = pages
    fresh(b, "sv").specific.unpublish()
    form = read_form(boss.get(unpublish_url(b)), "languages_asked")
    assert sorted(form["languages"]) == ["ar", "en", "fi-simple"]
    boss.post(unpublish_url(b), form)
    assert live(b) == set()


def test_unpublishing_without_an_answer_unpublishes_all(boss, pages):
    _a, b, _c = pages
    boss.post(unpublish_url(b))
    assert live(b) == set()


@pytest.mark.parametrize("chosen", [[], ["en"]])
def test_languages_that_were_not_chosen_stay(boss, pages, chosen):
    _a, b, _c = pages
    form = read_form(boss.get(unpublish_url(b)), "languages_asked")
    boss.post(unpublish_url(b), {**form, "languages": chosen})
    assert live(b) == set(LANGUAGES) - set(chosen)


def test_unpublishing_a_translation_alone_is_possible(boss, pages):
    _a, b, _c = pages
    english = fresh(b, "en")
    form = read_form(boss.get(unpublish_url(english)), "languages_asked")
    assert "fi" in form["languages"]
    boss.post(unpublish_url(english), {**form, "languages": []})
    assert live(b) == {"fi", "sv", "ar", "fi-simple"}


def test_what_lies_below_goes_in_all_languages(boss, pages):
    _a, b, c = pages
    boss.post(unpublish_url(b), {"include_descendants": "on"})
    assert live(b) == live(c) == set()


def bulk(client, action, page, **data):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return client, f"{address}?id={page.pk}&next=/admin/", data


@pytest.mark.parametrize(("answer", "left"), [("on", set()), (None, set(LANGUAGES))])
def test_unpublishing_several_asks_too(boss, pages, answer, left):
    _a, b, _c = pages
    client, address, _data = bulk(boss, "unpublish", b)
    form = read_form(client.get(address), "languages_asked")
    assert form.pop("all_languages") == ["on"]
    client.post(address, {**form, **({"all_languages": answer} if answer else {})})
    assert live(b) == left


@pytest.mark.parametrize(("answer", "left"), [("on", 0), (None, 4)])
def test_deleting_several_asks_too(boss, pages, answer, left):
    _a, b, _c = pages
    client, address, _data = bulk(boss, "delete", b)
    form = read_form(client.get(address), "languages_asked")
    assert form.pop("all_languages") == ["on"]
    client.post(address, {**form, **({"all_languages": answer} if answer else {})})
    assert Page.objects.filter(translation_key=b.translation_key).count() == left


@pytest.mark.parametrize("chosen", [None, ["en"], []])
def test_deleting_asks_for_the_other_languages(boss, pages, chosen):
    _a, b, c = pages
    address = reverse("wagtailadmin_pages:delete", args=[b.pk])
    form = read_form(boss.get(address), "languages_asked")
    assert sorted(form["languages"]) == sorted(LANGUAGES)
    if chosen is not None:
        form["languages"] = chosen
    assert boss.post(address, form).status_code == 302
    left = Page.objects.filter(translation_key=b.translation_key)
    wanted = set(LANGUAGES) - set(LANGUAGES if chosen is None else chosen)
    assert set(left.values_list("locale__language_code", flat=True)) == wanted
    assert Page.objects.filter(translation_key=c.translation_key).count() == len(wanted)
    assert not any(Page.find_problems())


def test_deleting_needs_no_more_clicks_where_there_is_one_language(boss):
    page = ContentPageFactory(title="Yksin", slug="yksin")
    html = boss.get(reverse("wagtailadmin_pages:delete", args=[page.pk])).content.decode()
    assert "languages_asked" not in html
    boss.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not ContentPage.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize(("code", "left"), [("fi", set()), ("sv", {"fi", "en", "ar", "fi-simple"})])
def test_a_time_set_on_the_page_first_written_ends_all_languages(pages, code, left):
    _a, b, _c = pages
    Page.objects.filter(pk=fresh(b, code).pk).update(
        expire_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled")
    assert live(b) == left
    assert fresh(b, code).expired


# Copies


@pytest.fixture
def project():
    project = ProjectFactory(
        title="Silta",
        slug="silta",
        code="S1",
        acronym="SIL",
        funding=[(OrganisationFactory(), "main", 5)],
    )
    project.save_revision().publish()
    return project


def copy(client, page, **data):
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    fields = {"new_title": "Toinen", "new_slug": "toinen", "publish_copies": "on"}
    parent = page.get_parent().pk
    response = client.post(address, {**fields, "new_parent_page": parent, **data})
    assert response.status_code == 302
    return Page.objects.get(slug=data.get("new_slug", "toinen")).specific


def test_a_copied_project_has_no_code(boss, project):
    other = copy(boss, project)
    assert other.live
    assert other.get_latest_revision_as_object().code == other.code == ""
    assert (other.acronym, other.funding.get().amount) == ("SIL", 5)
    assert all(revision.content["code"] == "" for revision in other.revisions.all())
    assert ProjectPage.objects.get(pk=project.pk).code == "S1"
    edit = reverse("wagtailadmin_pages:edit", args=[project.pk])
    form = read_form(boss.get(edit), "opened_version")
    assert boss.post(edit, {**form, "action-publish": "1"}).status_code == 302


def test_a_copied_branch_has_no_codes(project):
    other = project_index().copy(recursive=True, update_attrs={"slug": "muut"})
    assert [page.code for page in ProjectPage.objects.child_of(other)] == [""]


def test_a_copy_for_translation_keeps_the_code(project):
    english = translate(project, "en")
    assert (english.facts.code, english.slug) == ("S1", "silta")


def test_an_alias_keeps_the_code_and_is_no_twin(boss, project):
    alias = copy(boss, project, alias="on")
    assert (alias.alias_of_id, alias.code) == (project.pk, "S1")
    edit = reverse("wagtailadmin_pages:edit", args=[project.pk])
    form = read_form(boss.get(edit), "opened_version")
    assert boss.post(edit, {**form, "lead": "Uusi", "action-publish": "1"}).status_code == 302
    assert Locale.objects.exists()
    assert ProjectPage.objects.get(pk=alias.pk).lead == "Uusi"
