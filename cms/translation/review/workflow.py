"""Wagtail's workflow around a translated page: begun with a revision, followed however it ends.

Who approves or rejects on Wagtail's own screens leaves the same behind as who does it on ours.
"""

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.admin.mail import (
    BaseGroupApprovalTaskStateEmailNotifier,
    BaseWorkflowStateEmailNotifier,
)
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail.signals import (
    page_published,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
)
from wagtail_localize.models import SourceDeletedError, Translation, TranslationLog

from .. import mails
from ..models import Notice, Work
from ..strings import progress


def revision_of(translation: Translation, target: Page, user) -> Revision:
    """The page as its translated strings would have it; the live one is untouched."""
    try:
        page = translation.source.get_ephemeral_translated_instance(
            translation.target_locale, fallback=True
        )
    except SourceDeletedError as error:
        raise ValidationError(_("The page or record is not there any more.")) from error
    page.slug = target.slug
    return page.save_revision(user=user, log_action=True)


def start(page: Page, user) -> WorkflowState | None:
    """Ask for a review of the page's latest revision; ``None`` where no workflow is set up."""
    workflow, state = page.get_workflow(), page.current_workflow_state
    if workflow is None or not workflow.tasks.filter(active=True).exists():
        return None
    if state and state.status == state.STATUS_NEEDS_CHANGES and state.workflow_id == workflow.pk:
        state.resume(user=user)
        return state
    if state:
        state.cancel(user=user)
    page.refresh_from_db(fields=["latest_revision"])
    return workflow.start(page, user)


def task_of(work: Work, user) -> TaskState | None:
    """What the workflow asks this user to decide."""
    state = work.workflow_state
    task_state = state and state.current_task_state
    if not task_state or task_state.status != TaskState.STATUS_IN_PROGRESS:
        return None
    actions = task_state.task.specific.get_actions(state.content_object, user)
    return task_state if any(action[0] == "approve" for action in actions) else None


def leave_review(work: Work) -> None:
    work.in_review_since = work.workflow_state = work.revision = None
    work.state = progress.state_of(work)
    work.save()


def returned(work: Work, user, comment: str) -> None:
    work.reason, work.comment = Work.Reason.RETURNED, comment
    leave_review(work)
    mails.tell(user, Notice.Event.RETURNED, work)


@receiver(page_published, dispatch_uid="translation-review")
def follow_publishing(sender, instance, revision=None, **kwargs) -> None:
    """What was reviewed is public now, whatever its strings or its source say since."""
    for work in Work.objects.filter(revision=revision) if revision else ():
        work.published_digest, work.revision = work.review_digest, None
        work.state = progress.state_of(work)
        if work.state == Work.State.SOURCE_CHANGED:
            work.reason = Work.Reason.CHANGED
        work.save()
        translation = work.translation
        TranslationLog.objects.create(
            source=translation.source, locale=translation.target_locale, revision=revision
        )


@receiver(workflow_approved, dispatch_uid="translation-review")
def follow_approval(sender, instance, user=None, **kwargs) -> None:
    page = instance.content_object
    if not isinstance(page, Page):
        return
    works = Work.objects.filter(
        translation__source__object_id=page.translation_key,
        translation__target_locale=page.locale_id,
        translation__enabled=True,
    )
    for work in works:
        to_be_public_later(work)
        mails.tell(user, Notice.Event.APPROVED, work)


def to_be_public_later(work: Work) -> None:
    """Approved for a time that is set on the page: nobody reviews it any more."""
    if work.in_review_since:
        work.in_review_since = work.workflow_state = None
        work.state = progress.state_of(work)
        work.save()


@receiver(workflow_rejected, dispatch_uid="translation-review")
def follow_rejection(sender, instance, user=None, **kwargs) -> None:
    for work in Work.objects.filter(workflow_state=instance):
        returned(work, user, instance.current_task_state.comment)


@receiver(workflow_cancelled, dispatch_uid="translation-review")
def follow_cancellation(sender, instance, **kwargs) -> None:
    for work in Work.objects.filter(workflow_state=instance):
        leave_review(work)


def leave_translations_to_us(notifier: type) -> None:
    """Wagtail writes its own letters about each workflow: not about a translation's."""
    theirs = notifier.can_handle

    def can_handle(self, instance, **kwargs) -> bool:
        return theirs(self, instance, **kwargs) and not _is_of_translation(instance)

    notifier.can_handle = can_handle


def _is_of_translation(instance) -> bool:
    state = instance.workflow_state if isinstance(instance, TaskState) else instance
    try:
        page = state.content_object
    except ObjectDoesNotExist:
        return False
    return (
        isinstance(page, Page)
        and Translation.objects.filter(
            source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
        ).exists()
    )


def connect() -> None:
    for notifier in (BaseWorkflowStateEmailNotifier, BaseGroupApprovalTaskStateEmailNotifier):
        leave_translations_to_us(notifier)
