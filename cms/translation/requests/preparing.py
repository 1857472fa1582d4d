"""Making what was requested, in the background: a page or record in a language is a transaction.

A run may end at any moment, and the next one takes up what is not marked as made: after a kill by
the schedule, or by the button on the request's page. What is there already is not made twice. On
SQLite, which lets one write at a time, a version is followed by a pause as long as it took, so that
whoever else wants to write comes to it.
"""

import logging
import time

from django.core.exceptions import ValidationError
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.db.models import Exists, Model, OuterRef
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_tasks import TaskResultStatus, task, task_backends
from django_tasks_db.models import DBTaskResult
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from cms.core.concurrency import alone, each_once
from cms.core.languages import admin_language

from .. import mails, policy
from ..models import Notice, RequestedVersion, TranslationRequest, Work
from ..strings import progress

logger = logging.getLogger("katto.translation")

TURN_SECONDS = 5
"""How long one task works; what is due elsewhere comes in between."""
PAUSE = 0.12
"""Longer than any wait between two tries of SQLite for its lock."""
TRIES = 3
DELETED = gettext_noop("It has been deleted since.")


class NotPossible(Exception):
    """Says why a language version can't be made."""


def start(request: TranslationRequest) -> None:
    """Have it worked on: by a worker, or here and now where tasks run at once."""
    prepare.enqueue(request.pk)


def in_background() -> bool:
    return task_backends["default"].supports_defer


@task()
def prepare(request_id: int) -> None:
    with alone(f"translation request {request_id}") as mine:
        rest = mine and work_on(request_id, TURN_SECONDS if in_background() else None)
    if rest:
        prepare.enqueue(request_id)


def work_on(request_id: int, seconds: float | None = None) -> bool:
    """Make what waits, for about so long; whether something is left."""
    request = TranslationRequest.objects.select_related("created_by").filter(pk=request_id).first()
    if request is None:
        return False
    waiting = request.versions.filter(state=RequestedVersion.State.WAITING)
    run, end = Run(request), seconds and time.monotonic() + seconds
    with translation.override(admin_language(request.created_by)):
        for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
            if end and time.monotonic() > end:
                return True
            begun = time.monotonic()
            run.make(pk)
            if end and connection.vendor == "sqlite":
                time.sleep(max(PAUSE, time.monotonic() - begun))
    if not waiting.exists():
        finish(request)
    return False


@transaction.atomic
def finish(request: TranslationRequest) -> None:
    """The translators are told once, of all that there is for them to do."""
    unfinished = TranslationRequest.objects.filter(pk=request.pk, finished_at=None)
    if unfinished.update(finished_at=timezone.now()):
        works = Work.objects.filter(request=request).exclude(state=Work.State.UP_TO_DATE)
        works = works.select_related("translation__source").order_by("pk")
        mails.tell(request.created_by, Notice.Event.REQUESTED, *works)


class Run:
    """Some of a request's versions, one after another; those of one page share its source."""

    def __init__(self, request: TranslationRequest) -> None:
        self.request = request
        self._last: tuple = ()

    def make(self, pk: int) -> None:
        """One version. Whatever is wrong with it is a sentence of its own and stops no other."""
        for tries_left in reversed(range(TRIES)):
            try:
                return self._make(pk)
            except NotPossible as reason:
                return _refuse(pk, str(reason))
            except Exception as fault:
                # Somebody was quicker, or in the way; a database that is away is waited for.
                passing = isinstance(fault, OperationalError | InterfaceError)
                if tries_left and (passing or isinstance(fault, IntegrityError)):
                    time.sleep(PAUSE)
                elif passing:
                    raise
                elif any(not row.instance for row in RequestedVersion.objects.filter(pk=pk)):
                    return _refuse(pk, _(DELETED))  # After another language of it was made.
                else:
                    logger.exception("The requested version %s could not be made.", pk)
                    return _refuse(pk, _("This failed. The log of the site says why."))

    def _make(self, pk: int) -> None:
        version = RequestedVersion.objects.select_related("locale").filter(pk=pk).first()
        if version is None:
            return
        instance, source = self._source_of(version)
        waiting = RequestedVersion.objects.filter(pk=pk, state=RequestedVersion.State.WAITING)
        # What follows from it is counted after the commit: others may write meanwhile.
        with each_once(), transaction.atomic():
            if not waiting.select_for_update().exists():
                return
            found = made(instance, source, version.locale, self.request.created_by)
        with transaction.atomic():
            note_work(found, self.request)
            waiting.update(state=RequestedVersion.State.DONE, message="")

    def _source_of(self, version: RequestedVersion) -> tuple[Model, TranslationSource]:
        """What translators work from, as it is now: in a transaction of its own."""
        thing = version.content_type_id, version.object_id
        if not self._last or self._last[0] != thing:
            instance = instance_of(version)
            with transaction.atomic(), each_once():
                source, _new = TranslationSource.update_or_create_from_instance(instance)
            self._last = thing, instance, source
        return self._last[1:]


