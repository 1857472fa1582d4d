"""What the search keeps in the database: words of the staff, words in vain, changes to follow."""

import re
from datetime import timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.settings.base import LANGUAGES


def split_words(text: str) -> list[str]:
    """Words or phrases, one a line or separated by commas; blanks and repeats dropped."""
    parts = (part.strip() for line in text.splitlines() for part in line.split(","))
    return list(dict.fromkeys(part for part in parts if part))


class SynonymGroup(models.Model):
    """Words that mean the same to a searcher (dementia, muistisairaus): no analysis can know."""

    language = models.CharField(_("language"), max_length=12, choices=LANGUAGES, default="fi")
    words = models.TextField(
        _("words"),
        max_length=2000,
        help_text=_(
            "Words or phrases that mean the same, separated by commas: vanhus, iäkäs. With “>” "
            "only one way: eläkeläinen > vanhus finds older people too, but not the reverse."
        ),
    )

    panels = [FieldPanel("language"), FieldPanel("words")]

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["language", "words"]

    def __str__(self) -> str:
        return ", ".join(self.word_list)[:100]

    @property
    def word_list(self) -> list[str]:
        return split_words(self.words.replace(">", ","))

    def clean(self) -> None:
        super().clean()
        self.words = " ".join(self.words.split())
        if len(self.word_list) < 2 or self.words.count(">") > 1:
            raise ValidationError({"words": _("Give at least two words, separated by commas.")})


class Promotion(models.Model):
    """A page that staff want first for certain words."""

    language = models.CharField(_("language"), max_length=12, choices=LANGUAGES, default="fi")
    words = models.TextField(
        _("search words"),
        max_length=2000,
        help_text=_("Searches for which the page comes first, separated by commas."),
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="search_promotions",
    )
    note = models.CharField(
        _("note"), max_length=255, blank=True, help_text=_("Why it is promoted. For staff only.")
    )

    panels = [FieldPanel("language"), FieldPanel("words"), FieldPanel("page"), FieldPanel("note")]

    class Meta:
        verbose_name = _("promoted page")
        verbose_name_plural = _("promoted pages")
        ordering = ["language", "words"]

    def __str__(self) -> str:
        return f"{', '.join(split_words(self.words))[:60]} → {self.page}"


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


FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)
LONGEST_ERROR = 1_000
MOST_ATTEMPTS = 10_000


class PendingDocumentQuerySet(models.QuerySet):
    def due(self, engine: str | None = None) -> Self:
        """What is to be followed now: new changes first, then records whose wait is over."""
        rows = self.filter(Q(retry_at=None) | Q(retry_at__lte=timezone.now()))
        return (rows.filter(engine=engine) if engine else rows).order_by("attempts", "pk")

    def of_records(self, engine: str, keys) -> Self:
        """Rows of these (kind, key) records."""
        wanted = Q(pk__in=[])
        for kind in {kind for kind, _key in keys}:
            wanted |= Q(kind=kind, key__in=[key for other, key in keys if other == kind])
        return self.filter(wanted, engine=engine)

    def fresh(self) -> Self:
        return self.filter(attempts=0)

    def aside(self) -> Self:
        """Records that could not be followed and wait for another try."""
        return self.filter(attempts__gt=0)

    def records(self) -> int:
        """How many records the rows are about."""
        return self.order_by().values("engine", "kind", "key").distinct().count()


class PendingDocumentManager(models.Manager.from_queryset(PendingDocumentQuerySet)):
    def queue(self, engines, keys) -> None:
        """Note in the editor's own transaction that documents changed: nothing is lost after it.

        ``keys`` are pairs of kind ("project", "publication", "person", "page") and translation key.
        Rows are only ever added: two editors never wait for each other here, nor for the follower.
        """
        now = timezone.now()
        self.bulk_create(
            [
                self.model(engine=engine, kind=kind, key=key, queued_at=now)
                for engine in engines
                for kind, key in sorted(keys)
            ],
            batch_size=500,
        )

    def set_aside(self, rows, errors: dict[tuple[str, str], str]) -> list[tuple[str, str]]:
        """Of these rows, keep one for each record that could not be followed, and drop the rest.

        Each failure doubles the wait until the next try. Returns the records that failed first now.
        """
        now, kept, new = timezone.now(), set(), []
        for record, error in errors.items():
            own = [row for row in rows if row.record == record]
            last, attempts = own[-1], max(row.attempts for row in own)
            self.filter(pk=last.pk).update(
                attempts=min(attempts + 1, MOST_ATTEMPTS),
                error=error[:LONGEST_ERROR],
                retry_at=now + min(FIRST_WAIT * 2 ** min(attempts, 12), LONGEST_WAIT),
            )
            kept.add(last.pk)
            if not attempts:
                new.append(record)
        self.filter(pk__in=[row.pk for row in rows if row.pk not in kept]).delete()
        return new


class PendingDocument(models.Model):
    """A change of a record that an engine has yet to follow; or one that it could not follow."""

    engine = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    key = models.UUIDField()
    queued_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    objects = PendingDocumentManager()

    class Meta:
        indexes = [models.Index(fields=["engine", "kind", "key"], name="pending_of_a_record")]

    def __str__(self) -> str:
        return f"{self.engine}: {self.kind} {self.key}"

    @property
    def record(self) -> tuple[str, str]:
        return self.kind, str(self.key)


class IndexState(models.Model):
    """What an engine's index was made with; another analyser asks for a rebuild."""

    engine = models.CharField(max_length=20, unique=True)
    analysers = models.JSONField(default=dict)
    built_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("state of a search index")

    def __str__(self) -> str:
        return self.engine
