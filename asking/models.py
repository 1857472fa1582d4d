"""What a reader asked about a project: the words, and nothing that was not written."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_MESSAGE = 5000


class Question(models.Model):
    """``project``: the translation key of the page, which all its languages share."""

    project = models.UUIDField(_("project"), db_index=True)
    language = models.CharField(_("language"), max_length=12)
    message = models.TextField(_("message"), max_length=LONGEST_MESSAGE)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, db_index=True)
    answered = models.BooleanField(_("answered"), default=False)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["answered", "-asked_at", "-pk"]

    def __str__(self) -> str:
        return self.message[:60]
