"""Language fallback: every item once in every locale, decided by the database."""

from django.conf import settings
from django.db.models import Case, Exists, F, IntegerField, OuterRef, When
from django.utils import translation
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from .languages import language_chain
from .page_urls import language_codes
from .permissions import at_or_below, closed_paths


class LocalisedPageQuerySet(PageQuerySet):
    """Pages as the public meets them: live, open to everybody, once whatever the language."""

    def visible(self):
        """Live and behind no password, login or group, in whichever language that was said."""
        closed = closed_paths()
        pages = self.filter(live=True)
        return pages.exclude(at_or_below(closed)) if closed else pages

    def best_for(self, language: str | None = None):
        """Each item's best visible page for a reader of ``language`` (default: the active one).

        That is the page in the locale itself, else in the language it is a variant of, else in the
        default language, else in any (the oldest locale). So a list has as many items in every
        language; mark a page whose locale is not the reader's with its own ``lang`` and ``dir``.
        """
        chain = language_chain(language or translation.get_language() or settings.LANGUAGE_CODE)
        known = {code: pk for pk, code in language_codes().items()}
        # The lower, the better for the reader; languages that are not in the chain come last.
        places = (When(locale_id=known.get(code), then=n - 9) for n, code in enumerate(chain))
        rank = Case(*places, default=F("locale_id"), output_field=IntegerField())
        better = (
            LocalisedPageQuerySet(Page)
            .visible()
            .alias(other_rank=rank)
            .filter(
                translation_key=OuterRef("translation_key"), other_rank__lt=OuterRef("locale_rank")
            )
        )
        return self.visible().alias(locale_rank=rank).exclude(Exists(better))


LocalisedPageManager = PageManager.from_queryset(LocalisedPageQuerySet)
