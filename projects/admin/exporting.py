"""All facts of a project as cells of a row. Several things in one cell stand apart by ``; ``."""

from django.utils.translation import gettext_lazy as _

from cms.core.numbers import euro

from ..models import OrganisationRole
from ..models.facts import DatePrecision
from ..public.cards import Funding
from .columns import owner_name

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
AS_THEY_ARE = (
    "acronym",
    "code",
    "start_date",
    "end_date",
    "extension_end_date",
    "realised_public_funding",
    "website",
)


def funder(line: Funding) -> str:
    name = f"{line.organisation.name} ({line.role.label})"
    return name if line.amount is None else f"{name}: {euro(line.amount, plain=True)}"


def contact(person) -> str:
    parts = (person.name, person.title, person.organisation, person.email, person.phone)
    return ", ".join(str(part) for part in parts if part)


def joined(texts) -> str:
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
