from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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