def _refuse(pk: int, message: str) -> None:
    RequestedVersion.objects.filter(pk=pk).update(
        state=RequestedVersion.State.REFUSED, message=message
    )


def instance_of(version: RequestedVersion) -> Model:
    """The page or record in the language first written, with what is public of it.

    Of a page that was never public, its newest draft.
    """
    instance = version.instance
    if instance is None:
        raise NotPossible(_(DELETED))
    if isinstance(instance, Page) and not instance.live and instance.latest_revision_id:
        instance = instance.get_latest_revision_as_object()
    if not policy.is_source(instance):
        raise NotPossible(_("It was first written in another language."))
    return instance


def made(instance: Model, source: TranslationSource, locale: Locale, user) -> Translation:
    """The translation with its page or record, made if it is not there yet."""
    key = instance.translation_key
    there = _in_language(instance, locale)
    asked = Translation.objects.filter(source__object_id=key, target_locale=locale).first()
    if there and not (asked and asked.enabled):
        raise NotPossible(_("It is written by hand in this language; that is left as it is."))
    if there:
        return asked
    if isinstance(instance, Page):
        _require_place(instance, locale, user)
    if asked is None:
        asked = Translation.objects.create(source=source, target_locale=locale, enabled=True)
    elif not asked.enabled:
        asked.enabled = True
        asked.save(update_fields=["enabled"])
    try:
        asked.save_target(user=user, publish=not isinstance(instance, Page))
    except ValidationError as error:
        raise NotPossible(" ".join(error.messages)) from error
    return asked


def _in_language(instance: Model, locale: Locale) -> bool:
    """An alias is no version: it shows another one."""
    same = type(instance)._base_manager.filter(
        translation_key=instance.translation_key, locale=locale
    )
    return (same.filter(alias_of=None) if isinstance(instance, Page) else same).exists()


def _require_place(page: Page, locale: Locale, user) -> None:
    parent = page.get_parent()
    if parent.depth == 1:
        return
    place = Page.objects.filter(translation_key=parent.translation_key, locale=locale).first()
    if place is None:
        message = _("The page above it, “%(title)s”, is not there in this language.")
        raise NotPossible(message % {"title": parent.get_admin_display_title()})
    if user and not policy.may_edit(user, place):
        raise NotPossible(_("You may not change pages where it would stand in this language."))


def note_work(found: Translation, request: TranslationRequest) -> None:
    """Who asked, and of what there is to do until when and what was said about it."""
    said = {name: value for name in ("due_on", "note") if (value := getattr(request, name))}
    works = Work.objects.filter(translation=found)
    if not works.update(request=request):
        progress.refresh(Translation.objects.filter(pk=found.pk))
        works.update(request=request)
    if said:
        works.exclude(state=Work.State.UP_TO_DATE).update(**said)


def in_hand() -> set[int]:
    """Requests that a worker has, or that stand in its queue."""
    tasks = DBTaskResult.objects.filter(
        task_path=prepare.module_path,
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
    )
    return {row["args"][0] for row in tasks.values_list("args_kwargs", flat=True) if row["args"]}


def go_on(request: TranslationRequest) -> None:
    """Have what waits worked on, unless somebody does already."""
    if request.pk not in in_hand():
        start(request)


def take_up() -> None:
    """A job of the schedule: requests whose run ended before they were done."""
    waiting = RequestedVersion.objects.filter(
        request=OuterRef("pk"), state=RequestedVersion.State.WAITING
    )
    requests = TranslationRequest.objects.filter(Exists(waiting)).order_by("pk")
    taken = in_hand()
    for request in requests:
        if request.pk not in taken:
            logger.warning("%s is taken up again.", request)
            start(request)
