"""Two records of a register, or two projects, become one; and two again if it was a mistake.

``join(stays, gone, user)`` has everything that names the one name the other, in one transaction,
and returns a :class:`~projects.models.Joining`; ``undo(joining, user)`` takes it back, or raises
:class:`Refused` with a sentence if something has been changed since.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from ..models import Joining
from . import journal, pages, records
from .journal import Journal, Refused
from .rights import may_begin, may_join, may_undo

__all__ = ["Refused", "join", "may_begin", "may_join", "may_undo", "undo"]


@transaction.atomic
def join(stays: Model, gone: Model, user=None) -> Joining:
    """Raises :class:`Refused`, with nothing changed."""
    if type(stays) is not type(gone) or stays.translation_key == gone.translation_key:
        raise Refused(_("Choose two that are different."))
    room = pages if isinstance(stays, Page) else records
    # Whoever else joins one of them waits here.
    keys = (stays.translation_key, gone.translation_key)
    rows = type(stays)._base_manager.select_for_update().filter(translation_key__in=keys)
    if len({row.translation_key for row in rows}) < 2:
        raise Refused(_("One of the two is there no more."))
    names = {"stayed": str(stays)[:255], "gone": str(gone)[:255]}
    done = Journal()
    room.join(stays, gone, done, user)
    made = Joining.objects.create(
        content_type=ContentType.objects.get_for_model(stays),
        key=stays.translation_key,
        user=user,
        steps=done.steps,
        **names,
    )
    log(stays, "projects.join", user=user, data={"joining": made.pk, **names})
    return made


@transaction.atomic
def undo(joining: Joining, user=None) -> None:
    joining = Joining.objects.select_for_update().get(pk=joining.pk)
    if joining.undone_at or not joining.steps:
        raise Refused(_("This has been undone already, or too long ago to be undone."))
    journal.check(joining.steps)
    journal.undo(joining.steps)
    joining.undone_at, joining.steps = timezone.now(), []
    joining.save()
    model = joining.content_type.model_class()
    if stays := model._base_manager.filter(translation_key=joining.key).first():
        data = {"joining": joining.pk, "stayed": joining.stayed, "gone": joining.gone}
        log(stays, "projects.undo_join", user=user, data=data)
