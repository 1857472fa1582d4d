"""Language fallback: every item once in every locale, decided by the database."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    Model,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.utils import translation
from wagtail.models import Locale, Page, PageManager
from wagtail.query import PageQuerySet

from .restrictions import at_or_below, closed_paths


def language_chain(code: str) -> list[str]:
    """Languages to try for a reader of ``code``: its own, what it is a variant of, the default.

    ``fi-simple`` gives ``["fi-simple", "fi"]``. Languages after these come in no order of merit.
    """
    parts = code.split("-")
    variants = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return list(dict.fromkeys([*variants, settings.LANGUAGE_CODE]))


def locale_rank(locale: Locale | str | None = None) -> Case:
    """A number in SQL for a row with ``locale``: the lower, the better for that reader.

    The codes are looked up by scalar subqueries, which the database runs once, so that a caller
    needs no query for the locales and no join.
    """
    if isinstance(locale, Locale):
        locale = locale.language_code
    chain = language_chain(locale or translation.get_language() or settings.LANGUAGE_CODE)
    return Case(
        *(
            When(
                locale_id=Subquery(Locale.objects.filter(language_code=code).values("pk")[:1]),
                then=Value(position - len(chain)),
            )
            for position, code in enumerate(chain)
        ),
        default=F("locale_id"),
        output_field=IntegerField(),
    )


def fetched(rows: Iterable[Model], name: str) -> list[Model]:
    """What the rows refer to by the foreign key ``name``, after a prefetch with a queryset.

    What that queryset leaves out (a page that is not public) is nobody's: Django then raises where
    the key is not null, and gives None where it may be.
    """
    return [found for row in rows if (found := getattr(row, name, None)) is not None]


class LocalisedPageQuerySet(PageQuerySet):
    """Pages as the public meets them: live, open to everybody, once whatever the language."""

    def visible(self):
        """Live and behind no password, login or group, in whichever language that was said."""
        closed = closed_paths()
        pages = self.filter(live=True)
        return pages.exclude(at_or_below(closed)) if closed else pages

    def best_for(self, locale: Locale | str | None = None):
        """Each item's best visible page for a reader of ``locale`` (default: the active language).

        That is the page in the locale itself, else in the language it is a variant of, else in the
        default language, else in any (the oldest locale). So a list has as many items in every
        language; mark a page whose locale is not the reader's with its own ``lang`` and ``dir``.
        """
        rank = locale_rank(locale)
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
