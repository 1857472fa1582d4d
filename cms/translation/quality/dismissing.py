"""Findings that somebody has said to be no fault, with the reason, of one string at one place."""

from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, Translation

from cms.core.hygiene import one_line

from ..models import DismissedCheck
from ..strings.checks import is_blank
from .findings import Finding

LONGEST_REASON = 500

Key = tuple[int, int]
"""String and context."""


@dataclass(frozen=True)
class Shown:
    """A finding, and its dismissal if there is one."""

    finding: Finding
    dismissal: DismissedCheck | None = None

    @property
    def key(self) -> str:
        """What a form calls it by."""
        return sha256(f"{self.finding.name} {self.finding.detail}".encode()).hexdigest()[:12]


def dismissals(translation: Translation) -> dict[Key, list[DismissedCheck]]:
    """All of one language of a page or record; one query."""
    found: dict[Key, list[DismissedCheck]] = {}
    rows = DismissedCheck.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id
    )
    for row in rows.select_related("dismissed_by").order_by("pk"):
        found.setdefault((row.string_id, row.context_id), []).append(row)
    return found


def beside(findings: list[Finding], dismissed: list[DismissedCheck]) -> list[Shown]:
    """Each finding with its dismissal; what blocks has none, whatever was said once."""
    known = {(row.check_name, row.finding): row for row in dismissed}
    return [
        Shown(one, None if one.blocks else known.get((one.name, one.detail))) for one in findings
    ]


@transaction.atomic
def dismiss(
    user, translation: Translation, segment: StringSegment, finding: Finding, reason: str
) -> None:
    """Raises ``ValidationError`` with a sentence."""
    reason = one_line(reason).strip()
    if is_blank(reason):
        raise ValidationError(_("Say in a few words why this is no fault."))
    if len(reason) > LONGEST_REASON:
        message = _("The reason is %(length)s characters long; there is room for %(limit)s.")
        raise ValidationError(message % {"length": len(reason), "limit": LONGEST_REASON})
    if finding.blocks:
        raise ValidationError(_("This has to be mended: it can't be dismissed."))
    DismissedCheck.objects.update_or_create(
        string_id=segment.string_id,
        context_id=segment.context_id,
        locale_id=translation.target_locale_id,
        check_name=finding.name,
        finding=finding.detail,
        defaults={"reason": reason, "dismissed_by": user},
    )
