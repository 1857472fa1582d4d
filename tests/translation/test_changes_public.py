"""A source changes: what stays valid, and that nothing untranslated becomes public."""

import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import (
    StringTranslation,
    TranslationSource,
)

from cms.translation.models import CarriedTranslation, Work
from cms.translation.strings.changes import keep_valid
from home.models import ContentPage
from tests.admin.forms import read_form
from tests.factories import ContentPageFactory, ThemeFactory, translate
from tests.translation.changing import (
    block,
    body_of,
    page,
    publish,
    rich,
    said,
    say,
    send,
    source,
    swedish,
    work,
)
from tests.translation.workplace import translator

__all__ = ["page", "publish", "source", "swedish"]

pytestmark = pytest.mark.django_db


# Letters


def test_the_translators_are_told_once_that_the_source_has_changed(page, source, publish, commit):
    translator("sv", email="sven@example.org")
    complete = source.translations.get()
    commit(complete.save_target, publish=True)
    assert work(source, "sv").state == Work.State.UP_TO_DATE
    publish(page, lead="Nyt on kyse aivan muusta asiasta.")
    assert work(source, "sv").state == Work.State.SOURCE_CHANGED
    assert [letter.to for letter in mail.outbox] == [["sven@example.org"]]
    assert "jäljellä: 6" in mail.outbox[0].body
    publish(page, lead="Tai taas jostakin toisesta.")
    assert len(mail.outbox) == 1


def test_nobody_is_told_of_what_was_saved_without_a_change(page, source, publish, commit):
    translator("sv", email="sven@example.org")
    commit(source.translations.get().save_target, publish=True)
    publish(page)
    assert mail.outbox == []


# Translations that stay valid


def test_a_tick_in_the_form_keeps_translations_to_be_checked(boss, page, source, commit):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = read_form(boss.get(address), "title")
    assert "translations_stay_valid" not in form
    form |= {"lead": "Perheiden ja nuorten silta.", "translations_stay_valid": "on"}
    commit(boss.post, address, form)
    # A draft: its tick waits with it.
    assert "Perheiden ja nuorten silta." not in said(source, "sv")
    form = read_form(boss.get(address), "title")
    assert form["translations_stay_valid"] == ["on"]
    commit(boss.post, address, {**form, "action-publish": "action-publish"})
    assert said(source, "sv")["Perheiden ja nuorten silta."] == "sv Perheiden silta."
    assert CarriedTranslation.objects.get().earlier_source == "Perheiden silta."
    assert "translations_stay_valid" not in read_form(boss.get(address), "title")


def test_the_tick_holds_for_the_version_that_has_it_alone(page, source, commit):
    page.lead, page.revision_notes = (
        "Perheiden ja nuorten silta.",
        {"translations_stay_valid": True},
    )
    ticked = commit(page.save_revision)
    fresh = ContentPage.objects.get(pk=page.pk)
    fresh.lead = "Perheiden ja lasten silta."
    commit(lambda: fresh.save_revision().publish())
    assert said(source, "sv")["Perheiden ja lasten silta."] is None
    # As a moderator does, later.
    ticked.refresh_from_db()
    commit(ticked.publish)
    assert said(source, "sv")["Perheiden ja nuorten silta."] == "sv Perheiden silta."


def test_nobody_is_asked_where_there_are_no_translations(boss):
    lonely = ContentPageFactory(title="Yksin")
    html = boss.get(reverse("wagtailadmin_pages:edit", args=[lonely.pk])).content.decode()
    assert "translations_stay_valid" not in html


def test_what_stays_valid_can_be_said_later(page, source, publish):
    publish(page, lead="Perheiden ja nuorten silta.", body=body_of(block("heading", "Uutta", "n")))
    assert keep_valid(source, None) == 1
    found = said(source, "sv")
    assert found["Perheiden ja nuorten silta."] == "sv Perheiden silta."
    assert found["Uutta"] is None
    assert keep_valid(source, None) == 0


