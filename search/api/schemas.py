"""The shapes of the API's answers, with what each field means."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import create_model

from projects.models import ProjectPage


class Named(Schema):
    id: UUID = Field(description="The same in every language.")
    name: str


class Term(Schema):
    slug: str
    name: str


class Place(Schema):
    code: str = Field(description="Official code (Statistics Finland).")
    name: str


class Translation(Schema):
    language: str = Field(description="BCP 47 tag.")
    url: str


class ProjectOrganisation(Named):
    role: str = Field(description="lead, implementer, partner, partner_municipality or member")
    start: date | None = Field(description="Where it takes part in less than all of the project.")
    end: date | None


class ProjectFunding(Named):
    role: str = Field(description="main, co_funder, own_share or authority")
    amount: Decimal | None = Field(description="Euro; null if not known.")
    kind: str = Field(description="applied, granted, planned or realised; empty if not known.")
    year: int | None = Field(description="Null where it is of the whole project.")


class Sum(Schema):
    source: str = Field(description="Whose money; public and total hold the others.")
    kind: str = Field(description="applied, granted, planned or realised")
    year: int | None = Field(description="Null where it is of the whole project.")
    amount: Decimal = Field(description="Euro.")


class Code(Schema):
    scheme: str
    code: str


class Area(Schema):
    code: str = Field(description="ISO 3166 country, or NUTS.")
    country: str


class Link(Schema):
    kind: str = Field(description="follows or part_of")
    id: UUID
    url: str


class NumberTold(Schema):
    unit: str = Field(description="The same in every project and language; sums go by it.")
    label: str
    number: Decimal


class DescribedProject(Schema):
    id: UUID = Field(description="The same in every language.")
    language: str = Field(description="Language of the words, which may not be the one asked for.")
    url: str
    title: str
    lead: str
    acronym: str
    code: str
    status: str | None = Field(description="upcoming, running or ended; null if not known")
    start_date: date | None
    end_date: date | None
    extension_end_date: date | None
    date_precision: str = Field(description="day, month or year: how exactly the dates are known")
    programme: Named | None
    realised_public_funding: Decimal | None = Field(description="Euro; null if not known.")
    public_record: str = Field(description="Address of the public record, or empty.")
    website: str
    organisations: list[ProjectOrganisation]
    funding: list[ProjectFunding]
    amounts: list[Sum]
    codes: list[Code]
    areas: list[Area]
    links: list[Link]
    municipalities: list[Place]
    regions: list[Place]
    themes: list[Term]
    target_groups: list[Term]
    numbers: list[NumberTold] = Field(
        description="What it reached, in numbers that can be summed by unit."
    )
    translations: list[Translation]
    modified: datetime | None


# A further fact of the model is told as it is.
FURTHER = sorted(ProjectPage.plain_facts().keys() - DescribedProject.model_fields.keys())
Project = create_model("Project", __base__=DescribedProject, **dict.fromkeys(FURTHER, (Any, ...)))


class Organisation(Named):
    language: str
    short_name: str
    kind: str
    is_member: bool
    business_id: str
    other_ids: str
    website: str
    description: str = Field(description="An editor's text for its page, or empty.")
    url: str = Field(description="Its page on this site.")
    projects: list[UUID] = Field(description="Projects in which it has a role or which it funds.")


class Subject(Schema):
    """A programme, place, theme or target group that public projects have in common."""

    kind: str = Field(description="programme, municipality, region, theme or target_group")
    id: str = Field(description="Key of a programme, code of a place, slug of a term.")
    name: str
    language: str = Field(description="Language of the name.")
    url: str = Field(description="Its page on this site.")
    projects: list[UUID]


class PublicationFile(Schema):
    language: str
    title: str
    url: str
    size: int | None = Field(description="Bytes; null for a link.")
    pages: int | None


class Publication(Schema):
    id: UUID = Field(description="The same in every language.")
    language: str = Field(description="Language of the words, which may not be the one asked for.")
    url: str
    title: str
    lead: str
    kind: str
    publication_date: date | None
    projects: list[UUID]
    files: list[PublicationFile]
    translations: list[Translation]
    modified: datetime | None


class NewsItem(Schema):
    id: UUID = Field(description="The same in every language.")
    language: str = Field(description="Language of the words, which may not be the one asked for.")
    url: str
    title: str
    lead: str
    kind: str = Field(description="event or news.")
    day: date
    start: datetime | date = Field(description="A day where no time is given.")
    end: datetime | date | None = Field(description="Null where only the beginning is known.")
    place: str
    link: str
    is_cancelled: bool
    projects: list[UUID]
    organisations: list[UUID]
    translations: list[Translation]
    modified: datetime | None


class Problem(Schema):
    detail: str
