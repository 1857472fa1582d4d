"""Easy Finnish: how each page of it reads, and which section tells which section of the Finnish."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

LONGEST_KEY = 36


class EasyPage(models.Model):
    """What is known of the latest draft of a page in easy Finnish, for lists.

    Written by :mod:`..easy.upkeep` whenever that page or its Finnish one is saved.
    """

    page = models.OneToOneField(
        Page, primary_key=True, on_delete=models.CASCADE, related_name="easy_finnish"
    )
    figure = models.PositiveSmallIntegerField(_("readability"), null=True)
    changed = models.PositiveSmallIntegerField(_("sections to look at"), default=0)
    """Changed, new in Finnish or gone from it."""
    unwritten = models.PositiveSmallIntegerField(_("sections not written"), default=0)
    measured_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("page in easy Finnish")
        verbose_name_plural = _("pages in easy Finnish")

    def __str__(self) -> str:
        return str(self.page_id)


class EasySection(models.Model):
    """A section of the Finnish page, and where the easy one tells it.

    ``finnish`` and ``easy`` are ``title``, ``lead`` or the id of the section's first block. Several
    sections of the Finnish may be told in one. ``seen``: what the Finnish said when somebody last
    found that the easy one says it too.
    """

    page = models.ForeignKey(EasyPage, on_delete=models.CASCADE, related_name="sections")
    finnish = models.CharField(max_length=LONGEST_KEY)
    easy = models.CharField(max_length=LONGEST_KEY, blank=True)
    left_out = models.BooleanField(default=False)
    seen = models.TextField(blank=True)

    class Meta:
        verbose_name = _("section in easy Finnish")
        verbose_name_plural = _("sections in easy Finnish")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["page", "finnish"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.finnish} → {self.easy or '–'}"
