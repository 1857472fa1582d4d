"""What the site holds of a contact person, and how to find her (GDPR, Article 15).

Everything is looked for in every language, old revisions and the translators' memory included.
:mod:`.erasure` takes it away again.
"""

from pathlib import PurePosixPath
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.management.base import CommandError
from django.db.models import Q
from wagtail.fields import StreamField
from wagtail.models import ModelLogEntry, PageLogEntry, Revision, get_page_models
from wagtail_localize.models import String, StringTranslation, TranslationSource

from cms.users.models import Subject, facts

from .models import ImportRecord, Person, ProjectContact


def find_people(asked: str) -> list[list[Person]]:
    """People by translation key, e-mail or whole name, each with all translations."""
    wanted = " ".join(asked.split())
    if not wanted:
        return []
    try:
        matches = Q(translation_key=UUID(wanted))
    except ValueError:
        # Not left to the database: SQLite folds the case of ASCII alone.
        folded = wanted.casefold()
        rows = Person.objects.values_list("pk", "name", "email")
        matches = Q(pk__in=[pk for pk, *texts in rows if folded in map(str.casefold, texts)])
    keys = Person.objects.filter(matches).order_by().values("translation_key")
    people: dict = {}
    for person in Person.objects.filter(translation_key__in=keys).order_by("locale_id", "pk"):
        people.setdefault(person.translation_key, []).append(person)
    return list(people.values())


def one_person(asked: str, others: bool = False) -> list[Person]:
    """The person in all languages. ``others``: nobody is fine, there may be an account.

    Raises ``CommandError`` with exit code 1 for nobody, 2 where several are meant.
    """
    found = find_people(asked)
    if len(found) > 1:
        lines = [f"“{asked}” may be any of {len(found)} people; ask by the key:"]
        for group in found:
            person = group[0]
            told = (person.name, person.title, person.organisation, person.email)
            lines.append(f"{person.translation_key}  {', '.join(str(x) for x in told if x)}")
        raise CommandError("\n".join(lines), returncode=2)
    if not found and not others:
        raise CommandError(f"Nobody has the e-mail, name or key “{asked}”.")
    return found[0] if found else []


def subject_of(group: list[Person], *emails: str) -> Subject:
    """What to look for: everything that any language says of the person."""
    names = ("name", "email", "phone")
    told = {x: frozenset(filter(None, (getattr(person, x) for person in group))) for x in names}
    return Subject(
        keys=frozenset(person.translation_key for person in group),
        names=told["name"],
        emails=told["email"] | frozenset(emails),
        phones=told["phone"],
    )


def people(subject: Subject) -> list[dict]:
    found = Person.objects.filter(translation_key__in=subject.keys).order_by("locale_id", "pk")
    result = []
    for person in found.select_related("locale", "organisation", "photo"):
        told = {**facts(person), "language": person.locale.language_code}
        told["organisation"] = person.organisation.name if person.organisation else ""
        told["photo"] = picture(person.photo, subject) if person.photo else None
        result.append(told)
    return result


def picture(image, subject: Subject) -> dict:
    """The picture's facts; the original and what was made of it go along as files."""
    files = [image.file, *(rendition.file for rendition in image.renditions.all())]
    names = []
    for file in files:
        name = f"files/{PurePosixPath(file.name).name}"
        subject.files[name] = file
        names.append(name)
    return {"title": image.title, "uploaded": image.created_at.isoformat(), "files": names}


def contacts(subject: Subject) -> list[dict]:
    rows = ProjectContact.objects.filter(person__translation_key__in=subject.keys)
    return [
        {
            "project": row.page.title,
            "language": row.page.locale.language_code,
            "address": row.page.full_url or "",
            "public_until": row.public_until and row.public_until.isoformat(),
        }
        for row in rows.select_related("page__locale").order_by("page_id", "pk")
    ]


def texts(subject: Subject) -> list[dict]:
    """Pages whose words name the person, as they are now."""
    found = []
    for model in get_page_models():
        columns = [
            column.name
            for column in model._meta.get_fields()
            if isinstance(column, StreamField)
            or getattr(column, "get_internal_type", str)() in ("CharField", "TextField")
        ]
        if model._meta.proxy or not columns:
            continue
        for page in model.objects.filter(subject.mentions(*columns)).order_by("pk"):
            if type(page) is page.specific_class:
                passages = list(subject.passages(page.serializable_data()))
                found.append({"page": page.title, "address": page.full_url, "passages": passages})
    return found


def revisions(subject: Subject) -> list[dict]:
    rows = Revision.objects.filter(subject.mentions("content", "object_str")).order_by("pk")
    return [
        {
            "of": revision.object_str,
            "written": revision.created_at.isoformat(),
            "passages": list(subject.passages(revision.content)),
        }
        for revision in rows.iterator()
    ]


def translations(subject: Subject) -> dict:
    sources = TranslationSource.objects.filter(
        Q(object_id__in=subject.keys) | subject.mentions("content_json")
    )
    return {
        "sources": [
            {"of": source.object_repr, "passages": list(subject.passages(source.content_json))}
            for source in sources.order_by("pk")
        ],
        "strings": list(String.objects.filter(subject.mentions("data")).values("data")),
        "translated": list(
            StringTranslation.objects.filter(subject.mentions("data")).values("data", "updated_at")
        ),
    }


def log_entries(subject: Subject) -> list[dict]:
    kind = ContentType.objects.get_for_model(Person)
    own = Person.objects.filter(translation_key__in=subject.keys).values_list("pk", flat=True)
    records = ModelLogEntry.objects.filter(
        Q(content_type=kind, object_id__in=[str(pk) for pk in own])
        | subject.mentions("label", "data")
    )
    pages = PageLogEntry.objects.filter(subject.mentions("label", "data"))
    return [
        {
            "action": entry.action,
            "of": entry.label,
            "at": entry.timestamp.isoformat(),
            "passages": list(subject.passages(entry.data)),
        }
        for entries in (records, pages)
        for entry in entries.order_by("timestamp")
    ]


def imports(subject: Subject) -> list[dict]:
    """That project files told of the person, and when; their words are not kept."""
    rows = ImportRecord.objects.filter(translation_key__in=subject.keys).order_by("pk")
    return list(rows.values("kind", "identifier", "language", "updated_at"))


def forget_imports(subject: Subject) -> None:
    """A later import of a file that still names the person brings her back: the file decides."""
    ImportRecord.objects.filter(translation_key__in=subject.keys).delete()


TELLERS = {
    "person": people,
    "project_contacts": contacts,
    "texts": texts,
    "revisions": revisions,
    "translations": translations,
    "log": log_entries,
}
