"""From models to the shapes of the API, a page of records at a time."""

from collections import defaultdict

from wagtail.models import Locale

from projects.models import Organisation, ProjectPage
from publications.models import PublicationPage

from ..sources.projects import RELATIONS


class Presenter:
    """Shared by the records of one answer: locales and translations are read once."""

    def __init__(self, request) -> None:
        self.request = request
        self.codes = dict(Locale.objects.values_list("pk", "language_code"))

    def absolute(self, address: str | None) -> str:
        return self.request.build_absolute_uri(address) if address else ""

    def page_url(self, page) -> str:
        return self.absolute(page.get_url(self.request))

    def translations(self, model, pages) -> dict:
        found = defaultdict(list)
        keys = [page.translation_key for page in pages]
        versions = model.objects.visible().filter(translation_key__in=keys).order_by("locale_id")
        for version in versions:
            found[version.translation_key].append(
                {"language": self.codes[version.locale_id], "url": self.page_url(version)}
            )
        return found

    def page_facts(self, page, translations: dict) -> dict:
        return {
            "id": page.translation_key,
            "language": self.codes[page.locale_id],
            "url": self.page_url(page),
            "title": page.title,
            "lead": page.lead,
            "translations": translations[page.translation_key],
            "modified": page.last_published_at,
        }

    def projects(self, queryset) -> list[dict]:
        pages = list(queryset.select_related("programme").prefetch_related(*RELATIONS))
        translations = self.translations(ProjectPage, pages)
        return [{**self.page_facts(page, translations), **project_facts(page)} for page in pages]

    def publications(self, queryset) -> list[dict]:
        pages = list(queryset.prefetch_related("files__document", "projects__project"))
        translations = self.translations(PublicationPage, pages)
        linked = {row.project.translation_key for page in pages for row in page.projects.all()}
        seen = ProjectPage.objects.visible().filter(translation_key__in=linked)
        seen = set(seen.values_list("translation_key", flat=True))
        return [
            {
                **self.page_facts(page, translations),
                "kind": page.kind,
                "publication_date": page.publication_date,
                "projects": unique(
                    row.project.translation_key
                    for row in page.projects.all()
                    if row.project.translation_key in seen
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
                **{
                    name: getattr(record, name)
                    for name in (
                        "name",
                        "short_name",
                        "kind",
                        "is_member",
                        "business_id",
                        "website",
                    )
                },
            }
            for record in records
        ]


def unique(values) -> list:
    return list(dict.fromkeys(values))


def organisation_projects(records: list[Organisation]) -> dict:
    """Translation keys of the visible projects of each organisation, in any role."""
    keys, found = [record.translation_key for record in records], defaultdict(list)
    visible = ProjectPage.objects.visible()
    for relation in ("organisations", "funding"):
        field = f"{relation}__organisation__translation_key"
        pairs = visible.filter(**{f"{field}__in": keys}).values_list(field, "translation_key")
        for organisation, project in pairs.order_by("translation_key").distinct():
            if project not in found[organisation]:
                found[organisation].append(project)
    return found


def named(record) -> dict:
    return {"id": record.translation_key, "name": record.name}


def place(record) -> dict:
    return {"code": record.code, "name": record.name}


def project_facts(page: ProjectPage) -> dict:
    municipalities = [row.municipality for row in page.municipalities.all()]
    regions = [row.region for row in page.regions.all()]
    regions += [municipality.region for municipality in municipalities]
    fields = (
        "acronym",
        "code",
        "start_date",
        "end_date",
        "extension_end_date",
        "date_precision",
        "realised_public_funding",
        "website",
    )
    return {
        **{name: getattr(page, name) for name in fields},
        "status": page.status,
        "programme": named(page.programme) if page.programme else None,
        "public_record": page.record_url,
        "organisations": [
            {**named(row.organisation), "role": row.role} for row in page.organisations.all()
        ],
        "funding": [
            {**named(row.organisation), "role": row.role, "amount": row.amount}
            for row in page.funding.all()
        ],
        "municipalities": [place(item) for item in municipalities],
        "regions": [place(item) for item in unique(regions)],
        "themes": [{"slug": row.theme.slug, "name": row.theme.name} for row in page.themes.all()],
        "target_groups": [
            {"slug": row.target_group.slug, "name": row.target_group.name}
            for row in page.target_groups.all()
        ],
    }
