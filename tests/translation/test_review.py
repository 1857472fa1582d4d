"""From the translator to the public: nothing is public before somebody approved it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page, TaskState, WorkflowState
from wagtail_localize.models import StringTranslation

from cms.translation import review
from cms.translation.models import Work
from cms.users.roles import EDITORS, PUBLISHERS
from tests.factories import (
    ContentPageFactory,
    EditorFactory,
    ProjectFactory,
    SuperuserFactory,
    ThemeFactory,
    project_index,
    translate,
)
from tests.translation.workplace import say, sent, translator

pytestmark = pytest.mark.django_db
State = Work.State


@pytest.fixture
def page(commit):
    def make():
        translate(project_index(), "ar")
        return ProjectFactory(title="Silta", lead="Perheet kohtaavat.")

    return commit(make)


@pytest.fixture
def translation(page, commit):
    return commit(sent, page, "ar")


@pytest.fixture
def amina():
    return translator("ar")


@pytest.fixture
def reviewer():
    return EditorFactory(join=PUBLISHERS.name)


def work_of(translation) -> Work:
    return Work.objects.get(translation=translation)


def arabic(page) -> Page:
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="ar")


def test_handing_over_starts_wagtails_workflow(translation, page, amina, commit):
    say(translation)
    work = commit(review.hand_over, translation, amina)
    assert work.state == State.IN_REVIEW
    assert work.handed_over_by == amina
    state = WorkflowState.objects.get()
    assert work.workflow_state == state
    assert state.content_object == arabic(page)
    revision = state.current_task_state.revision
    assert revision.content["title"] == "ar Silta"
    assert not arabic(page).live


@override("en")
def test_unfinished_is_refused_with_a_sentence(translation, amina):
    with pytest.raises(ValidationError, match="words left"):
        review.hand_over(translation, amina)
    say(translation)
    StringTranslation.objects.filter(data="ar Silta").update(has_error=True)
    with pytest.raises(ValidationError, match="errors"):
        review.hand_over(translation, amina)
    assert not WorkflowState.objects.exists()


def test_another_language_may_not_hand_over(translation):
    say(translation)
    with pytest.raises(PermissionDenied):
        review.hand_over(translation, translator("sv"))


def test_a_live_page_stays_byte_for_byte_until_it_is_approved(
    translation, page, amina, reviewer, commit, client
):
    say(translation)
    commit(review.publish, work_of(translation), SuperuserFactory())
    assert work_of(translation).state == State.UP_TO_DATE
    url = arabic(page).url
    before = client.get(url).content
    say(translation, "{} uusi {}")
    assert work_of(translation).state == State.IN_PROGRESS
    work = commit(review.hand_over, translation, amina)
    assert client.get(url).content == before
    commit(review.send_back, work, reviewer, "Otsikko on väärin.")
    assert client.get(url).content == before
    work = commit(review.hand_over, translation, amina)
    commit(review.approve, work, reviewer, "Hyvä.")
    assert b"ar uusi Silta" in client.get(url).content
    assert work_of(translation).state == State.UP_TO_DATE


def test_returning_needs_a_reason_and_tells_it(translation, amina, reviewer, commit):
    say(translation)
    work = commit(review.hand_over, translation, amina)
    with pytest.raises(ValidationError):
        review.send_back(work, reviewer, "  ")
    work = commit(review.send_back, work, reviewer, "Otsikko on väärin.")
    assert (work.state, work.reason) == (State.IN_PROGRESS, Work.Reason.RETURNED)
    assert work.comment == "Otsikko on väärin."
    again = commit(review.hand_over, translation, amina)
    assert again.state == State.IN_REVIEW
    assert WorkflowState.objects.active().count() == 1


def test_who_may_not_review_is_refused(translation, amina, commit):
    say(translation)
    work = commit(review.hand_over, translation, amina)
    for user in (amina, EditorFactory(join=EDITORS.name), translator("sv", may_publish=True)):
        with pytest.raises(PermissionDenied):
            review.approve(work, user)
        with pytest.raises(PermissionDenied):
            review.send_back(work, user, "Ei.")
    assert work_of(translation).state == State.IN_REVIEW


def test_a_publisher_of_the_language_approves_without_rights_on_the_page(
    translation, page, amina, commit
):
    say(translation)
    work = commit(review.hand_over, translation, amina)
    commit(review.approve, work, translator("ar", may_publish=True))
    assert arabic(page).live
    assert work_of(translation).state == State.UP_TO_DATE
    assert not WorkflowState.objects.active().exists()


def test_withdrawing_ends_the_workflow(translation, amina, commit):
    say(translation)
    work = commit(review.hand_over, translation, amina)
    work = commit(review.withdraw, work, amina)
    assert work.state == State.IN_PROGRESS
    assert not WorkflowState.objects.active().exists()
    with pytest.raises(ValidationError):
        review.withdraw(work, amina)


@pytest.mark.parametrize("action", ["approve", "reject", "cancel"])
def test_wagtails_own_screens_leave_the_same(
    translation, page, amina, reviewer, commit, client, action
):
    say(translation)
    commit(review.hand_over, translation, amina)
    client.force_login(reviewer)
    target, task = arabic(page), TaskState.objects.get()
    if action == "cancel":
        commit(task.workflow_state.cancel, user=reviewer)
    else:
        url = reverse("wagtailadmin_pages:workflow_action", args=[target.pk, action, task.pk])
        response = commit(client.post, url, {"comment": "Otsikko on väärin."})
        assert response.status_code in (200, 302)
    work = work_of(translation)
    expected = {
        "approve": (State.UP_TO_DATE, "new", "", True),
        "reject": (State.IN_PROGRESS, "returned", "Otsikko on väärin.", False),
        "cancel": (State.IN_PROGRESS, "new", "", False),
    }[action]
    assert (work.state, work.reason, work.comment, arabic(page).live) == expected


def test_without_a_workflow_the_work_is_simply_in_review(
    translation, page, amina, reviewer, commit
):
    Page.objects.first().workflowpage.workflow.deactivate()
    say(translation)
    work = commit(review.hand_over, translation, amina)
    assert work.state == State.IN_REVIEW
    assert work.workflow_state is None
    assert not arabic(page).live
    commit(review.approve, work, reviewer)
    assert arabic(page).live
    assert arabic(page).title == "ar Silta"


def test_a_record_gets_its_words_when_they_are_approved(amina, reviewer, commit):
    theme = ThemeFactory(name="Nuoret")
    translation = commit(sent, theme, "ar")
    say(translation)
    work = commit(review.hand_over, translation, amina)
    assert work.state == State.IN_REVIEW
    assert work.workflow_state is None
    with pytest.raises(PermissionDenied):
        review.approve(work, amina)
    commit(review.approve, work, reviewer)
    record = translation.get_target_instance()
    assert (record.name, record.is_draft) == ("ar Nuoret", False)
    assert work_of(translation).state == State.UP_TO_DATE


def test_a_source_that_changed_in_review_is_told_and_not_called_up_to_date(
    translation, page, amina, reviewer, commit
):
    say(translation)
    work = commit(review.hand_over, translation, amina)
    assert not review.source_has_changed(work)
    page.title = "Uusi silta"
    page.save_revision().publish()
    translation.source.update_from_db()
    work = work_of(translation)
    assert review.source_has_changed(work)
    commit(review.approve, work, reviewer)
    assert arabic(page).title == "ar Silta"
    work = work_of(translation)
    assert (work.state, work.reason) == (State.SOURCE_CHANGED, Work.Reason.CHANGED)


@override("en")
def test_a_page_that_was_changed_since_is_not_approved_unseen(
    translation, page, amina, reviewer, commit
):
    say(translation)
    work = commit(review.hand_over, translation, amina)
    other = arabic(page).specific
    other.title = "Something else"
    other.save_revision()
    with pytest.raises(ValidationError, match="changed since"):
        review.approve(work, reviewer)
    assert not arabic(page).live


def test_nothing_happens_twice(translation, amina, reviewer, commit):
    say(translation)
    work = commit(review.hand_over, translation, amina)
    with pytest.raises(ValidationError):
        review.hand_over(translation, amina)
    commit(review.approve, work, reviewer)
    with pytest.raises(ValidationError):
        review.approve(work, reviewer)
    with pytest.raises(ValidationError):
        review.hand_over(translation, amina)


def test_content_pages_too(amina, reviewer, commit):
    page = commit(lambda: ContentPageFactory(title="Tietoa", body=[("text", "<p>Hei.</p>")]))
    translation = commit(sent, page, "ar")
    say(translation)
    work = commit(review.hand_over, translation, amina)
    commit(review.approve, work, reviewer)
    assert arabic(page).title == "ar Tietoa"
    assert arabic(page).slug == page.slug


def test_a_later_change_does_not_inherit_the_day_of_a_request_that_is_done(
    translation, page, commit
):
    """A change a month after the approval was late at once, with the old note beside it."""
    say(translation)
    yesterday = timezone.localdate() - timedelta(days=1)
    Work.objects.filter(translation=translation).update(due_on=yesterday, note="Kiire.")
    commit(review.publish, work_of(translation), SuperuserFactory())
    assert work_of(translation).state == State.UP_TO_DATE
    page.title = "Silta yli suuren joen"
    commit(page.save_revision().publish)
    work = work_of(translation)
    assert (work.state, work.due_on, work.note) == (State.SOURCE_CHANGED, None, "")
    assert not work.is_late


def test_a_page_that_nobody_has_published_yet_is_not_public_in_another_language(commit):
    """Its facts are those of the first draft: a code or an emblem may be lacking still."""
    page = commit(lambda: ProjectFactory(title="Silta", live=False))
    translation = commit(sent, page, "ar")
    say(translation)
    work = commit(review.hand_over, translation, SuperuserFactory())
    with pytest.raises(ValidationError, match=r"Julkaise sivu ensin|Publish the page first"):
        review.approve(work, SuperuserFactory())
    assert not translation.get_target_instance().live
    commit(page.save_revision().publish)
    commit(review.approve, work, SuperuserFactory())
    assert translation.get_target_instance().live
