"""What a row of an exported list of projects says, column by column."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from cms.core import formatting
from cms.core.admin.tables import EXPORT_HEADINGS

from ..models import OrganisationRole, ProjectPage
from ..models.facts import DatePrecision
from ..public.values import Funding, Sum


def owner_name(page) -> str:
    return (page.owner.get_full_name() or page.owner.get_username()) if page.owner else ""


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
    "precision": _("Precision of the dates"),
    "funder_amounts": _("Funders"),
    "amount_sum": _("Amounts in all, in euro"),
    "realised_public_funding": _("Realised public funding, in euro"),
    "sums": _("Sums by whose money it is"),
    "further_codes": _("Further codes"),
    "area_names": _("Countries"),
    "award_date": _("Day of the decision"),
    "programme_part": _("Part of the programme"),
    "priority_axis": _("Priority axis"),
    "specific_objective": _("Specific objective"),
    "intervention": _("Type of intervention"),
    "cofinancing_rate": _("Co-financing rate of the European Union, %"),
    "register_state": _("State in the funder's register"),
    "official_name": _("Official name"),
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
    **EXPORT_HEADINGS,
}
AS_THEY_ARE = (
    "acronym",
    "code",
    "start_date",
    "end_date",
    "extension_end_date",
    "realised_public_funding",
    "website",
    *ProjectPage.detail_fields,
)


def funder(line: Funding) -> str:
    name = f"{line.organisation.name} ({line.role.label})"
    return name if line.amount is None else f"{name}: {formatting.euro(line.amount, plain=True)}"


def told_sum(line: Sum) -> str:
    parts = (line.kind.label, line.source.label.lower(), line.year)
    words = " ".join(str(part) for part in parts if part)
    return f"{words}: {formatting.euro(line.amount, plain=True)}"


def contact(person) -> str:
    parts = (person.name, person.title, person.organisation, person.email, person.phone)
    return ", ".join(str(part) for part in parts if part)


def joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))


def add_cells(project) -> None:
    """The columns that are no fields of the page, and those that another language has."""
    facts = project.facts
    amounts = [line.amount for line in facts.funding if line.amount is not None]
    cells = {name: getattr(facts, name) for name in AS_THEY_ARE} | {
        "programme_name": facts.programme.name if facts.programme else "",
        "status_label": str(facts.status.label) if facts.status else "",
        "precision": str(DatePrecision(facts.date_precision).label),
        "funder_amounts": joined(map(funder, facts.funding)),
        "amount_sum": sum(amounts) if amounts else None,
        "organisation_roles": joined(
            f"{organisation.name} ({OrganisationRole(role).label})"
            for organisation, role in facts.organisations
        ),
        "sums": joined(map(told_sum, facts.amounts)),
        "further_codes": joined(f"{scheme}: {code}" for scheme, code in facts.codes),
        "area_names": joined(f"{country} ({code})" for code, country in facts.areas),
        "towns": joined(f"{town.label} ({town.value})" for town in facts.municipalities),
        "region_names": joined(region.label for region in facts.regions),
        "theme_names": joined(theme.label for theme in facts.themes),
        "target_group_names": joined(group.label for group in facts.target_groups),
        "contact_lines": joined(map(contact, facts.contacts)),
        "owner_name": owner_name(project),
        "missing_parts": joined(project.lacks),
    }
    for name, cell in cells.items():
        setattr(project, name, cell)
