"""The translation editor: what it shows, and what it costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from cms.users.roles import PUBLISHERS
from tests.admin.facts import full_project
from tests.factories import EditorFactory, ImageFactory, ProjectFactory, ThemeFactory
from tests.translation.editing import (
    edit_url,
    own_url,
    row_html,
    say,
    section,
    segment_of,
    sent,
)
from tests.translation.rights import translator

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

MOST_QUERIES = 45


def test_source_and_target_have_their_language_and_direction(boss, translation):
    text = boss.get(edit_url(translation)).content.decode()
    for segment in translation.source.stringsegment_set.all():
        row = row_html(text, segment)
        assert re.search(r'data-source lang="fi" dir="ltr"', row)
        assert re.search(r'<textarea [^>]*lang="ar" dir="rtl"', row)
    assert "Lyhyesti &amp; selkeästi." in row_html(text, segment_of(translation, "lead"))


def test_numbers_codes_and_tags_stay_whole(boss, translation):
    say(translation, "lead", "من 2021–2027 برمز S22354 (ESF وSTEA) 2023")
    text = boss.get(own_url(translation)).content.decode()
    tagged = row_html(text, segment_of(translation, "text"))
    assert '<bdi dir="ltr" class="translation-tag">&lt;a id=&quot;a1&quot;&gt;</bdi>' in tagged
    row = row_html(text, segment_of(translation, "lead"))
    assert '<bdi dir="ltr">2021–2027</bdi>' in row
    assert (
        '<bdi dir="ltr">S22354</bdi> (<bdi dir="ltr">ESF</bdi> و<bdi dir="ltr">STEA</bdi>)' in row
    )


@pytest.mark.parametrize("who", ["boss", "publisher", "translator"])
def test_sixty_strings_take_few_queries(boss, who):
    """With every fact of a project beside them, and a link and a picture of their own."""
    passages = "".join(f"<p>Kappale numero {number} tässä.</p>" for number in range(15))
    body = [section(passages, kind) for kind in ("background", "aims", "measures", "results")]
    body += [section('<p><a href="https://example.org/">Lue</a> tämä.</p>', "outputs")]
    translation = sent(full_project(body=body))
    assert translation.source.stringsegment_set.count() == 63
    if who != "boss":
        publishes = who == "publisher"
        user = EditorFactory(join=PUBLISHERS.name) if publishes else translator("ar")
        boss.force_login(user)
    url = edit_url(translation)
    boss.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = boss.get(url)
    assert response.content.decode().count('class="translation-row"') == 63
    assert len(queries) <= MOST_QUERIES, [query["sql"] for query in queries]


def test_strings_stand_under_their_fields_and_blocks(boss, translation):
    boss.cookies.load({"django_language": "en"})
    text = boss.get(own_url(translation)).content.decode()
    headings = re.findall(r'<h2 id="group-\d+">(.*?)</h2>', text)
    assert headings == ["Title", "Lead", "Section · Aims"]


def test_alt_texts_and_captions_are_there(boss):
    figure = {
        "image": {"image": ImageFactory().pk, "alt_text": "Silta yli joen"},
        "caption": "Kuva",
    }
    project = ProjectFactory(body=[{"type": "figure", "value": figure}])
    text = boss.get(own_url(sent(project))).content.decode()
    assert "Silta yli joen" in text
    assert "Alternative text" in text or "Alt text" in text


def test_a_record_has_the_same_editor(boss):
    translation = sent(ThemeFactory(name="Osallisuus"))
    theme = translation.get_target_instance()
    url = reverse(theme.snippet_viewset.get_url_name("edit"), args=[theme.pk])
    text = boss.get(url).content.decode()
    assert "Osallisuus" in row_html(text, segment_of(translation, "name"))


@pytest.mark.parametrize(
    ("show", "paths"),
    [
        ("all", {"title", "lead", "text"}),
        ("untranslated", {"text"}),
        ("errors", {"lead"}),
        ("check", set()),
        ("nonsense", {"title", "lead", "text"}),
    ],
)
def test_filters_are_links(boss, translation, show, paths):
    say(translation, "title", "جسر")
    say(translation, "lead", "x" * 10)
    StringTranslation.objects.filter(data="x" * 10).update(has_error=True, field_error="Oho")
    text = boss.get(own_url(translation), {"show": show}).content.decode()
    assert f'href="{own_url(translation)}?show=untranslated"' in text
    for path in ("title", "lead", "text"):
        segment = segment_of(translation, path)
        assert (f'id="string-{segment.pk}"' in text) is (path in paths), path


def test_progress_is_told_in_words(boss, translation):
    say(translation, "title", "جسر")
    text = boss.get(own_url(translation)).content.decode()
    assert "9 of 10 words left" in text


def test_a_blank_from_before_is_no_translation(boss, translation):
    segment = segment_of(translation, "title")
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of=segment.string,
                context=segment.context,
                locale=translation.target_locale,
                data="\u00a0",
            )
        ]
    )
    text = boss.get(own_url(translation)).content.decode()
    assert "10 of 10 words left" in text
    assert 'data-state="errors"' in row_html(text, segment)


def test_a_changed_string_shows_what_changed_and_its_old_translation(boss, translation):
    say(translation, "lead", "باختصار ووضوح.")
    source = translation.source
    page = source.get_source_instance()
    page.lead = "Lyhyesti & todella selkeästi sanottuna."
    page.save_revision().publish()
    source.refresh_from_db()
    source.update_from_db()
    boss.cookies.load({"django_language": "en"})
    row = row_html(
        boss.get(own_url(translation), {"show": "changed"}).content.decode(),
        segment_of(translation, "lead"),
    )
    assert "<ins>" in row
    assert "باختصار ووضوح.</textarea>" in row
    assert "not saved yet" in row


def complete(translation) -> None:
    """What :func:`say` has left."""
    for path in ("lead", "text"):
        for segment in translation.source.stringsegment_set.filter(context__path__endswith=path):
            StringTranslation.objects.create(
                translation_of=segment.string,
                context=segment.context,
                locale=translation.target_locale,
                data=re.sub(r">[^<]+<", ">جسر<", segment.string.data)
                if "<a" in segment.string.data
                else "جسر",
            )


def test_only_what_may_be_pressed_is_there(boss, translation):
    hand_over = reverse("translation:hand_over", args=[translation.pk])
    unfinished = boss.get(own_url(translation)).content.decode()
    assert hand_over not in unfinished
    assert "once every string is translated" in unfinished
    say(translation, "title", "جسر")
    complete(translation)
    own = boss.get(own_url(translation)).content.decode()
    assert hand_over in own
    assert "once every string is translated" not in own
    assert reverse("wagtail_localize:stop_translation", args=[translation.pk]) in own
    boss.force_login(translator("ar"))
    own = boss.get(own_url(translation)).content.decode()
    assert hand_over in own
    work = translation.work
    for name, pk in (
        ("wagtail_localize:stop_translation", translation.pk),
        ("translation:publish", work.pk),
        ("wagtailadmin_pages:delete", translation.get_target_instance().pk),
    ):
        assert reverse(name, args=[pk]) not in own, name


def test_what_is_not_whole_is_not_published(boss, translation, commit):
    say(translation, "title", "جسر")
    address = edit_url(translation)
    page = commit(boss.post, address, {"action": "publish"}, follow=True).content.decode()
    assert "There are words left to translate: 9" in page
    assert not translation.get_target_instance().live
    complete(translation)
    assert "Hand over for review" in boss.get(address).content.decode()
    commit(boss.post, address, {"action": "publish"})
    assert translation.get_target_instance().live
    assert "Hand over for review" not in boss.get(address).content.decode()  # nothing to review
