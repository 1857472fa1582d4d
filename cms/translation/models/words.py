"""The words that help translators: translations from outside, agreed terms, checks that somebody
has dismissed, and files that were uploaded and not taken yet.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Locale
from wagtail_localize.models import String, TranslationContext

from cms.analysis import tokens
from cms.core.hygiene import one_line

LONGEST_WORD = 120


class MemoryEntry(models.Model):
    """A translation that no page or record of this site has: it came from outside, by a file.

    ``source`` and ``target`` are as wagtail-localize stores strings: escaped, with inline tags.
    """

    source_locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    target_locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    source = models.TextField(_("source"))
    target = models.TextField(_("translation"))
    digest = models.CharField(max_length=64, editable=False)
    """Of the source, for the constraint: texts are too long for an index."""
    target_digest = models.CharField(max_length=64, editable=False)
    origin = models.CharField(_("origin"), max_length=255, blank=True)
    author = models.CharField(_("who"), max_length=255, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("memory entry")
        verbose_name_plural = _("translation memory")
        constraints = [
            models.UniqueConstraint(
                fields=["source_locale", "target_locale", "digest", "target_digest"],
                name="remembered_once",
            )
        ]

    def __str__(self) -> str:
        return self.source[:80]


class Term(ClusterableModel):
    """One idea of the association's trade, and what it is called in each language."""

    note = models.TextField(
        _("note"),
        blank=True,
        validators=[MaxLengthValidator(1000)],
        help_text=_("What it means, and when it is used."),
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def __str__(self) -> str:
        agreed = [word for word in self.words.all() if word.kind == TermWord.Kind.AGREED]
        agreed.sort(key=lambda word: word.locale_id)
        return agreed[0].text if agreed else f"{self._meta.verbose_name} {self.pk}"


class TermWord(models.Model):
    """A word or phrase of a term in one language."""

    class Kind(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        ALSO = "also", _("May be used too")
        FORBIDDEN = "forbidden", _("Not to be used")

    term = ParentalKey(Term, on_delete=models.CASCADE, related_name="words")
    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    text = models.CharField(_("word or phrase"), max_length=LONGEST_WORD)
    kind = models.CharField(_("use"), max_length=10, choices=Kind.choices, default=Kind.AGREED)
    note = models.CharField(_("note"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("word of a term")
        verbose_name_plural = _("words of terms")
        ordering = ["locale_id", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["term", "locale", "text"], name="said_once"),
            models.UniqueConstraint(
                fields=["term", "locale"],
                condition=models.Q(kind="agreed"),
                name="one_agreed_word",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """One space between words; something has to be there that a text could have."""
        self.text = " ".join(one_line(self.text).split())
        if not any(tokens(self.text)) or "<" in self.text or ">" in self.text:
            raise ValidationError({"text": _("Write a word or a phrase, without tags.")})
        self.note = " ".join(one_line(self.note).split())


class DismissedCheck(models.Model):
    """Somebody said why a finding of the checks is no fault, of one string at one place.

    ``finding`` is what exactly was found (a number, a word): anything else is found anew.
    """

    string = models.ForeignKey(String, on_delete=models.CASCADE, related_name="+")
    context = models.ForeignKey(TranslationContext, on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    check_name = models.CharField(max_length=30)
    finding = models.CharField(max_length=64)
    reason = models.CharField(_("reason"), max_length=500)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    dismissed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("dismissed check")
        verbose_name_plural = _("dismissed checks")
        constraints = [
            models.UniqueConstraint(
                fields=["string", "context", "locale", "check_name", "finding"],
                name="dismissed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.reason[:80]}"


class Upload(models.Model):
    """A file that somebody has uploaded and is looking at: taken, or thrown away after a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=20)
    name = models.CharField(max_length=255)
    content = models.BinaryField()
    options = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("uploaded file of translations")
        verbose_name_plural = _("uploaded files of translations")

    def __str__(self) -> str:
        return self.name
