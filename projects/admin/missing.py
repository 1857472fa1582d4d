"""What a project page still lacks, told by the database: the listing, its filter and the front
page of the admin ask the same question, however many projects there are."""

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from ..models import (
    OrganisationRole,
    ProjectContact,
    ProjectFunding,
    ProjectMunicipality,
    ProjectOrganisation,
    ProjectPage,
    ProjectRegion,
)


class MissingPart(models.TextChoices):
    LEAD_TEXT = "lead", _("No lead text")
    BODY = "body", _("No sections")
    START = "start", _("No start date")
    END = "end", _("No end date")
    CODE = "code", _("No project code")
    TWIN_CODE = "twin_code", _("Code used twice")
    PROGRAMME = "programme", _("No programme")
    LEADER = "leader", _("No lead organisation")
    FUNDER = "funder", _("No funder")
    CONTACT = "contact", _("No contact")
    PLACE = "place", _("No place")
    SWEDISH = "swedish", _("No Swedish translation")
    OUTDATED = "outdated", _("Changed since it was translated")


def conditions() -> dict[str, Q]:
    """For each part, the condition under which a row of ``ProjectPage`` lacks it."""
    of_page = {"page": OuterRef("pk")}
    same_code = (
        ProjectPage.objects.filter(code__iexact=OuterRef("code"), locale_id=OuterRef("locale_id"))
        .exclude(translation_key=OuterRef("translation_key"))
        .exclude(code="")
    )
    swedish = Page.objects.filter(
        translation_key=OuterRef("translation_key"),
        locale__language_code="sv",
        live=True,
        alias_of__isnull=True,
    )
    sent = TranslationSource.objects.filter(
        object_id=OuterRef("translation_key"),
        locale_id=OuterRef("locale_id"),
        last_updated_at__lt=OuterRef("last_published_at"),
        translations__enabled=True,
    )
    part = MissingPart
    leaders = ProjectOrganisation.objects.filter(**of_page, role=OrganisationRole.LEAD)
    return {
        part.LEAD_TEXT: Q(lead=""),
        part.BODY: Q(body=[]),
        part.START: Q(start_date__isnull=True),
        part.END: Q(end_date__isnull=True, extension_end_date__isnull=True),
        part.CODE: Q(code=""),
        part.TWIN_CODE: Q(Exists(same_code)),
        part.PROGRAMME: Q(programme__isnull=True),
        part.LEADER: ~Q(Exists(leaders)),
        part.FUNDER: ~Q(Exists(ProjectFunding.objects.filter(**of_page))),
        part.CONTACT: ~Q(Exists(ProjectContact.objects.public().filter(**of_page))),
        part.PLACE: ~Q(Exists(ProjectMunicipality.objects.filter(**of_page)))
        & ~Q(Exists(ProjectRegion.objects.filter(**of_page))),
        part.OUTDATED: Q(Exists(sent)),
        part.SWEDISH: Q(locale=Locale.get_default()) & ~Q(Exists(swedish)),
    }


def annotate(projects):
    """Add ``lacks_<part>`` booleans to the rows."""
    return projects.annotate(
        **{
            f"lacks_{part}": Case(
                When(condition, then=Value(True)),
                default=Value(False),
                output_field=models.BooleanField(),
            )
            for part, condition in conditions().items()
        }
    )


def lacking(projects, parts):
    """The projects that lack any of the parts."""
    chosen, known = Q(pk__in=[]), conditions()
    for part in parts:
        chosen |= known[part]
    return projects.filter(chosen)


def labels(project) -> list[str]:
    """What a row of :func:`annotate` lacks, in words."""
    return [str(part.label) for part in MissingPart if getattr(project, f"lacks_{part}", False)]
