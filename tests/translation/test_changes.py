"""A source changes: what its translators find."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale
from wagtail_localize.models import (
    StringTranslation,
    TranslationSource,
)

from cms.translation.models import CarriedTranslation, Work
from cms.translation.strings.changes import follow
from home.models import ContentPage
from tests.factories import ContentPageFactory, ThemeFactory, translate
from tests.translation.changing import (
    CODES,
    TEXTS,
    block,
    body_of,
    long_body,
    offered,
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

__all__ = ["page", "publish", "source", "swedish"]

pytestmark = pytest.mark.django_db


def test_one_word_of_sixty_strings(client, publish, commit):
    page = ContentPageFactory(title="Pitkä sivu", lead="Johdanto tähän.", body=long_body())
    source = send(page, *CODES)
    assert source.stringsegment_set.count() == 60
    say(source, *CODES)
    addresses = []
    for code in CODES:
        translate(page.get_parent().specific, code)
        one = source.translations.get(target_locale__language_code=code)
        commit(one.save_target, publish=True)
        addresses.append(one.get_target_instance().url)
    public = {address: client.get(address).content for address in addresses}
    assert all(b"Kappale numero 7" in html for html in public.values())
    changed = [
        text.replace("perheistä", "nuorista") if n == 7 else text for n, text in enumerate(TEXTS)
    ]
    publish(page, body=long_body(changed))
    for code in CODES:
        found = said(source, code)
        assert [text for text, words in found.items() if words is None] == [changed[7]]
        assert {words for text, words in found.items() if words} == {
            f"{code} {text}" for text in found if text != changed[7]
        }
        assert work(source, code).state == Work.State.SOURCE_CHANGED
        assert work(source, code).reason == Work.Reason.CHANGED
        assert list(offered(source, code)) == [changed[7]]
        offer = offered(source, code)[changed[7]]
        assert (offer.source, offer.text) == (TEXTS[7], f"{code} {TEXTS[7]}")
        assert re.findall(r"<del>.*?</span>(.*?)<span", offer.marked_old) == ["perheistä"]
        assert re.findall(r"<ins>.*?</span>(.*?)<span", offer.marked_new) == ["nuorista"]
    assert {address: client.get(address).content for address in addresses} == public


def test_following_takes_few_queries(publish):
    page = ContentPageFactory(title="Pitkä sivu", lead="Johdanto tähän.", body=long_body())
    source = send(page, *CODES)
    say(source, *CODES)
    page = ContentPage.objects.get(pk=page.pk)
    page.body = long_body(names="ABCDEFGH")
    page.save()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        follow.call(source.pk)
    assert len(queries) <= 50
    assert all(None not in said(source, code).values() for code in CODES)
    with CaptureQueriesContext(connection) as queries:
        follow.call(source.pk)
    assert len(queries) <= 8


def test_what_was_saved_without_a_change_leaves_the_source_alone(page, source, publish):
    before = TranslationSource.objects.get(pk=source.pk)
    publish(page)
    after = TranslationSource.objects.get(pk=source.pk)
    assert after.last_updated_at == before.last_updated_at


def test_a_draft_is_followed_by_nobody(page, source, commit):
    page.lead = "Uusi johdanto."
    commit(page.save_revision)
    assert "Uusi johdanto." not in said(source, "sv")


def test_texts_that_were_pasted_or_moved_keep_their_translations(page, source, publish):
    before = said(source, "sv")
    publish(
        page,
        body=body_of(
            block("heading", "Kurssit ja ryhmät", "pasted"),
            block("text", rich(["Ammattilaiset kuuntelevat heitä."]), "new"),
            block("text", rich(["Jotain uutta tulee tähän.", "Perheet kohtaavat."]), "one"),
        ),
    )
    after = said(source, "sv")
    assert after.pop("Jotain uutta tulee tähän.") is None
    assert after == before
    assert not CarriedTranslation.objects.exists()


def test_a_block_of_another_type_by_the_same_name_is_what_it_is_now(page, source, publish):
    link = 'Lue <a href="https://example.org/">lisää</a>.'
    publish(page, body=body_of(block("text", rich([link]), "one"), block("heading", "Nyt", "two")))
    say(source, "sv")
    before = said(source, "sv")
    publish(page, body=body_of(block("heading", "Nyt", "one"), block("text", rich([link]), "two")))
    assert said(source, "sv") == before
    kinds = source.stringsegment_set.values_list("context__path", "context__field_path")
    assert {("body.one", "body.heading"), ("body.two", "body.text")} <= set(kinds)


def test_going_back_brings_the_translation_back(page, source, publish):
    before, body = said(source, "sv"), page.body
    publish(page, lead="Aivan muuta kuin ennen.", body=body_of(block("heading", "Muuta", "x")))
    assert said(source, "sv")["Aivan muuta kuin ennen."] is None
    publish(page, lead="Perheiden silta.", body=body)
    assert said(source, "sv") == before


def test_a_copied_page_has_the_translations_of_its_original(page, source, publish):
    copy = page.copy(update_attrs={"title": "Kopio", "slug": "kopio"})
    twin = send(copy, "sv")
    found = said(twin, "sv")
    assert found.pop("Kopio") is None
    assert found == {text: words for text, words in said(source, "sv").items() if text != "Silta"}


def test_a_text_with_several_translations_is_offered_and_not_attached(page, source):
    swedish = Locale.objects.get(language_code="sv")
    other = ContentPageFactory(title="Toinen", lead="Perheiden silta.")
    second = send(other, "sv")
    lead = StringTranslation.objects.get(context__object_id=other.translation_key)
    lead.data = "Familjebron."
    lead.save()
    assert lead.locale == swedish
    third = send(ContentPageFactory(title="Kolmas", lead="Perheiden silta."), "sv")
    assert said(third, "sv")["Perheiden silta."] is None
    assert offered(third, "sv")["Perheiden silta."].text in ("Familjebron.", "sv Perheiden silta.")
    assert second


def test_the_same_kind_of_text_counts_before_others(page, source):
    body = body_of(block("heading", "Perheiden silta.", "h"))
    heading = send(ContentPageFactory(title="Toinen", body=body), "sv")
    row = StringTranslation.objects.get(
        context__object_id=heading.object_id, translation_of__data="Perheiden silta."
    )
    # Of another kind: taken, and to be checked.
    assert row.carried.needs_check
    row.data = "Bron"
    row.save()
    third = send(ContentPageFactory(title="Kolmas", lead="Perheiden silta."), "sv")
    assert said(third, "sv")["Perheiden silta."] == "sv Perheiden silta."


def test_which_of_two_equal_texts_moved_is_told_by_what_moved_with_it(page, publish):
    def blocks(first: str, second: str) -> list:
        return body_of(
            block("text", rich(["Lue lisää.", "Kurssit alkavat syksyllä."]), first),
            block("text", rich(["Lue lisää.", "Ryhmät kokoontuvat keväällä."]), second),
        )

    publish(page, body=blocks("a", "b"))
    source = send(ContentPage.objects.get(pk=page.pk), "sv")
    say(source, "sv")
    for name in "ab":
        row = StringTranslation.objects.get(
            context__path=f"body.{name}", translation_of__data="Lue lisää."
        )
        row.data = f"Läs mer {name}"
        row.save()
    publish(page, body=blocks("x", "y"))
    rows = StringTranslation.objects.filter(translation_of__data="Lue lisää.")
    where = {row.context.path: row.data for row in rows}
    assert (where["body.x"], where["body.y"]) == ("Läs mer a", "Läs mer b")


@pytest.mark.parametrize(
    "lead", ["Perheiden  silta!", "perheiden silta", "“Perheiden silta”.", "Perheiden – silta."]
)
def test_a_minor_edit_leaves_the_translation_to_be_checked(page, source, publish, lead):
    publish(page, lead=lead)
    shown = next(text for text in said(source, "sv") if "silta" in text)
    assert said(source, "sv")[shown] == "sv Perheiden silta."
    row = CarriedTranslation.objects.get()
    assert row.needs_check
    assert row.earlier_source == "Perheiden silta."
    assert offered(source, "sv")[shown].source == "Perheiden silta."
    assert work(source, "sv").to_check == 1
    publish(page, lead="Perheiden silta.")
    assert work(source, "sv").to_check == 0


@pytest.mark.parametrize("lead", ["Perheen silta.", "Perheiden silta 2.", "Perheiden %silta."])
def test_another_word_number_or_sign_is_no_minor_edit(page, source, publish, lead):
    publish(page, lead=lead)
    assert said(source, "sv")[lead] is None
    assert offered(source, "sv")[lead].text == "sv Perheiden silta."


def test_a_record_is_followed_when_it_is_saved(commit):
    theme = commit(ThemeFactory, name="Kotoutuminen")
    source = send(theme, "sv")
    say(source, "sv")
    theme.name = "Kotoutumisen tuki"
    commit(theme.save)
    assert said(source, "sv") == {"Kotoutumisen tuki": None}
    assert offered(source, "sv")["Kotoutumisen tuki"].text == "sv Kotoutuminen"


def test_a_translation_with_a_fault_is_carried_nowhere(page, source, publish):
    StringTranslation.objects.filter(translation_of__data="Perheet kohtaavat.").update(
        has_error=True
    )
    publish(page, body=body_of(block("text", rich(["Perheet kohtaavat."]), "pasted")))
    assert said(source, "sv")["Perheet kohtaavat."] is None
