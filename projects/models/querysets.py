from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.querysets import LocalisedPageQuerySet


class Status(models.TextChoices):
    """Computed from the dates, never typed."""

    UPCOMING = "upcoming", _("Upcoming")
    RUNNING = "running", _("Running")
    ENDED = "ended", _("Ended")

    @classmethod
    def of(cls, start, end, today=None) -> "Status | None":
        """The status on ``today``; ``None`` where dates do not tell. ``end`` is the last of all."""
        today = today or timezone.localdate()
        if end and end < today:
            return cls.ENDED
        if start:
            return cls.UPCOMING if start > today else cls.RUNNING
        return cls.RUNNING if end else None


NOT_STATED = "none"


def status_condition(*statuses: str, today=None) -> Q:
    """Any of the statuses on ``today``, by the same rule as :meth:`Status.of`.

    For querysets with :meth:`ProjectQuerySet.with_last_day`. ``"none"`` is for dates that do not
    tell; anything else unknown matches nothing.
    """
    today = today or timezone.localdate()
    going_on = Q(last_day__isnull=True) | Q(last_day__gte=today)
    conditions = {
        Status.ENDED: Q(last_day__lt=today),
        Status.UPCOMING: going_on & Q(start_date__gt=today),
        Status.RUNNING: going_on
        & (Q(start_date__lte=today) | Q(start_date__isnull=True, last_day__isnull=False)),
        NOT_STATED: Q(start_date__isnull=True, last_day__isnull=True),
    }
    chosen = Q(pk__in=[])
    for status in statuses:
        chosen |= conditions.get(status, Q(pk__in=[]))
    return chosen


class ProjectQuerySet(LocalisedPageQuerySet):
    def with_last_day(self):
        return self.annotate(last_day=Coalesce("extension_end_date", "end_date"))

    def with_status(self, *statuses: str, today=None):
        """Projects in any of the statuses on ``today``."""
        return self.with_last_day().filter(status_condition(*statuses, today=today))
