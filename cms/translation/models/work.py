"""Who translates which language, what was asked for, and where each language version stands."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Revision, WorkflowState
from wagtail_localize.models import StringTranslation, Translation


class LanguageRights(models.Model):
    """A group translates into a language, pages and records alike, and may publish if it is said.

    Decided on in :mod:`..policy`, nowhere else.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="language_rights")
    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    may_publish = models.BooleanField(
        _("may publish"), default=False, help_text=_("Without anybody else's review.")
    )

    class Meta:
        verbose_name = _("right to a language")
        verbose_name_plural = _("rights to languages")
        constraints = [models.UniqueConstraint(fields=["group", "locale"], name="one_right")]

    def __str__(self) -> str:
        return f"{self.group} → {self.locale}"


class TranslationRequest(models.Model):
    """Somebody of the staff asked for pages and records in languages; done in the background."""

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("asked for"), default=timezone.now)
    due_on = models.DateField(_("due"), null=True, blank=True)
    note = models.TextField(_("note to the translators"), blank=True, max_length=2000)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("translation request")
        verbose_name_plural = _("translation requests")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class RequestedVersion(models.Model):
    """One page or record in one language, of a request: prepared in a transaction of its own."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Ready for the translators")
        REFUSED = "refused", _("Not possible")

    request = models.ForeignKey(
        TranslationRequest, on_delete=models.CASCADE, related_name="versions"
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    instance = GenericForeignKey("content_type", "object_id")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    message = models.TextField(blank=True)

    class Meta:
        verbose_name = _("requested language version")
        verbose_name_plural = _("requested language versions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "content_type", "object_id", "locale"], name="asked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.instance} → {self.locale}"


class Work(models.Model):
    """Where a language version stands. Words and state are :mod:`..strings.progress`'s to write."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        IN_PROGRESS = "in_progress", _("In progress")
        IN_REVIEW = "in_review", _("In review")
        UP_TO_DATE = "up_to_date", _("Up to date")
        SOURCE_CHANGED = "source_changed", _("Source changed")

    class Reason(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Source changed")
        RETURNED = "returned", _("Returned")

    translation = models.OneToOneField(Translation, on_delete=models.CASCADE, related_name="work")
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.REQUESTED, db_index=True
    )
    reason = models.CharField(_("why"), max_length=10, choices=Reason.choices, default=Reason.NEW)
    words = models.PositiveIntegerField(_("words"), default=0)
    words_left = models.PositiveIntegerField(_("words left"), default=0)
    to_check = models.PositiveIntegerField(_("strings to check"), default=0)
    request = models.ForeignKey(
        TranslationRequest, null=True, on_delete=models.SET_NULL, related_name="works"
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    comment = models.TextField(_("the reviewer's comment"), blank=True)
    in_review_since = models.DateTimeField(null=True)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    workflow_state = models.ForeignKey(
        WorkflowState, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    digest = models.CharField(max_length=64, blank=True)
    published_digest = models.CharField(max_length=64, blank=True)
    # What a page's review is about: its strings may have changed since.
    revision = models.ForeignKey(
        Revision, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    review_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("translation work")
        verbose_name_plural = _("translation work")

    def __str__(self) -> str:
        return f"{self.translation_id}: {self.get_state_display()}"

    @property
    def is_unfinished(self) -> bool:
        """Handing it over, or publishing it, would be refused."""
        return bool(self.words_left or self.to_check)

    @property
    def is_late(self) -> bool:
        open_states = {self.State.REQUESTED, self.State.IN_PROGRESS, self.State.SOURCE_CHANGED}
        return bool(
            self.due_on and self.state in open_states and self.due_on < timezone.localdate()
        )


class CarriedTranslation(models.Model):
    """A translation that was not made for the source text that it now stands for."""

    translation = models.OneToOneField(
        StringTranslation, on_delete=models.CASCADE, related_name="carried"
    )
    earlier_source = models.TextField(blank=True)
    needs_check = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("carried translation")
        verbose_name_plural = _("carried translations")

    def __str__(self) -> str:
        return str(self.translation_id)


class Notice(models.Model):
    """Something that one person is to learn by e-mail; :mod:`..mails` sends it."""

    class Event(models.TextChoices):
        REQUESTED = "requested", _("To translate")
        HANDED_OVER = "handed_over", _("To review")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved")
        REMINDED = "reminded", _("Reminder")
        CHANGED = "changed", _("Source changed")

    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="+")
    event = models.CharField(max_length=12, choices=Event.choices)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_event_display()} → {self.receiver_id}"


class MailChoice(models.Model):
    """Whether somebody wants e-mail about translations; without a row: yes."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="translation_mail",
    )
    wanted = models.BooleanField(_("E-mail about translations"), default=True)

    class Meta:
        verbose_name = _("choice of e-mail")
        verbose_name_plural = _("choices of e-mail")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.wanted}"
