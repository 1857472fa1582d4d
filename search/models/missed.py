import re

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# An address, or digits enough for a telephone number or a personal identity code.
PERSONAL = re.compile(r"@|(?:\d[\s.\-+]?){6,}|\d{6}[-+A-Fa-f]\d{3}\w")


class MissedSearchManager(models.Manager):
    def note(self, language: str, query: str, reported: bool = False) -> None:
        """Count a search that found nothing, or that a visitor says did not help.

        Nothing about the visitor is kept, and words that look like personal data are not kept.
        """
        words = " ".join(query.lower().split())[:100]
        if not words or PERSONAL.search(words):
            return
        counter = "reported" if reported else "times"
        news = {"last_on": timezone.localdate(), "handled": False}
        known = self.filter(language=language, words=words)
        if not known.update(**news, **{counter: models.F(counter) + 1}):
            first = self.model(language=language, words=words, **news, **{counter: 1})
            self.bulk_create([first], ignore_conflicts=True)


class MissedSearch(models.Model):
    language = models.CharField(_("language"), max_length=12)
    words = models.CharField(_("search words"), max_length=100)
    times = models.PositiveIntegerField(_("found nothing"), default=0)
    reported = models.PositiveIntegerField(_("“I did not find it”"), default=0)
    last_on = models.DateField(_("last"), default=timezone.localdate)
    handled = models.BooleanField(_("handled"), default=False)

    objects = MissedSearchManager()

    class Meta:
        verbose_name = _("search without an answer")
        verbose_name_plural = _("searches without an answer")
        ordering = ["handled", "-times", "-reported"]
        constraints = [
            models.UniqueConstraint(fields=["language", "words"], name="one_missed_search")
        ]

    def __str__(self) -> str:
        return self.words
