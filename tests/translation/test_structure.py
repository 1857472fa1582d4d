"""Place, address and order of a page are the thing's: they change in every language at once."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from cms.users.roles import PUBLISHERS, grant_pages
from tests.factories import ContentPageFactory, EditorFactory, LocaleFactory, home_page, translate
from tests.translation.languages import LANGUAGES, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


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
