import re

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# An address, or digits enough for a telephone number or a personal identity code.
PERSONAL = re.compile(r"@|(?:\d[\s.\-+]?){6,}|\d{6}[-+A-Fa-f]\d{3}\w")


class MissedSearchManager(models.Manager):
    def note(self, language: str, query: str, reported: bool = False) -> None:
        """Count a search that found nothing, or that a visitor says did not help.

        Nothing about the visitor is kept, and words that look like personal data are not kept.
        One statement, because a visitor waits for it.
        """
        words = " ".join(query.lower().split())[:100]
        if not words or PERSONAL.search(words):
            return
        times, reports = (0, 1) if reported else (1, 0)
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (language, words, times, reported, last_on, handled) "  # noqa: S608
                "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (language, words) DO UPDATE SET "
                f"times = {table}.times + excluded.times, "
                f"reported = {table}.reported + excluded.reported, "
                "last_on = excluded.last_on, handled = excluded.handled",
                [language, words, times, reports, timezone.localdate(), False],
            )


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
