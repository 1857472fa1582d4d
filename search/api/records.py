"""From models to the shapes of the API, a page of records at a time."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import create_model
from wagtail.models import Locale

from projects.models import ProjectPage
from projects.public import registers
from projects.public.catalogue import catalogue
from projects.public.listing import ProjectFacts
from publications.models import PublicationPage

ORGANISATION = ("name", "short_name", "kind", "is_member", "business_id", "website")


class Presenter:
    """Shared by the records of one answer: locales and translations are read once."""

    def __init__(self, request) -> None:
        self.request = request
        self.codes = dict(Locale.objects.values_list("pk", "language_code"))

    def absolute(self, address: str | None) -> str:
        return self.request.build_absolute_uri(address) if address else ""

    def translations(self, model, pages) -> dict:
        found = defaultdict(list)
        keys = [page.translation_key for page in pages]
        versions = model.objects.visible().filter(translation_key__in=keys).order_by("locale_id")
        for version in versions:
            url = self.absolute(version.get_url(self.request))
            found[version.translation_key].append(
                {"language": self.codes[version.locale_id], "url": url}
            )
        return found

    def page_facts(self, page, translations: dict) -> dict:
        return {
            "id": page.translation_key,
            "language": self.codes[page.locale_id],
            "url": self.absolute(page.get_url(self.request)),
            "title": page.title,
            "lead": page.lead,
            "translations": translations[page.translation_key],
            "modified": page.last_published_at,
        }

    def projects(self, queryset) -> list[dict]:
        pages = list(queryset)
        translations = self.translations(ProjectPage, pages)
        return [
            {**self.page_facts(page, translations), **project_facts(page.facts)} for page in pages
        ]

    def publications(self, queryset) -> list[dict]:
        pages = list(queryset.prefetch_related("files__document", "projects__project"))
        translations = self.translations(PublicationPage, pages)
        seen = catalogue().pages
        return [
            {
                **self.page_facts(page, translations),
                "kind": page.kind,
                "publication_date": page.publication_date,
                "projects": list(
                    dict.fromkeys(
                        row.project.translation_key
                        for row in page.projects.all()
                        if row.project.translation_key in seen
                    )
                ),
                "files": [self.file(file) for file in page.files.all()],
            }
            for page in pages
        ]

    def file(self, file) -> dict:
        document = file.document
        return {
            "language": file.language,
            "title": file.title,
            "url": self.absolute(file.href),
            "size": document.get_file_size() if document else None,
            "pages": document.page_count if document else None,
        }

    def organisations(self, queryset) -> list[dict]:
        records = list(queryset)
        projects = organisation_projects(records)
        return [
            {
                "id": record.translation_key,
                "language": self.codes[record.locale_id],
                "projects": projects[record.translation_key],
                **{name: getattr(record, name) for name in ORGANISATION},
            }
            for record in records
        ]


def organisation_projects(records: list) -> dict:
    """Translation keys of the public projects of each organisation, in any role."""
    keys, found = registers().organisations.keys, defaultdict(dict)
    wanted = {record.translation_key for record in records}
    known = catalogue()
    for project in sorted(known.keys):
        facts = known.facts[project]
        for pk, *_role in (*facts.organisations, *facts.funding):
            if keys.get(pk) in wanted:
                found[keys[pk]][project] = None
    return {key: list(found[key]) for key in wanted}


def named(record) -> dict:
    return {"id": record.translation_key, "name": record.name}


def project_facts(facts: ProjectFacts) -> dict:
    return {
        **{name: getattr(facts, name) for name in (*ProjectPage.plain_facts(), "status")},
        "programme": named(facts.programme) if facts.programme else None,
        "public_record": facts.record_url,
        "organisations": [
            {**named(organisation), "role": role} for organisation, role in facts.organisations
        ],
        "funding": [
            {**named(line.organisation), "role": line.role, "amount": line.amount}
            for line in facts.funding
        ],
        "municipalities": [
            {"code": term.value, "name": term.label} for term in facts.municipalities
        ],
        "regions": [{"code": term.value, "name": term.label} for term in facts.all_regions],
        "themes": [{"slug": term.value, "name": term.label} for term in facts.themes],
        "target_groups": [{"slug": term.value, "name": term.label} for term in facts.target_groups],
    }


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


class ProjectFunding(Named):
    role: str = Field(description="main, co_funder or own_share")
    amount: Decimal | None = Field(description="Euro; null if not known.")


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
    municipalities: list[Place]
    regions: list[Place]
    themes: list[Term]
    target_groups: list[Term]
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
    website: str
    projects: list[UUID] = Field(description="Projects in which it has a role or which it funds.")


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


class Problem(Schema):
    detail: str
