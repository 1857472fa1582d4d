"""A source changes: what its translators find, and that the public finds nothing new."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from cms.translation.models import CarriedTranslation, Work
from cms.translation.strings.changes import Offer, follow, keep_valid, offers
from home.models import ContentPage
from tests.admin.forms import read_form
from tests.factories import ContentPageFactory, LocaleFactory, ThemeFactory, translate

pytestmark = pytest.mark.django_db
CODES = ["sv", "en", "ru", "ar", "so"]
TEXTS = [f"Kappale numero {n} kertoo perheistä ja kielestä." for n in range(48)]


def rich(texts) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def block(kind: str, value, name: str) -> dict:
    return {"type": kind, "id": name, "value": value}


def body_of(*blocks) -> list[dict]:
    return ContentPage._meta.get_field("body").stream_block.to_python(list(blocks))


def long_body(texts=TEXTS, names="abcdefgh") -> list[dict]:
    """Eight texts of six paragraphs, ten headings."""
    parts = [block("text", rich(texts[i * 6 : i * 6 + 6]), names[i]) for i in range(8)]
    headings = [block("heading", f"Otsikko {i} tässä", f"h{i}") for i in range(10)]
    return body_of(*parts, *headings)


def send(page, *codes) -> TranslationSource:
    source, _created = TranslationSource.get_or_create_from_instance(page)
    for code in codes:
        locale = LocaleFactory(language_code=code)
        Translation.objects.get_or_create(source=source, target_locale=locale)
    return source


def say(source, *codes) -> None:
    """Translate every string that is not yet: ``Hei`` to ``sv Hei``."""
    for code in codes:
        locale = Locale.objects.get(language_code=code)
        for segment in StringSegment.objects.filter(source=source).select_related("string"):
            StringTranslation.objects.get_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=locale,
                defaults={"data": f"{code} {segment.string.data}"},
            )


def said(source, code: str) -> dict[str, str | None]:
    """What each string of the source is translated to."""
    rows = StringSegment.objects.filter(source=source).annotate_translation(
        Locale.objects.get(language_code=code)
    )
    return {row.string.data: row.translation for row in rows.select_related("string")}


def work(source, code: str) -> Work:
    return Work.objects.get(
        translation__source=source, translation__target_locale__language_code=code
    )


def offered(source, code: str) -> dict[str, Offer]:
    """By the new text."""
    found = offers(source.translations.get(target_locale__language_code=code))
    texts = dict(StringSegment.objects.filter(source=source).values_list("pk", "string__data"))
    return {texts[pk]: offer for pk, offer in found.items()}


@pytest.fixture
def publish(commit):
    """Change a page and publish it; what follows the commit is done too."""

    def change(page, **fields) -> None:
        page = type(page).objects.get(pk=page.pk)
        for name, value in fields.items():
            setattr(page, name, value)
        commit(lambda: page.save_revision().publish())

    return change


@pytest.fixture
def page() -> ContentPage:
    body = body_of(
        block("text", rich(["Perheet kohtaavat.", "Ammattilaiset kuuntelevat heitä."]), "one"),
        block("heading", "Kurssit ja ryhmät", "two"),
    )
    return ContentPageFactory(title="Silta", lead="Perheiden silta.", body=body)


@pytest.fixture
def source(page) -> TranslationSource:
    """Translated to Swedish wholly; no page is there yet."""
    source = send(page, "sv")
    say(source, "sv")
    return source


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


@pytest.fixture
def swedish(page, source, commit) -> ContentPage:
    translate(page.get_parent().specific, "sv")
    one = source.translations.get()
    commit(one.save_target, publish=True)
    return one.get_target_instance()


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
