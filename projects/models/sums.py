"""Sums of a project by whose money it is, and what must hold between them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel
from wagtail.models import Orderable

from cms.core.formatting import euro


class AmountKind(models.TextChoices):
    """Which moment of a grant's life a sum tells of."""

    APPLIED = "applied", _("Applied for")
    GRANTED = "granted", _("Granted")
    PLANNED = "planned", _("Planned")
    REALISED = "realised", _("Realised")


class AmountSource(models.TextChoices):
    """Whose money a sum is; the latter ones hold the former."""

    EU = "eu", _("European Union")
    STATE = "state", _("The state")
    EU_AND_STATE = "eu_and_state", _("European Union and state")
    MUNICIPAL = "municipal", _("Municipalities")
    OTHER_PUBLIC = "other_public", _("Other public")
    PUBLIC = "public", _("Public in all")
    PRIVATE = "private", _("Private")
    OWN = "own", _("Own contribution")
    TOTAL = "total", _("All in all")


WHOLES = {
    AmountSource.EU_AND_STATE: (AmountSource.EU, AmountSource.STATE),
    AmountSource.PUBLIC: (
        AmountSource.EU_AND_STATE,
        AmountSource.MUNICIPAL,
        AmountSource.OTHER_PUBLIC,
    ),
    AmountSource.TOTAL: (AmountSource.PUBLIC, AmountSource.PRIVATE, AmountSource.OWN),
}
"""Each sum with those that it holds, the smaller before the larger."""


def sum_faults(rows: Iterable[tuple[str, str, int | None, Decimal]]) -> Iterator[tuple]:
    """``(kind, source, year, amount)`` rows whose parts are more than the whole.

    Gives ``(place of the whole in rows, message)``. What is not known is no zero: a whole without
    some of its parts is right, as long as those that are known fit in it.
    """
    groups: dict[tuple, dict[str, tuple[int, Decimal]]] = defaultdict(dict)
    for place, (kind, source, year, amount) in enumerate(rows):
        if amount is not None:
            groups[kind, year][source] = (place, amount)
    for known in groups.values():
        held: dict[str, Decimal] = {}
        for whole, parts in WHOLES.items():
            within = sum((held.get(part, Decimal(0)) for part in parts), Decimal(0))
            for part in parts:
                if part not in WHOLES:
                    within += known.get(part, (0, Decimal(0)))[1]
            held[whole] = within
            if whole in known:
                place, amount = known[whole]
                held[whole] = max(amount, within)
                if within > amount:
                    message = _now("The parts make %(parts)s, more than the whole %(whole)s.")
                    yield place, message % {"parts": euro(within), "whole": euro(amount)}


class ProjectAmount(Orderable):
    """A sum by whose money it is, in euro; several years or none."""

    page = ParentalKey("projects.ProjectPage", on_delete=models.CASCADE, related_name="amounts")
    kind = models.CharField(
        _("kind"), max_length=10, choices=AmountKind.choices, default=AmountKind.GRANTED
    )
    source = models.CharField(
        _("source"), max_length=14, choices=AmountSource.choices, default=AmountSource.TOTAL
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1950), MaxValueValidator(2200)],
        help_text=_("Empty where it is of the whole project."),
    )
    amount = models.DecimalField(
        _("amount in euro"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)]
    )

    panels = [FieldRowPanel(["kind", "source"]), FieldRowPanel(["amount", "year"])]

    class Meta(Orderable.Meta):
        verbose_name = _("amount")
        verbose_name_plural = _("amounts")
