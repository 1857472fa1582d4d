"""What funders' lists tell beside the facts that everybody asks for: sums, codes, areas, kin.

Names are those of the lists of operations (Regulation (EU) 2021/1060, Article 49(3)) and of
360Giving. All of it is optional, and shown where it is known.
"""

import re

from babel import Locale
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable

from .doubles import OnceRowsPanel

AREA = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")


class ProjectCode(Orderable):
    """A further code of the same project, in another register than that of its programme."""

    page = ParentalKey("projects.ProjectPage", on_delete=models.CASCADE, related_name="codes")
    scheme = models.CharField(
        _("register"), max_length=60, help_text=_("For example EURA 2021, diary number or keep.eu.")
    )
    code = models.CharField(_("code"), max_length=80)

    panels = [FieldRowPanel(["scheme", "code"])]

    class Meta(Orderable.Meta):
        verbose_name = _("further code")
        verbose_name_plural = _("further codes")


class ProjectArea(Orderable):
    """A country (ISO 3166) or a NUTS area: where the project works beside Finnish places."""

    page = ParentalKey("projects.ProjectPage", on_delete=models.CASCADE, related_name="areas")
    code = models.CharField(
        _("country or NUTS code"),
        max_length=5,
        validators=[
            RegexValidator(AREA, _("Write it as SE or FI1D7: a country, or an area of NUTS."))
        ],
        help_text=_("For example SE, EE or FI1D7."),
    )

    panels = [FieldPanel("code")]

    class Meta(Orderable.Meta):
        verbose_name = _("country or NUTS area")
        verbose_name_plural = _("countries and NUTS areas")

    def clean(self) -> None:
        super().clean()
        self.code = (self.code or "").strip().upper()
        if self.code and not country_of(self.code, "en"):
            raise ValidationError({"code": _("There is no country of this code.")})


def country_of(area: str, language: str) -> str:
    """The name of the area's country, or nothing where there is none."""
    code = {"EL": "GR", "UK": "GB"}.get(area[:2], area[:2])
    locale = Locale.parse({"fi-simple": "fi"}.get(language, language))
    name = locale.territories.get(code, "")
    return name if code.isalpha() and code not in {"EU", "ZZ", "UN", "EZ"} else ""


class LinkKind(models.TextChoices):
    FOLLOWS = "follows", _("Follows")
    PART_OF = "part_of", _("Is part of")


class ProjectLink(Orderable):
    """Another project that this one goes on from, or is a part of."""

    page = ParentalKey("projects.ProjectPage", on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(
        _("how"), max_length=10, choices=LinkKind.choices, default=LinkKind.FOLLOWS
    )
    other = models.ForeignKey(
        "projects.ProjectPage",
        verbose_name=_("other project"),
        on_delete=models.CASCADE,
        related_name="linked_from",
    )

    panels = [FieldPanel("kind"), FieldPanel("other")]

    class Meta(Orderable.Meta):
        verbose_name = _("earlier or larger project")
        verbose_name_plural = _("earlier and larger projects")

    def clean(self) -> None:
        super().clean()
        keys = [page.translation_key for page in (self._other(), self.page) if page]
        if len(keys) == 2 and len(set(keys)) == 1:
            raise ValidationError({"other": _("This is the project itself.")})

    def _other(self) -> models.Model | None:
        return self.other if self.other_id else None

    def save(self, *args, **kwargs) -> None:
        """Always on the page that carries the other project's facts."""
        self.other = self.other.carrier
        super().save(*args, **kwargs)


@receiver(post_delete, sender="projects.ProjectPage")
def forget_links(sender, instance, **kwargs) -> None:
    """Those too that were copied to another language while the pages were being deleted."""
    ProjectLink.objects.filter(other_id=instance.pk).delete()


class FundersDetails(models.Model):
    """Fields of a project that lists and registers of funders have."""

    official_name = models.CharField(
        _("official name"),
        max_length=1000,
        blank=True,
        help_text=_("The name in the funder's decision, where it is another or longer one."),
    )
    award_date = models.DateField(_("day of the decision"), null=True, blank=True)
    programme_part = models.CharField(_("part of the programme"), max_length=255, blank=True)
    priority_axis = models.CharField(_("priority axis"), max_length=255, blank=True)
    specific_objective = models.CharField(_("specific objective"), max_length=255, blank=True)
    intervention = models.CharField(_("type of intervention"), max_length=255, blank=True)
    cofinancing_rate = models.DecimalField(
        _("co-financing rate of the European Union, %"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    register_state = models.CharField(
        _("state in the funder's register"),
        max_length=120,
        blank=True,
        help_text=_("As it stands there. What visitors see is worked out from the dates."),
    )

    class Meta:
        abstract = True

    detail_fields = (
        *("official_name", "award_date", "programme_part", "priority_axis", "specific_objective"),
        *("intervention", "cofinancing_rate", "register_state"),
    )
    detail_relations = ("codes", "amounts", "areas", "links")

    identification_panels = [
        FieldPanel("official_name"),
        OnceRowsPanel("codes", heading=_("Further codes"), label=_("Code"), max_num=20),
        OnceRowsPanel(
            "links",
            heading=_("Earlier and larger projects"),
            label=_("Project"),
            help_text=_("Which project this one goes on from, or is a part of."),
            max_num=20,
        ),
    ]
    programme_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel(["programme_part", "priority_axis"]),
                FieldRowPanel(["specific_objective", "intervention"]),
                FieldRowPanel(["award_date", "cofinancing_rate"]),
                FieldPanel("register_state"),
            ],
            heading=_("In the funder's register"),
            classname="collapsed",
        )
    ]
    amounts_panel = OnceRowsPanel(
        "amounts",
        heading=_("Sums by whose money it is"),
        label=_("Sum"),
        help_text=_("As the decision or the list has them. What is not known stays empty."),
        max_num=200,
    )
    areas_panel = OnceRowsPanel(
        "areas", heading=_("Countries and NUTS areas"), label=_("Area"), max_num=60
    )
