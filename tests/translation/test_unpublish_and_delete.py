"""Who unpublishes or deletes a page is asked about its other languages."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.users.roles import EDITORS
from home.models import ContentPage
from tests.admin.forms import read_form
from tests.factories import ContentPageFactory, EditorFactory
from tests.translation.languages import LANGUAGES, fresh
from tests.translation.rights import nobody

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("is_bulk", [False, True])
def test_whoever_may_not_delete_a_live_page_does_not_by_its_draft_translation(
    client, pages, is_bulk
):
    a, _b, _c = pages
    draft = fresh(a, "sv").specific
    draft.unpublish()
    client.force_login(EditorFactory(join=EDITORS.name))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    alone = reverse("wagtailadmin_pages:delete", args=[draft.pk])
    client.post(f"{bulk}?id={draft.pk}" if is_bulk else alone, {"all_languages": "on"})
    assert Page.objects.filter(pk=a.pk, live=True).exists()
    assert not Page.objects.filter(pk=draft.pk).exists()


def test_title_of_a_draft_is_not_shown_to_whoever_may_not_move_it(client, pages):
    a, b, _c = pages
    client.force_login(nobody())
    url = reverse("wagtailadmin_pages:move_confirm", args=[a.pk, b.pk])
    assert client.get(url).status_code in (302, 403)
