from django.core.exceptions import ValidationError
from django.db import models
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

    @property
    def word_list(self) -> list[str]:
        return split_words(self.words)
