from django.db.models import QuerySet

from cms.core.routing import public_urls
from home.models import ContactsPage
from projects.models import Person

from ..documents import SearchDocument
from .base import Context, Source
from .projects import distinct


class PersonSource(Source):
    """Staff contacts, as the contacts page shows them; who is no longer public has no document."""

    kind = "person"

    def visible(self) -> QuerySet:
        people = Person.objects.public().filter(show_on_contacts_page=True)
        return people if ContactsPage.objects.visible().exists() else people.none()

    def records(self, keys: list) -> QuerySet:
        return self.visible().filter(translation_key__in=keys).select_related("organisation")

    def document(self, record: Person, locale: str, context: Context) -> SearchDocument:
        organisations = [record.organisation] if record.organisation else []
        return super().document(
            record,
            locale,
            context,
            title=record.name,
            lead=", ".join(distinct([record.title, *context.names.all(organisations, locale)])),
            names=distinct(
                [
                    *context.names.all(organisations, context.language(record), locale),
                    *(item.short_name for item in organisations),
                ]
            ),
            url=f"{contacts_path(locale)}#person-{record.translation_key}",
            facets={"language": context.languages},
            public_until=record.public_until,
        )


def contacts_path(locale: str) -> str:
    """The address of the contacts page in the reader's language, or in any."""
    pages = public_urls(ContactsPage).values()
    paths = {code: path for page in pages for code, path in page.items()}
    return paths.get(locale) or next(iter(paths.values()), "")
