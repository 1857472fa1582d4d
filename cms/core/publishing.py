"""Pages that go live or expire at a set time."""

from django.apps import apps
from django.db import OperationalError, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision


class NotAllPublished(Exception):
    """Says which pages did not follow their times, and why."""


def publish_due() -> None:
    """Unpublish what has expired and publish what is due, as ``publish_scheduled`` does.

    Wagtail's command ends at the first page that refuses (a slug that was taken meanwhile, say),
    so that one page would hold up all others for good. Here they follow; then
    :class:`NotAllPublished` names the ones that did not.
    """
    now, faults = timezone.now(), []

    def attempt(thing, act, action: str, **options) -> None:
        try:
            with transaction.atomic():
                act(log_action=action, **options)
        except OperationalError:
            raise
        except Exception as fault:
            faults.append(f"{thing}: {fault}")

    models = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    for model in [Page, *(model for model in models if not issubclass(model, Page))]:
        for thing in list(model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")):
            attempt(thing, thing.unpublish, "wagtail.unpublish.scheduled", set_expired=True)
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in list(due):
        attempt(revision.object_str, revision.publish, "wagtail.publish.scheduled")
    if faults:
        raise NotAllPublished("; ".join(faults))
