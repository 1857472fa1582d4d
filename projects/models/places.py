from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _


class Place(models.Model):
    """Reference data with an official code; names come from the classification, not translators."""

    code = models.CharField(_("code"), max_length=3, unique=True)
    name_fi = models.CharField(_("name in Finnish"), max_length=100)
    name_sv = models.CharField(_("name in Swedish"), max_length=100)
    year = models.PositiveSmallIntegerField(
        _("list of the year"),
        null=True,
        editable=False,
        help_text=_("The newest official list in which it stands."),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        language = translation.get_language() or "fi"
        return self.name_in(language)

    def name_in(self, language: str) -> str:
        return getattr(self, f"name_{language}", "") or self.name_fi


class Region(Place):
    """A region (maakunta). Two-digit code."""

    name_en = models.CharField(_("name in English"), max_length=100)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name_fi"]


class Municipality(Place):
    """A municipality (kunta), three-digit code. Merged ones stay: old projects name them."""

    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="municipalities"
    )
    in_force = models.BooleanField(_("in force"), default=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name_fi"]
