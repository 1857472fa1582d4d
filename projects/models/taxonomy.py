from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.translation.records import FactsRecord


class Term(FactsRecord):
    """A word of a controlled vocabulary. ``slug`` is the same in every language: it is in URLs."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("identifier"), max_length=120, help_text=_("Used in addresses."))

    class Meta(FactsRecord.Meta):
        abstract = True


class Theme(Term):
    class Meta(Term.Meta):
        abstract = False
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class TargetGroup(Term):
    class Meta(Term.Meta):
        abstract = False
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
