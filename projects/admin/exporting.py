"""All facts of a project as cells of a row. Several things in one cell stand apart by ``; ``."""

from django.db.models import Prefetch
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from ..models import (
    ProjectContact,
    ProjectFunding,
    ProjectMunicipality,
    ProjectOrganisation,
    ProjectRegion,
    ProjectTargetGroup,
    ProjectTheme,
)
from . import missing

COLUMNS = {
    "title": _("Title"),
    "acronym": _("Acronym"),
    "code": _("Project code"),
    "lead": _("Lead"),
    "programme_name": _("Programme"),
    "status_label": _("Status"),
    "start_date": _("Start"),
    "end_date": _("Planned end"),
    "extension_end_date": _("End of extension"),
    "get_date_precision_display": _("Precision of the dates"),
    "funder_amounts": _("Funders"),
    "amount_sum": _("Amounts in all, in euro"),
    "realised_public_funding": _("Realised public funding, in euro"),
    "organisation_roles": _("Organisations"),
    "towns": _("Municipalities"),
    "region_names": _("Regions"),
    "theme_names": _("Themes"),
    "target_group_names": _("Target groups"),
    "contact_lines": _("Contacts"),
    "website": _("Website"),
    "full_url": _("Address"),
    "owner_name": _("Owner"),
    "missing_parts": _("Missing parts"),
    "live": _("Published"),
    "locale.language_code": _("Language"),
    "latest_revision_created_at": _("Updated"),
}


def with_facts(projects):
    """A fixed number of queries, however many rows. Contacts: those who may be shown today."""
    relations = {
        "organisations": ProjectOrganisation.objects.select_related("organisation"),
        "municipalities": ProjectMunicipality.objects.select_related("municipality"),
        "regions": ProjectRegion.objects.select_related("region"),
        "themes": ProjectTheme.objects.select_related("theme"),
        "target_groups": ProjectTargetGroup.objects.select_related("target_group"),
        "contacts": ProjectContact.objects.public().select_related("person__organisation"),
    }
    return projects.prefetch_related(
        *(Prefetch(name, queryset=queryset) for name, queryset in relations.items())
    )


def money(amount) -> str:
    return f"{number_format(amount, decimal_pos=2, force_grouping=False)} €"


def funder(row: ProjectFunding) -> str:
    name = f"{row.organisation.name} ({row.get_role_display()})"
    return name if row.amount is None else f"{name}: {money(row.amount)}"


def contact(row: ProjectContact) -> str:
    person = row.person
    parts = (person.name, person.title, person.organisation, person.email, person.phone)
    return ", ".join(str(part) for part in parts if part)


def joined(texts) -> str:
    return "; ".join(dict.fromkeys(texts))


def add_cells(project) -> None:
    """The columns that are no fields of the page."""
    amounts = [row.amount for row in project.funding.all() if row.amount is not None]
    owner = project.owner
    cells = {
        "programme_name": project.programme.name if project.programme else "",
        "status_label": str(project.status.label) if project.status else "",
        "funder_amounts": joined(map(funder, project.funding.all())),
        "amount_sum": sum(amounts) if amounts else None,
        "organisation_roles": joined(
            f"{row.organisation.name} ({row.get_role_display()})"
            for row in project.organisations.all()
        ),
        "towns": joined(
            f"{row.municipality.name} ({row.municipality.code})"
            for row in project.municipalities.all()
        ),
        "region_names": joined(row.region.name for row in project.regions.all()),
        "theme_names": joined(row.theme.name for row in project.themes.all()),
        "target_group_names": joined(row.target_group.name for row in project.target_groups.all()),
        "contact_lines": joined(map(contact, project.contacts.all())),
        "owner_name": (owner.get_full_name() or owner.get_username()) if owner else "",
        "missing_parts": joined(missing.labels(project)),
    }
    for name, cell in cells.items():
        setattr(project, name, cell)
