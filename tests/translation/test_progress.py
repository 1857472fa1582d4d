"""Where a language version stands is computed from its strings, whoever changes them and how."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.translation.facts.records import approve
from cms.translation.models import CarriedTranslation, Work
from cms.translation.strings.progress import refresh, take_up
from tests.factories import ContentPageFactory, LocaleFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(commit):
    page = ContentPageFactory(title="Yksi kaksi", lead="Kolme neljä viisi.")
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(
        source=source, target_locale=LocaleFactory(language_code="sv")
    )
    return translation.work


def say(work, path: str, text: str) -> StringTranslation:
    segment = work.translation.source.stringsegment_set.get(context__path=path)
    return StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=work.translation.target_locale,
        defaults={"data": text},
    )[0]


def fresh(work) -> Work:
    return Work.objects.get(pk=work.pk)


def test_words_are_counted_and_the_state_follows(work):
    assert (work.words, work.words_left, work.state) == (5, 5, Work.State.REQUESTED)
    say(work, "title", "Ett två")
    work = fresh(work)
    assert (work.words_left, work.state) == (3, Work.State.IN_PROGRESS)
    say(work, "lead", " ")
    assert fresh(work).words_left == 3
    say(work, "lead", "Tre fyra fem.").delete()
    assert fresh(work).words_left == 3


def test_what_is_published_is_up_to_date_until_the_words_change(work, commit):
    say(work, "title", "Ett två")
    lead = say(work, "lead", "Tre fyra fem.")
    commit(lambda: work.translation.save_target(publish=True))
    assert fresh(work).state == Work.State.UP_TO_DATE
    say(work, "lead", "Tre fyra.")
    assert fresh(work).state == Work.State.IN_PROGRESS
    say(work, "lead", "Tre fyra fem.")
    assert fresh(work).state == Work.State.UP_TO_DATE
    CarriedTranslation.objects.create(translation=lead)
    refresh(Translation.objects.filter(pk=work.translation_id))
    assert fresh(work).state == Work.State.SOURCE_CHANGED
    assert (fresh(work).to_check, fresh(work).reason) == (1, Work.Reason.CHANGED)


def test_a_changed_source_is_told(work, commit):
    say(work, "title", "Ett två")
    say(work, "lead", "Tre fyra fem.")
    commit(lambda: work.translation.save_target(publish=True))
    page = work.translation.source.get_source_instance()
    page.lead = "Kolme neljä kuusi."
    page.save()
    TranslationSource.update_or_create_from_instance(page)
    assert (fresh(work).state, fresh(work).words_left) == (Work.State.SOURCE_CHANGED, 3)


def test_a_record_is_up_to_date_when_it_is_public(commit):
    theme = ThemeFactory(name="Perhe")
    source, _created = TranslationSource.update_or_create_from_instance(theme)
    translation = Translation.objects.create(
        source=source, target_locale=LocaleFactory(language_code="sv")
    )
    say(translation.work, "name", "Familj")
    commit(lambda: translation.save_target(publish=True))
    assert fresh(translation.work).state == Work.State.IN_PROGRESS
    approve(translation.get_target_instance())
    commit(lambda: translation.save_target(publish=True))
    assert fresh(translation.work).state == Work.State.UP_TO_DATE


def test_a_hundred_works_take_few_queries(commit):
    swedish = LocaleFactory(language_code="sv")
    for number in range(20):
        source, _created = TranslationSource.update_or_create_from_instance(
            ContentPageFactory(title=f"Sivu {number}")
        )
        Translation.objects.create(source=source, target_locale=swedish)
    Work.objects.all().delete()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        take_up()
    assert len(queries) <= 9
    assert Work.objects.count() == 20


def test_what_is_published_unfinished_is_in_progress(work, commit):
    say(work, "title", "Ett två")
    commit(lambda: work.translation.save_target(publish=True))
    assert (fresh(work).state, fresh(work).words_left) == (Work.State.IN_PROGRESS, 3)
    page = work.translation.source.get_source_instance()
    page.lead = "Kolme neljä kuusi."
    page.save()
    TranslationSource.update_or_create_from_instance(page)
    assert fresh(work).state == Work.State.SOURCE_CHANGED
