"""Which fields and lists each kind of object has. Everything else follows from these tables."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..models import (
    Organisation,
    Person,
    Programme,
    ProjectContact,
    ProjectFunding,
    ProjectMunicipality,
    ProjectOrganisation,
    ProjectPage,
    ProjectRegion,
    ProjectTargetGroup,
    ProjectTheme,
    TargetGroup,
    Theme,
)
from .bodies import Body
from .fields import Choice, Day, Money, Number, OfficialCode, Picture, Reference, Text
from .shape import Period, Precision, Rows, Shape, Slug, State

WORDS = ("title", "lead", "seo_title", "search_description")


def check_programme(form: dict, data: dict, place) -> None:
    """The model's own rules, said of the fields of the file."""
    values = form["fields"]
    names = ("period_start", "period_end", "fund", "publicity")
    try:
        Programme(**{name: values[name] for name in names}).clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            (place / name).fault(" ".join(messages))


def check_period(form: dict, data: dict, place) -> None:
    values, at = form["fields"], place / "period"
    start, end, extension = values["start"], values["end"], values["extension_end"]
    if start and end and end < start:
        (at / "end").fault(
            _("The planned end (%(end)s) is before the start (%(start)s).")
            % {"end": end, "start": start}
        )
    if extension and not end:
        (at / "extension_end").fault(_("Give the planned end too: the extension follows it."))
    elif extension and extension <= end:
        (at / "extension_end").fault(
            _("The extension must end after the planned end (%(end)s).") % {"end": end}
        )


TITLE = (Text("title"), Text("lead"), Text("seo_title"), Text("search_description"))
PAGE = (Slug("slug"), State("state", "live"), *TITLE, Picture("social_image"))

ORGANISATION = Shape(
    "organisations",
    Organisation,
    (
        Text("name"),
        Text("short_name"),
        Choice("kind", "association"),
        Choice("is_member", False),
        Text("business_id"),
        Text("website"),
        Text("email"),
        Text("phone"),
        Text("street_address"),
        Text("postal_code"),
        Text("city"),
        Picture("logo"),
    ),
    ("name", "short_name"),
)
PERSON = Shape(
    "people",
    Person,
    (
        Text("name"),
        Text("title"),
        Reference("organisation", "organisations"),
        Text("email"),
        Text("phone"),
        Picture("photo"),
        Day("public_until"),
        Choice("show_on_contacts_page", True),
    ),
    ("title",),
)
PROGRAMME = Shape(
    "programmes",
    Programme,
    (
        Text("name"),
        Text("short_name"),
        Number("period_start"),
        Number("period_end"),
        Choice("fund", ""),
        Choice("publicity", "none"),
        Text("own_statement"),
        Picture("national_logo"),
        Text("record_url_pattern"),
        Text("website"),
    ),
    ("name", "short_name", "own_statement"),
    check=check_programme,
    together=("period_start", "period_end", "fund", "publicity"),
)
THEME = Shape("themes", Theme, (Text("name"), Slug("slug")), ("name",))
TARGET_GROUP = Shape("target_groups", TargetGroup, (Text("name"), Slug("slug")), ("name",))


# Organisations first: people refer to them.
RECORDS = (ORGANISATION, PERSON, PROGRAMME, THEME, TARGET_GROUP)

PROJECT = Shape(
    "projects",
    ProjectPage,
    (
        *PAGE,
        Text("acronym"),
        Text("code"),
        Reference("programme", "programmes"),
        Period("start", "start_date"),
        Period("end", "end_date"),
        Period("extension_end", "extension_end_date"),
        Precision("precision", "day", "date_precision"),
        Money("realised_public_funding"),
        Text("website"),
        Picture("logo"),
        Picture("image"),
    ),
    WORDS,
    rows=(
        Rows(
            "organisations",
            ProjectOrganisation,
            (Reference("organisation", "organisations"), Choice("role")),
            ("organisation", "role"),
        ),
        Rows(
            "funding",
            ProjectFunding,
            (Reference("organisation", "organisations"), Choice("role"), Money("amount")),
            ("organisation", "role"),
            repeats=True,
        ),
        Rows(
            "municipalities",
            ProjectMunicipality,
            (OfficialCode("code", "municipality", 3),),
            ("code",),
            plain=True,
        ),
        Rows("regions", ProjectRegion, (OfficialCode("code", "region", 2),), ("code",), plain=True),
        Rows("themes", ProjectTheme, (Reference("theme", "themes"),), ("theme",), plain=True),
        Rows(
            "target_groups",
            ProjectTargetGroup,
            (Reference("target_group", "target_groups"),),
            ("target_group",),
            plain=True,
        ),
        Rows(
            "contacts",
            ProjectContact,
            (Reference("person", "people"), Day("public_until")),
            ("person",),
        ),
    ),
    body=Body("project"),
    check=check_period,
    together=("start", "end", "extension_end"),
)