def test_what_stays_valid_can_be_said_of_ticked_rows(boss, page, source, swedish, publish):
    publish(page, lead="Perheiden ja nuorten silta.")
    address = reverse("translation:overview")
    ticked = re.findall(r'name="row" value="([^"]+)"', boss.get(address).content.decode())
    response = boss.post(address, {"row": ticked, "action": "valid"}, follow=True)
    assert "1 string keeps its translation" in response.content.decode()
    assert said(source, "sv")["Perheiden ja nuorten silta."] == "sv Perheiden silta."


# Nothing untranslated becomes public


def test_publishing_refuses_to_take_words_away(page, source, swedish, publish, client):
    before = client.get(swedish.url).content
    publish(page, lead="Aivan toinen johdanto.")
    with pytest.raises(ValidationError, match=r"Swedish|ruotsi|[Ss]venska"):
        source.translations.get().save_target(publish=True)
    assert client.get(swedish.url).content == before
    say(TranslationSource.objects.get(pk=source.pk), "sv")
    source.translations.get().save_target(publish=True)


def test_a_text_that_was_inserted_counts_too(page, source, swedish, publish):
    texts = ["Perheet kohtaavat.", "Uusi kappale väliin.", "Ammattilaiset kuuntelevat heitä."]
    publish(page, body=body_of(block("text", rich(texts), "one")))
    with pytest.raises(ValidationError):
        source.translations.get().save_target(publish=True)


def test_what_is_public_untranslated_may_be_published_again(page, publish, commit):
    translate(page.get_parent().specific, "sv")
    source = send(page, "sv")
    commit(source.translations.get().save_target, publish=True)
    publish(page, lead="Aivan toinen johdanto.")
    commit(source.translations.get().save_target, publish=True)
    assert source.translations.get().get_target_instance().lead == "Aivan toinen johdanto."


def test_a_draft_of_a_public_page_is_not_public(page, source, swedish, client, commit):
    before = client.get(swedish.url).content
    StringTranslation.objects.filter(translation_of__data="Perheiden silta.").update(data="Utkast.")
    commit(source.translations.get().save_target, publish=False)
    assert client.get(swedish.url).content == before
    fresh = Page.objects.get(pk=swedish.pk).specific
    assert fresh.lead == "sv Perheiden silta."
    assert fresh.get_latest_revision_as_object().lead == "Utkast."


def test_synchronising_publishes_nothing_that_lacks_words(
    boss, page, source, swedish, publish, commit
):
    publish(page, lead="Aivan toinen johdanto.")
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    response = commit(boss.post, address, {"publish_translations": "on"})
    assert response.status_code == 200
    assert "Swedish" in response.content.decode()
    assert ContentPage.objects.get(pk=swedish.pk).lead == "sv Perheiden silta."
    assert commit(boss.post, address, {}).status_code == 302
    say(source, "sv")
    assert commit(boss.post, address, {"publish_translations": "on"}).status_code == 302
    assert ContentPage.objects.get(pk=swedish.pk).lead == "sv Aivan toinen johdanto."


def test_a_record_in_use_keeps_its_name(commit):
    theme = commit(ThemeFactory, name="Kotoutuminen")
    source = send(theme, "sv")
    say(source, "sv")
    commit(source.translations.get().save_target)
    # As an approval does.
    type(theme).objects.update(is_draft=False)
    theme.name = "Työelämä"
    commit(theme.save)
    with pytest.raises(ValidationError):
        source.translations.get().save_target()
    assert source.translations.get().get_target_instance().name == "sv Kotoutuminen"


def test_publishing_several_leaves_out_what_lacks_words(boss, page, source, commit):
    home = translate(page.get_parent().specific, "sv")
    second = send(ContentPageFactory(title="Toinen", lead="Jotain muuta."), "sv")
    for each in (source, second):
        commit(each.translations.get().save_target, publish=False)
    draft = second.translations.get().get_target_instance()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    below = f"{address}?id={home.pk}&next=/admin/"
    commit(boss.post, below, {"include_descendants": "on"})
    assert source.translations.get().get_target_instance().live
    assert not Page.objects.get(pk=draft.pk).live
    response = boss.get(f"{address}?id={draft.pk}&next=/admin/")
    assert "translations that are not finished" in response.content.decode()
    commit(boss.post, f"{address}?id={draft.pk}&next=/admin/")
    assert not Page.objects.get(pk=draft.pk).live
