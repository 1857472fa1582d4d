"""From the translator to the public: handing over, reviewing, publishing.

What is reviewed of a page is a revision of its own, in Wagtail's workflow: the live page stays as
it is until that revision is published. A record has no revisions: its strings wait, and are written
to it when they are approved.

Whatever is not possible is refused by a ``ValidationError`` with a sentence for who asked.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.locks import BasicLock
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from .. import mails, policy
from ..facts import records
from ..models import Notice, Work
from ..strings import progress
from ..strings.safeguards import never_public
from . import workflow


@transaction.atomic
def hand_over(translation: Translation, user) -> Work:
    """Have a finished translation reviewed; until then its strings are locked."""
    if not policy.may_translate(user, translation):
        raise PermissionDenied
    work, target = _finished(translation, user)
    if work.state == Work.State.IN_REVIEW:
        raise ValidationError(_("This is in review already."))
    if work.state == Work.State.UP_TO_DATE:
        raise ValidationError(_("Nothing has changed since this was published."))
    work.review_digest = work.digest
    if isinstance(target, Page):
        work.revision = workflow.revision_of(translation, target, user)
        work.workflow_state = workflow.start(target, user)
    work.in_review_since, work.handed_over_by = timezone.now(), user
    work.state = progress.state_of(work)
    work.save()
    mails.tell(user, Notice.Event.HANDED_OVER, work)
    return work


@transaction.atomic
def withdraw(work: Work, user) -> Work:
    """The translator wants to go on translating."""
    if not policy.may_translate(user, work.translation):
        raise PermissionDenied
    work = _in_review(work)
    state = work.workflow_state
    workflow.leave_review(work)
    if state:
        state.cancel(user=user)
    return work


@transaction.atomic
def approve(work: Work, user, comment: str = "") -> Work:
    """Publish what was reviewed, or pass it on to the next task of the workflow."""
    work = _in_review(work)
    if not policy.may_review(user, work):
        raise PermissionDenied
    target = target_of(work.translation)
    _refuse_locked(target, user)
    _refuse_unseen(target, work.translation)
    task_state = workflow.task_of(work, user)
    if task_state is None:
        _publish(work, target, user)
        return _again(work)
    if target.latest_revision_id != task_state.revision_id:
        raise ValidationError(
            _("The page has been changed since it was handed over. Return it to be checked.")
        )
    task_state.task.specific.on_action(
        task_state.specific, user, "approve", comment=comment.strip()
    )
    work = _again(work)
    if work.state == Work.State.IN_REVIEW:
        mails.tell(user, Notice.Event.HANDED_OVER, work)
    return work


@transaction.atomic
def send_back(work: Work, user, comment: str) -> Work:
    """Return to the translator, who is told why."""
    work = _in_review(work)
    if not policy.may_review(user, work):
        raise PermissionDenied
    comment = comment.strip()
    if not comment:
        raise ValidationError(_("Say what has to be corrected."))
    task_state = workflow.task_of(work, user)
    if task_state:
        task_state.task.specific.on_action(task_state.specific, user, "reject", comment=comment)
    else:
        state = work.workflow_state
        workflow.returned(work, user, comment)
        if state:
            state.cancel(user=user)
    return _again(work)


@transaction.atomic
def publish(work: Work, user) -> Work:
    """Without anybody else's review, for those who may."""
    translation = work.translation
    if not policy.may_publish(user, translation):
        raise PermissionDenied
    if _again(work).state == Work.State.IN_REVIEW:
        return approve(work, user)
    work, target = _finished(translation, user)
    _refuse_unseen(target, translation)
    if isinstance(target, Page):
        work.revision = workflow.revision_of(translation, target, user)
        work.review_digest = work.digest
        work.save()
    _publish(work, target, user)
    return _again(work)


def source_has_changed(work: Work) -> bool:
    """Since it was handed over: what is approved now says what the source said then."""
    return work.state == Work.State.IN_REVIEW and work.review_digest != work.digest


def _again(work: Work) -> Work:
    """As the database has it, locked until the transaction ends."""
    found = Work.objects.select_for_update().filter(pk=work.pk).first()
    if found is None:
        raise ValidationError(_("The page or record is not there any more."))
    found.translation = work.translation
    return found


def _in_review(work: Work) -> Work:
    work = _again(work)
    if work.state != Work.State.IN_REVIEW:
        raise ValidationError(_("This is not in review any more."))
    return work


def target_of(translation: Translation) -> Model:
    model = translation.source.specific_content_type.model_class()
    try:
        return translation.get_target_instance()
    except model.DoesNotExist as error:
        raise ValidationError(_("The page or record is not there any more.")) from error


def _finished(translation: Translation, user) -> tuple[Work, Model]:
    """The work as of now, and what it is about; refused while something is missing."""
    target = target_of(translation)
    _refuse_locked(target, user)
    if not translation.enabled or getattr(target, "alias_of_id", None):
        raise ValidationError(_("This is not translated string by string any more."))
    progress.refresh(Translation.objects.filter(pk=translation.pk))
    work = Work.objects.select_for_update().get(translation=translation)
    work.translation = translation
    faulty = StringTranslation.objects.filter(
        locale=translation.target_locale_id,
        context__object_id=translation.source.object_id,
        translation_of__segments__source=translation.source_id,
        has_error=True,
    )
    if faulty.exists():
        raise ValidationError(_("There are strings with errors. Correct them first."))
    if work.words_left:
        raise ValidationError(_("There are words left to translate: %d.") % work.words_left)
    if work.to_check:
        raise ValidationError(_("There are strings left to check: %d.") % work.to_check)
    return work, target


def _refuse_unseen(target: Model, translation: Translation) -> None:
    if isinstance(target, Page) and never_public([translation.source]):
        raise ValidationError(
            _("Publish the page first in the language in which it was first written.")
        )


def _refuse_locked(target: Model, user) -> None:
    lock = target.get_lock() if isinstance(target, Page) else None
    if isinstance(lock, BasicLock) and lock.for_user(user):
        raise ValidationError(_("Somebody has locked this page: it can't be changed now."))


def _publish(work: Work, target: Model, user) -> None:
    """Who may was asked before: a translator has no right on the page itself."""
    if not isinstance(target, Page):
        records.approve(target)
        work.translation.save_target(user=user, publish=True)
    elif work.revision is None:
        raise ValidationError(_("This has to be handed over again."))
    else:
        work.revision.publish(user=user, skip_permission_checks=True)
        workflow.to_be_public_later(_again(work))
    mails.tell(user, Notice.Event.APPROVED, work)
