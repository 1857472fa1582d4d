"""What a machine wrote and nobody has read is on no page and in no record, whoever publishes."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import CannotSaveDraftError, StringTranslation, Translation

from cms.translation import review
from cms.translation.models import Work
from cms.translation.strings import confirm
from cms.translation.strings.progress import refresh
from tests.factories import ProjectFactory, SuperuserFactory, ThemeFactory
from tests.translation.editing import segment_of, sent

pytestmark = pytest.mark.django_db


def fill(translation: Translation, kind: str = "machine") -> Work:
    """Every string translated, all by a machine."""
    for segment in translation.source.stringsegment_set.select_related("string"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            data=f"AUTO {segment.string.data}",
            translation_type=kind,
        )
    refresh(Translation.objects.filter(pk=translation.pk))
    return Work.objects.get(translation=translation)


@pytest.fixture
def page_sent(db):
    return sent(ProjectFactory(title="Silta", lead="Lyhyesti."))


@pytest.fixture
def record_sent(db):
    return sent(ThemeFactory(name="Kotoutuminen"))


@pytest.fixture(params=["page", "record"])
def thing(request):
    return request.getfixturevalue(f"{request.param}_sent")


def test_it_counts_as_to_check(thing):
    work = fill(thing)
    assert work.words_left == 0
    assert work.to_check == thing.source.stringsegment_set.count()
    assert work.is_unfinished


def test_it_is_not_handed_over_nor_published(thing):
    work, boss = fill(thing), SuperuserFactory()
    with pytest.raises(ValidationError, match="tarkistamatta"):
        review.hand_over(thing, boss)
    with pytest.raises(ValidationError, match="tarkistamatta"):
        review.publish(work, boss)


def words(instance) -> str:
    return str([getattr(instance, name, "") for name in ("title", "lead", "name", "body")])


def test_no_version_is_made_of_it_whatever_writes_it(thing):
    fill(thing)
    boss = SuperuserFactory()
    for publish in (False, True):
        try:
            thing.save_target(user=boss, publish=publish)
        except (ValidationError, CannotSaveDraftError):
            continue
        assert "AUTO" not in words(thing.get_target_instance())
        if isinstance(thing.get_target_instance(), Page):
            latest = thing.get_target_instance().get_latest_revision_as_object()
            assert "AUTO" not in words(latest)
    shown = thing.source.get_ephemeral_translated_instance(thing.target_locale, fallback=True)
    assert "AUTO" not in words(shown)


def test_ticked_pages_leave_it_out(boss, page_sent):
    fill(page_sent)
    target = page_sent.get_target_instance()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    boss.post(f"{url}?id={target.pk}", {"include_descendants": ""})
    target.refresh_from_db()
    assert not target.live
    assert "AUTO" not in target.title


def test_ticking_an_alias_with_what_lies_below_it_is_no_fault(boss, page_sent):
    alias = page_sent.get_target_instance().get_parent()
    assert alias.alias_of_id
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = boss.post(f"{url}?id={alias.pk}", {"include_descendants": "on"})
    assert answer.status_code == 302
    assert not page_sent.get_target_instance().live


def test_updating_with_publishing_is_refused(boss, page_sent):
    fill(page_sent)
    url = reverse("wagtail_localize:update_translations", args=[page_sent.source_id])
    answer = boss.post(url, {"publish_translations": "on", "use_machine_translation": "on"})
    assert "Not published" in answer.content.decode()
    assert not page_sent.get_target_instance().live
    assert "use_machine_translation" not in boss.get(url).content.decode()


def test_a_public_page_does_not_lose_its_words_to_it(page_sent):
    boss = SuperuserFactory()
    review.publish(fill(page_sent, kind="manual"), boss)
    page = Page.objects.get(pk=page_sent.get_target_instance().pk)
    assert (page.live, page.title) == (True, "AUTO Silta")
    StringTranslation.objects.update(translation_type="machine", data="WORSE")
    refresh(Translation.objects.all())
    with pytest.raises(ValidationError):
        page_sent.save_target(user=boss, publish=True)
    page.refresh_from_db()
    assert page.title == "AUTO Silta"


def test_what_is_read_after_the_page_went_public_waits_to_be_published(page_sent):
    boss = SuperuserFactory()
    page = page_sent.get_target_instance()
    work = fill(page_sent)
    page.get_latest_revision().publish()
    assert "AUTO" not in words(page_sent.get_target_instance())
    for segment in page_sent.source.stringsegment_set.all():
        confirm(page_sent, segment, user=boss)
    work.refresh_from_db()
    assert (work.to_check, work.state) == (0, Work.State.IN_PROGRESS)
    review.publish(work, boss)
    work.refresh_from_db()
    assert work.state == Work.State.UP_TO_DATE
    assert page_sent.get_target_instance().title == "AUTO Silta"


def test_once_all_is_read_it_is_published(page_sent):
    boss = SuperuserFactory()
    fill(page_sent)
    for segment in page_sent.source.stringsegment_set.all():
        confirm(page_sent, segment, user=boss)
    work = Work.objects.get(translation=page_sent)
    assert work.to_check == 0
    review.publish(work, boss)
    assert page_sent.get_target_instance().title == "AUTO Silta"


def test_it_moves_with_its_text_and_stays_unread(page_sent):
    fill(page_sent)
    copy = sent(ProjectFactory(title="Silta", lead="Lyhyesti."))
    made = StringTranslation.objects.get(
        context=segment_of(copy, "title").context, locale=copy.target_locale
    )
    assert (made.data, made.translation_type) == ("AUTO Silta", "machine")
    assert Work.objects.get(translation=copy).to_check >= 1
