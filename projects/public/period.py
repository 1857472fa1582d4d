"""When a project runs, in words and as a bar."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.formatting import clauses, period


@dataclass(frozen=True)
class Bar:
    """Lengths in per cent of the whole bar. ``now`` is where today is, if it is on the bar."""

    planned: float
    extension: float
    now: float | None
    open_end: bool


@dataclass(frozen=True)
class Period:
    start: date | None
    end: date | None
    extension_end: date | None
    precision: str = "day"

    @classmethod
    def of(cls, project) -> "Period":
        return cls(
            project.start_date,
            project.end_date,
            project.extension_end_date,
            project.date_precision or "day",
        )

    def __bool__(self) -> bool:
        return bool(self.start or self.end or self.extension_end)

    @property
    def planned(self) -> str:
        """For example 1.2.2018–31.12.2018, 3/2021–5/2023, "from 2024"; empty if unknown."""
        return period(self.start, self.end, self.precision)

    @property
    def extension(self) -> str:
        """What the extension adds, for example 6–9/2023; empty without one."""
        if not self.extension_end:
            return ""
        begins = date.fromordinal(self.end.toordinal() + 1) if self.end else None
        return period(begins, self.extension_end, self.precision)

    @property
    def years(self) -> str:
        """For a card: 2018, 2018–2019, "from 2024"; empty if unknown."""
        return period(self.start, self.extension_end or self.end, "year")

    @property
    def sentence(self) -> str:
        """What the bar shows, for those who do not see it."""
        if not self:
            return _("The period is not stated.")
        parts = [self.planned]
        if self.extension:
            parts.append(_("extension %(period)s") % {"period": self.extension})
        if not (self.end or self.extension_end):
            parts.append(_("no end date"))
        return clauses(parts)

    def bar(self, today: date | None = None) -> Bar | None:
        """``None`` where there is nothing to draw: no start, or an end before it."""
        today = today or timezone.localdate()
        last = self.extension_end or self.end
        if not self.start:
            return None
        if not last:
            return Bar(100, 0, None, open_end=True)
        total = (last - self.start).days + 1
        if total < 1:
            return None
        planned = 100.0
        if self.extension_end and self.end:
            planned = min(max(((self.end - self.start).days + 1) / total * 100, 0), 100)
        now = (today - self.start).days / total * 100
        return Bar(
            round(planned, 2),
            round(100 - planned, 2),
            round(now, 2) if 0 <= now <= 100 else None,
            open_end=False,
        )
