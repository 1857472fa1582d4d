"""The format: which fields and lists each kind of object has. All else follows from these tables.

Other rooms register an :class:`Extension` to add their pages to project files.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db.models import CharField, DateField, DecimalField, TextField
from django.utils.translation import gettext as _

from ... import models
from ..reading import Place, Report, Source
from .body import Body
from .fields import Choice, Day, Money, Period, Precision, Rows, Slug, State, Text
from .references import Image, OfficialCode, Reference
from .segments import WORDS


@dataclass(frozen=True)
class Shape:
    """A kind of object. ``words`` are its fields to translate.

    ``check`` tells of fields that do not agree; those that it looks at are named in ``together``.
    ``below`` says where its pages live: a "list" page, "home", or "root".
    """

    kind: str
    model: type
    fields: tuple
    words: tuple
    rows: tuple = ()
    body: Body | None = None
    check: Callable | None = None
    together: tuple = ()
    below: str = "list"

    def parse(self, data: dict, place: Place, run) -> dict:
        """What the file says, as a *form*: ``{"fields": {name: value}, "lists": {name: items}}``.

        The items of a list are ``{key: {name: value}}``; all values are JSON.
        """
        # A publication belongs to the project whose file it stands in.
        own = {"projects": run.default_projects, **data}
        lists = {
            rows.name: rows.parse(own.get(rows.name, []), place / rows.name, run)
            for rows in self.rows
        }
        if self.body:
            lists["body"] = self.body.parse(data.get("body", []), place / "body", run)
        values = {f.name: f.parse(data, place, run, self.model) for f in self.fields}
        return {"fields": values, "lists": lists}

    def holds(self, form: dict) -> bool:
        """Do the fields agree, once the file's and an editor's are mixed?"""
        report = Report()
        if self.together:
            self.check(form, {}, Place(Source(Path()), (), report))
        return not report.faults

    def read(self, instance, run) -> dict:
        lists = {rows.name: rows.read(instance, run) for rows in self.rows}
        if self.body:
            lists["body"] = self.body.read(instance.body, run)
        return {"fields": {f.name: f.read(instance, run) for f in self.fields}, "lists": lists}

    def write(self, instance, form: dict, run) -> None:
        for f in self.fields:
            if f.read(instance, run) != form["fields"][f.name]:
                f.write(instance, form["fields"][f.name], run)
        for rows in self.rows:
            rows.write(instance, form["lists"][rows.name], run)
        if self.body and self.body.read(instance.body, run) != form["lists"]["body"]:
            instance.body = self.body.write(form["lists"]["body"], run)


@dataclass(frozen=True)
class Extension:
    """A list of pages of a room above, that stands in project files under ``key``.

    ``parent`` is ``(page model, slug, title)`` of the list page they live in; ``scheme`` is what
    links to them begin with; ``of_project(page)`` gives those written into a project's file.
    """

    key: str
    shape: Shape
    parent: tuple
    scheme: str
    of_project: Callable


_extensions: dict[str, Extension] = {}


def register(extension: Extension) -> None:
    _extensions[extension.key] = extension


def extensions() -> list[Extension]:
    return list(_extensions.values())


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


def texts(*names: str) -> tuple[Text, ...]:
    return tuple(Text(name) for name in names)


PAGE = (Slug("slug"), State("state", "live"), *texts(*WORDS), Image("social_image"))

ORGANISATION = Shape(
    "organisations",
    models.Organisation,
    (
        *texts("name", "short_name"),
        Choice("kind", "association"),
        Choice("is_member", False),
        *texts("business_id", "website", "email", "phone"),
        *texts("street_address", "postal_code", "city"),
        Image("logo"),
    ),
    ("name", "short_name"),
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
        *texts("name", "short_name"),
        Choice("period_start", None),
        Choice("period_end", None),
        Choice("fund", ""),
        Choice("publicity", "none"),
        Text("own_statement"),
        Image("national_logo"),
        *texts("record_url_pattern", "website"),
    ),
    ("name", "short_name", "own_statement"),
    check=check_programme,
    together=("period_start", "period_end", "fund", "publicity"),
)
THEME = Shape("themes", models.Theme, (Text("name"), Slug("slug")), ("name",))
TARGET_GROUP = Shape("target_groups", models.TargetGroup, (Text("name"), Slug("slug")), ("name",))


# Organisations first: people refer to them.
RECORDS = (ORGANISATION, PERSON, PROGRAMME, THEME, TARGET_GROUP)


def plain(name: str, model: type, only: Text) -> Rows:
    return Rows(name, model, (only,), (only.name,), plain=True)


IN_ROLE = (Reference("organisation", "organisations"), Choice("role"))
MUNICIPALITY = OfficialCode("code", "municipality", models.Municipality, 3)
REGION = OfficialCode("code", "region", models.Region, 2)
THEME_ID = Reference("theme", "themes")
TARGET_GROUP_ID = Reference("target_group", "target_groups")
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
        Rows("organisations", models.ProjectOrganisation, IN_ROLE, ("organisation", "role")),
        Rows(
            "funding",
            models.ProjectFunding,
            (*IN_ROLE, Money("amount")),
            ("organisation", "role"),
            repeats=True,
        ),
        plain("municipalities", models.ProjectMunicipality, MUNICIPALITY),
        plain("regions", models.ProjectRegion, REGION),
        plain("themes", models.ProjectTheme, THEME_ID),
        plain("target_groups", models.ProjectTargetGroup, TARGET_GROUP_ID),
        Rows("contacts", models.ProjectContact, OF_PERSON, ("person",)),
    ),
    body=Body(),
    check=check_period,
    together=("start", "end", "extension_end"),
)
