"""Who follows what: an address, a question and when it was last answered, and nothing else."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_QUESTION = 500


class Follow(models.Model):
    """``question``: an address of the site, path and query. ``key``: what letters know it by.

    Not confirmed: somebody typed the address; only whoever reads its mail may have meant it.
    """

    email = models.EmailField(_("e-mail"))
    question = models.CharField(_("what is followed"), max_length=LONGEST_QUESTION)
    language = models.CharField(_("language"), max_length=12)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    confirmed = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [
            models.UniqueConstraint(fields=["email", "question"], name="followed_once"),
        ]

    def __str__(self) -> str:
        return self.question
