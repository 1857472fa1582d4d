"""The format: which fields and lists each kind of object has. All else follows from these tables.

Other rooms register an :class:`Extension` to add their pages to project files.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import CharField, DateField, DecimalField, TextField
from django.utils.translation import gettext as _

from ... import models
from ..reading import Place
from .body import Body
from .fields import Choice, Day, Money, Period, Precision, Rows, Slug, State, Text
from .references import Image, OfficialCode, Reference
from .segments import WORDS
from .shape import Extension, Shape, extensions, register

__all__ = ["PAGE", "PROJECT", "RECORDS", "Extension", "Shape", "extensions", "register", "texts"]


def check_programme(form: dict, data: dict, place: Place) -> None:
    """The model's own rules, said of the fields of the file."""
    try:
        models.Programme(**{name: form["fields"][name] for name in PROGRAMME.together}).clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            (place / name).fault(" ".join(messages))


def check_period(form: dict, data: dict, place: Place) -> None:
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


def check_project(form: dict, data: dict, place: Place) -> None:
    check_period(form, data, place)
    sums = form["lists"]["amounts"].values()
    rows = [(each["kind"], each["source"], each["year"], _sum(each["amount"])) for each in sums]
    for number, message in models.sum_faults(rows):
        (place / "amounts" / number / "amount").fault(message)

    if data:
        check_funders(form["lists"]["funding"].values(), place / "funding")


def check_funders(rows: Iterable[dict], place: Place) -> None:
    """Two grants of one funder in one role differ in year, kind or amount."""
    kept: list[dict] = []
    for number, row in enumerate(rows):
        same = [one for one in kept if all(one[name] == row[name] for name in FUNDING_KEY)]
        if any(None in (one["amount"], row["amount"]) or one == row for one in same):
            (place / number).fault(
                _(
                    "“%(name)s” stands here twice in the same role. Put both into one row, or tell "
                    "the rows apart by year, kind or amount."
                )
                % {"name": row["organisation"]}
            )
        kept.append(row)


def _sum(amount: str | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


def texts(*names: str) -> tuple[Text, ...]:
    return tuple(Text(name) for name in names)


PAGE = (Slug("slug"), State("state", "live"), *texts(*WORDS), Image("social_image"))

ORGANISATION = Shape(
    "organisations",
    models.Organisation,
    (
        *texts("name", "short_name", "description"),
        Choice("kind", "association"),
        Choice("is_member", False),
        *texts("business_id", "other_ids", "website", "email", "phone"),
        *texts("street_address", "postal_code", "city"),
        Image("logo"),
    ),
    ("name", "short_name", "description"),
)
PERSON = Shape(
    "people",
    models.Person,
    (
        *texts("name", "title"),
        Reference("organisation", "organisations"),
        *texts("email", "phone"),
        Image("photo"),
        Day("public_until"),
        Choice("show_on_contacts_page", True),
    ),
    ("title",),
)
PROGRAMME = Shape(
    "programmes",
    models.Programme,
    (
        *texts("name", "short_name", "description"),
        Choice("period_start", None),
        Choice("period_end", None),
        Choice("fund", ""),
        Choice("publicity", "none"),
        Text("own_statement"),
        Image("national_logo"),
        *texts("record_url_pattern", "website"),
    ),
    ("name", "short_name", "description", "own_statement"),
    check=check_programme,
    together=("period_start", "period_end", "fund", "publicity"),
)
TERM = (Text("name"), Slug("slug"), Text("description"))
TERM_WORDS = ("name", "description")
THEME = Shape("themes", models.Theme, TERM, TERM_WORDS)
TARGET_GROUP = Shape("target_groups", models.TargetGroup, TERM, TERM_WORDS)


# Organisations first: people refer to them.
RECORDS = (ORGANISATION, PERSON, PROGRAMME, THEME, TARGET_GROUP)


def plain(name: str, model: type, only: Text) -> Rows:
    return Rows(name, model, (only,), (only.name,), plain=True)


IN_ROLE = (Reference("organisation", "organisations"), Choice("role"))
MUNICIPALITY = OfficialCode("code", "municipality", models.Municipality, 3)
REGION = OfficialCode("code", "region", models.Region, 2)
THEME_ID = Reference("theme", "themes")
TARGET_GROUP_ID = Reference("target_group", "target_groups")
IN_YEAR = (Money("amount"), Choice("kind"), Choice("year", None))
FUNDING_KEY = ("organisation", "role", "kind", "year")
OF_PERSON = (Reference("person", "people"), Day("public_until"))

FACTS = (
    *texts("acronym", "code"),
    Reference("programme", "programmes"),
    Period("start", "start_date"),
    Period("end", "end_date"),
    Period("extension_end", "extension_end_date"),
    Precision("precision", "day", "date_precision"),
    Money("realised_public_funding"),
    Text("website"),
    Image("logo"),
    Image("image"),
)
KINDS = {DateField: Day, DecimalField: Money, CharField: Text, TextField: Text}
"""What a further fact of the model is in files, under its own name."""


def further_facts() -> Iterator[Text]:
    said = {fact.attr for fact in FACTS}
    for name, field in models.ProjectPage.plain_facts().items():
        if name not in said:
            kind = next((KINDS[each] for each in KINDS if isinstance(field, each)), None)
            yield kind(name) if kind else Choice(name, field.get_default())


PROJECT = Shape(
    "projects",
    models.ProjectPage,
    (*PAGE, *FACTS, *further_facts()),
    WORDS,
    rows=(
        Rows(
            "organisations",
            models.ProjectOrganisation,
            (*IN_ROLE, Day("start", "start_date"), Day("end", "end_date")),
            ("organisation", "role"),
        ),
        Rows(
            "funding",
            models.ProjectFunding,
            (*IN_ROLE, *IN_YEAR),
            FUNDING_KEY,
            repeats=True,
        ),
        Rows(
            "amounts",
            models.ProjectAmount,
            (Choice("source"), *IN_YEAR),
            ("source", "kind", "year"),
        ),
        Rows("codes", models.ProjectCode, texts("scheme", "code"), ("scheme", "code")),
        plain("areas", models.ProjectArea, Text("code")),
        Rows(
            "links",
            models.ProjectLink,
            (Choice("kind"), Reference("project", "projects", "other")),
            ("kind", "project"),
        ),
        plain("municipalities", models.ProjectMunicipality, MUNICIPALITY),
        plain("regions", models.ProjectRegion, REGION),
        plain("themes", models.ProjectTheme, THEME_ID),
        plain("target_groups", models.ProjectTargetGroup, TARGET_GROUP_ID),
        Rows("contacts", models.ProjectContact, OF_PERSON, ("person",)),
    ),
    body=Body(),
    check=check_project,
    together=("start", "end", "extension_end"),
)
