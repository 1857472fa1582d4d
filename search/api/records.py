"""From models to the shapes of the API, a page of records at a time."""

from collections import defaultdict
from dataclasses import asdict

from wagtail.models import Locale

from cms.core.lists import places, sort_key
from news.models import NewsPage
from news.public import organisations_of, when
from projects.models import ProjectPage
from projects.public.addresses import url_of
from projects.public.catalogue import catalogue
from projects.public.figures import sums
from projects.public.filters import NOT_STATED
from projects.public.listing import ProjectFacts
from publications.models import PublicationPage
from subjects.subject import subject_of

ORGANISATION = (
    *("name", "short_name", "kind", "is_member", "business_id", "other_ids", "website"),
    "description",
)
SUBJECTS = ("programme", "municipality", "region", "theme", "target_group")


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

    def news(self, queryset) -> list[dict]:
        pages = list(queryset)
        translations, seen = self.translations(NewsPage, pages), catalogue().pages
        return [
            {
                **self.page_facts(page, translations),
                "kind": "event" if page.item.is_event else "news",
                "day": page.item.day,
                "start": when.begins(page.item),
                "end": when.ends(page.item),
                "place": page.place or page.item.place,
                "link": page.item.link,
                "is_cancelled": page.item.is_cancelled,
                "projects": [key for key in page.item.projects if key in seen],
                "organisations": [
                    each.translation_key
                    for each in organisations_of(page.item, self.codes[page.locale_id])
                ],
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
                "url": self.absolute(url_of("organisation", str(record.translation_key))),
                **{name: getattr(record, name) for name in ORGANISATION},
            }
            for record in records
        ]


def subjects(request, language: str) -> list[dict]:
    """What public projects have in common, organisations apart, each by kind and name."""
    known, found = catalogue(), []
    for kind in SUBJECTS:
        for value, mask in known.masks[kind].items():
            if subject := subject_of(kind, value, language) if value != NOT_STATED else None:
                found.append(
                    {
                        "kind": kind,
                        "id": value,
                        "name": subject.title,
                        "language": subject.title_language,
                        "url": request.build_absolute_uri(subject.url),
                        "projects": [known.keys[place] for place in places(mask)],
                    }
                )
    order = {kind: place for place, kind in enumerate(SUBJECTS)}
    return sorted(
        found, key=lambda each: (order[each["kind"]], sort_key(each["name"], language), each["id"])
    )


def organisation_projects(records: list) -> dict:
    """Translation keys of the public projects of each organisation, in any role."""
    known = catalogue()
    masks = known.masks["organisation"]
    return {
        key: sorted(known.keys[place] for place in places(masks.get(str(key), 0)))
        for key in {record.translation_key for record in records}
    }


def named(record) -> dict:
    return {"id": record.translation_key, "name": record.name}


def project_facts(facts: ProjectFacts) -> dict:
    return {
        **{name: getattr(facts, name) for name in (*ProjectPage.plain_facts(), "status")},
        "programme": named(facts.programme) if facts.programme else None,
        "public_record": facts.record_url,
        "organisations": [
            {**named(part.organisation), "role": part.role, "start": part.start, "end": part.end}
            for part in facts.parts
        ],
        "funding": [
            {
                **named(line.organisation),
                "role": line.role,
                "amount": line.amount,
                "kind": line.kind,
                "year": line.year,
            }
            for line in facts.funding
        ],
        "amounts": [asdict(each) for each in facts.amounts],
        "codes": [{"scheme": scheme, "code": code} for scheme, code in facts.codes],
        "areas": [{"code": code, "country": country} for code, country in facts.areas],
        "links": [{"kind": kind, "id": card.key, "url": card.url} for kind, card in facts.links],
        "municipalities": [
            {"code": term.value, "name": term.label} for term in facts.municipalities
        ],
        "regions": [{"code": term.value, "name": term.label} for term in facts.all_regions],
        "themes": [{"slug": term.value, "name": term.label} for term in facts.themes],
        "target_groups": [{"slug": term.value, "name": term.label} for term in facts.target_groups],
        "numbers": [
            {"unit": each.unit, "label": each.label, "number": each.number}
            for each in sums([facts.key], facts.language)
        ],
    }
