"""What is not translated never becomes public as if it were, whoever has a version written.

A first publication is for whoever publishes to decide, and so is one that shows no more of the
source's language than the public sees already. But no version that is public loses words that were
translated because the source has changed since.

Delete :func:`draft` once upstream's ``save_target(publish=False)`` leaves a live page alone.
"""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page
from wagtail_localize.models import String, Translation, TranslationLog, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.core.languages import language_label

from ..facts.page_views import OfKnownPages
from ..models import Work
from . import progress
from .matching import Language
from .stored import Thing

upstream = TranslationSource.create_or_update_translation


def create_or_update(
    source, locale, user=None, publish=True, copy_parent_pages=False, fallback=False
) -> tuple[Model, bool]:
    """In place of upstream's: refuses to take words away, and keeps drafts from the public."""
    public = public_version(source, locale)
    if public is not None and publish and loses_words(source, locale, public):
        message = _(
            "Not published: the original text has changed, and the public page would lose words "
            "that are translated in: %(languages)s. Translate what is missing first."
        )
        raise ValidationError(message % {"languages": _names([locale])})
    if isinstance(public, Page) and not publish:
        return draft(source, locale, user, fallback), False
    return upstream(source, locale, user, publish, copy_parent_pages, fallback)


def public_version(source: TranslationSource, locale: Locale) -> Model | None:
    """The page or record in this language, if the public meets it and it is no mere alias."""
    model = source.specific_content_type.model_class()
    found = model._base_manager.filter(translation_key=source.object_id, locale=locale).first()
    if isinstance(found, Page):
        return found if found.live and not found.alias_of_id else None
    return None if getattr(found, "is_draft", False) else found


def loses_words(source: TranslationSource, locale: Locale, public: Model) -> bool:
    """Whether writing the version now would show more of the source's language than it does."""
    language = Language(Thing(source, [locale.pk]), locale.pk)
    lacking = Counter(segment.path for segment in language.not_public)
    if not lacking:
        return False
    count = Counter(segment.path for segment in language.thing.segments)
    left = {made.path for made in language.left}
    if any(count[path] == 1 and path in left for path in lacking):
        return True
    shown = _source_language_in(public, source)
    return any(number > shown[path] for path, number in lacking.items())


def _source_language_in(public: Model, source: TranslationSource) -> Counter:
    """How many texts at each path are texts of the source's language."""
    values = [v for v in extract_segments(public) if isinstance(v, StringSegmentValue)]
    hashes = {value.string.data: String._get_data_hash(value.string.data) for value in values}
    known = set(
        String.objects.filter(locale=source.locale_id, data_hash__in=hashes.values()).values_list(
            "data_hash", flat=True
        )
    )
    return Counter(value.path for value in values if hashes[value.string.data] in known)


def lacking_words(translations: QuerySet[Translation]) -> list[Locale]:
    """Languages in which not every text is translated."""
    found = []
    for translation in translations.select_related("source", "target_locale"):
        locale = translation.target_locale
        if Language(Thing(translation.source, [locale.pk]), locale.pk).not_public:
            found.append(locale)
    return found


def not_translated(locales: list[Locale]) -> str:
    return _("Not published: not every text is translated yet in: %(languages)s.") % {
        "languages": _names(locales)
    }


def _names(locales: list[Locale]) -> str:
    return ", ".join(language_label(locale.language_code) for locale in locales)


def draft(source: TranslationSource, locale: Locale, user, fallback: bool) -> Page:
    """A revision for whoever reviews it; what is public stays."""
    page = source.get_ephemeral_translated_instance(locale, fallback=fallback)
    page.slug = find_available_slug(page.get_parent(), slugify(page.slug), ignore_page_id=page.pk)
    revision = page.save_revision(user=user)
    TranslationLog.objects.create(source=source, locale=locale, revision=revision)
    return page


class PublishBulk(OfKnownPages, PublishBulkAction):
    """Leaves out translations that lack words: drafts of hundreds of pages may lie below one."""

    template_name = "wagtailadmin/pages/bulk_actions/confirm_bulk_publish_languages.html"

    def check_perm(self, page) -> bool:
        return super().check_perm(page) and bool(finished([page]))

    @classmethod
    def execute_action(
        cls, objects, include_descendants=False, user=None, **kwargs
    ) -> tuple[int, int]:
        below = [
            draft
            for page in (objects if include_descendants else ())
            for draft in page.get_descendants().not_live().defer_streamfields().specific()
            if user is None or draft.permissions_for_user(user).can_publish()
        ]
        counts = []
        for pages in (objects, finished(below)):
            plain, said = publish_words(pages, user)
            done, _none = super().execute_action(plain, user=user)
            counts.append(done + said)
        return counts[0], counts[1]


def publish_words(pages: list[Page], user) -> tuple[list[Page], int]:
    """Publish translations as their strings are now: a latest revision may be the draft that was
    made for the translators, in the source's words, or what a reviewer returned.

    Returns the pages that are no translations, and how many were published.
    """
    keys = {page.translation_key for page in pages}
    rows = Translation.objects.filter(source__object_id__in=keys, enabled=True)
    rows = rows.select_related("source", "target_locale")
    made = {(row.source.object_id, row.target_locale_id): row for row in rows}
    drafts, plain, said = never_public(row.source for row in made.values()), [], 0
    for page in pages:
        if translation := made.get((page.translation_key, page.locale_id)):
            if page.translation_key in drafts:
                continue
            with suppress(ValidationError):
                translation.save_target(user=user, publish=True)
                said += 1
        elif not page.alias_of_id:  # An alias is public as soon as what it shows is.
            plain.append(page)
    return plain, said


def never_public(sources: Iterable[TranslationSource]) -> set[UUID]:
    """Keys of pages that the public has never seen as they were first written: what they have of
    facts is what somebody wrote into the very first draft.
    """
    wanted = {(source.object_id, source.locale_id) for source in sources}
    drafts = Page.objects.filter(
        translation_key__in={key for key, _locale in wanted}, live=False, first_published_at=None
    )
    found = drafts.values_list("translation_key", "locale_id")
    return {key for key, locale in found if (key, locale) in wanted}


def finished(pages: list[Page]) -> list[Page]:
    """Without translations that lack words or wait to be checked."""
    keys = {page.translation_key for page in pages}
    progress.refresh(Translation.objects.filter(source__object_id__in=keys, enabled=True))
    lacking = Work.objects.filter(
        Q(words_left__gt=0) | Q(to_check__gt=0),
        translation__enabled=True,
        translation__source__object_id__in=keys,
    )
    names = ("translation__source__object_id", "translation__target_locale_id")
    found = set(lacking.values_list(*names))
    return [page for page in pages if (page.translation_key, page.locale_id) not in found]
