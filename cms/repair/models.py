"""Links and pictures that pages have, as they were last read; and who was told of what, once."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TOLD_AFTER = 2
"""On so many days in a row a link has to fail before anybody hears of it: servers rest at night."""


class Fault(models.TextChoices):
    """Why a link leads nowhere, in words for whoever mends it."""

    GONE = "gone", _("The page is not there")
    REFUSED = "refused", _("The server answers with an error")
    UNKNOWN = "unknown", _("There is no such server")
    SILENT = "silent", _("The server does not answer")
    INSECURE = "insecure", _("The secure connection fails")
    INSIDE = "inside", _("The address is not open to the public")
    CIRCLE = "circle", _("The address leads on without an end")
    OWN_PAGE = "own_page", _("The page of this site is deleted or not published")
    OWN_FILE = "own_file", _("The file of this site is deleted")


class LinkQuerySet(models.QuerySet):
    def broken(self) -> "LinkQuerySet":
        return self.filter(failed_days__gte=TOLD_AFTER)

    def own(self) -> "LinkQuerySet":
        return self.filter(is_own=True)


class Link(models.Model):
    """An address that pages or records lead to, and how it has answered lately.

    ``key``: a hash of the address, which may be longer than an index takes. Pages and files of
    this site are named by their number (``page:12``), as rich text names them.
    """

    key = models.CharField(max_length=64, unique=True)
    url = models.TextField()
    host = models.CharField(max_length=255, blank=True)
    is_own = models.BooleanField(default=False)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    checked_at = models.DateTimeField(null=True)
    first_failed_on = models.DateField(null=True)
    last_failed_on = models.DateField(null=True)
    failed_days = models.PositiveSmallIntegerField(default=0, db_index=True)
    fault = models.CharField(max_length=10, choices=Fault.choices, blank=True)
    status = models.PositiveSmallIntegerField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return self.url

    def note_success(self) -> None:
        self.first_failed_on = self.last_failed_on = self.status = None
        self.failed_days, self.fault = 0, ""

    def note_failure(self, fault: str, status: int | None = None, sure: bool = False) -> None:
        """``sure``: no second day is needed, for the database has said so."""
        today = timezone.localdate()
        if self.last_failed_on != today:
            self.failed_days = min(self.failed_days + 1, 1000)
        if sure:
            self.failed_days = max(self.failed_days, TOLD_AFTER)
        self.first_failed_on = self.first_failed_on or today
        self.last_failed_on, self.fault, self.status = today, fault, status


ANSWER = ("checked_at", "due_at", "first_failed_on", "last_failed_on", "failed_days", "fault")
ANSWER += ("status",)
"""The fields that a check writes."""


class Reading(models.Model):
    """A page or record that may have links; read anew when ``read_at`` is empty."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    read_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="repair_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id}"


class Found(models.Model):
    """Something on a page or record. ``place``: where in its form, as Wagtail's ``contentpath``."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    place = models.CharField(max_length=255, blank=True)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["content_type", "object_id"])]


class LinkUse(Found):
    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="uses")
    text = models.CharField(max_length=255, blank=True)

    def __str__(self) -> str:
        return f"{self.text} ({self.place})"


class PictureUseQuerySet(models.QuerySet):
    def lacking(self) -> "PictureUseQuerySet":
        return self.filter(Q(is_described_here=True) | Q(image__description=""))


class PictureUse(Found):
    """A picture on a page that no words stand for, or none but the picture's own description.

    ``is_described_here``: the page has a field for the words, and it is blank.
    """

    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    is_described_here = models.BooleanField(default=False)

    objects = PictureUseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.image_id} ({self.place})"


class LetterChoice(models.Model):
    """Which letters somebody wants; ``week``: the Monday of the last weekly one."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="letter_choice",
    )
    weekly = models.BooleanField(
        _("Every Monday, what needs doing"),
        default=False,
        help_text=_("The lines of the front page; nothing is sent when nothing waits."),
    )
    reminders = models.BooleanField(
        _("When something of mine is due"),
        default=True,
        help_text=_(
            "Pages that you own: a review whose day has come, contacts whose details are about to "
            "leave the site."
        ),
    )
    week = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("choice of letters")
        verbose_name_plural = _("choices of letters")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.weekly}, {self.reminders}"


class Told(models.Model):
    """That the owner of something was reminded of a day: never twice of the same."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    day = models.DateField()
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "day"], name="repair_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.day}"
