"""What the home room has to find: pages of content, and the people of the contacts page."""

from django.db.models import QuerySet

from cms.core.routing import public_urls
from home.models import ContactsPage, ContentPage
from projects.models import Person

from ..documents import SearchDocument, SourceText
from .base import Context, Source
from .projects import distinct


class ContentPageSource(Source):
    kind = "page"
    model = ContentPage

    def document(self, record: ContentPage, locale: str, context: Context) -> SearchDocument:
        return super().document(
            record,
            locale,
            context,
            title=record.title,
            lead=record.lead,
            body=[SourceText(context.body(record))],
            url=context.path(record),
            facets={"language": context.languages},
            published=record.first_published_at,
        )


class PersonSource(Source):
    """Staff contacts, as the contacts page shows them; who is no longer public has no document."""

    kind = "person"
    related = "organisation"

    def visible(self) -> QuerySet:
        people = Person.objects.public().filter(show_on_contacts_page=True, is_draft=False)
        return people if ContactsPage.objects.visible().exists() else people.none()

    def document(self, record: Person, locale: str, context: Context) -> SearchDocument:
        organisations = [record.organisation] if record.organisation else []
        # The contacts page in the reader's language, or in any.
        pages = public_urls(ContactsPage).values()
        paths = {code: path for page in pages for code, path in page.items()}
        contacts = paths.get(locale) or next(iter(paths.values()), "")
        return super().document(
            record,
            locale,
            context,
            title=record.name,
            lead=", ".join(distinct([record.title, *context.names(organisations, locale)])),
            names=distinct(
                [
                    *context.names(organisations, context.language(record), locale),
                    *(item.short_name for item in organisations if not item.is_draft),
                ]
            ),
            url=f"{contacts}#person-{record.translation_key}",
            facets={"language": context.languages},
            public_until=record.public_until,
        )
