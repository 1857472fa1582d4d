from django.db.models import QuerySet

from home.models import ContentPage

from ..documents import SearchDocument, SourceText
from .base import Context, Source


class ContentPageSource(Source):
    kind = "page"

    def visible(self) -> QuerySet:
        return ContentPage.objects.visible()

    def records(self, keys: list) -> QuerySet:
        return self.visible().filter(translation_key__in=keys).select_related("locale")

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
