"""What the database knows and no analysis can: synonyms, pages that come first, places.

All are read once for each content epoch: they change seldom, and every search asks for them.
"""

from django.db.models import F
from wagtail.models import Page

from cms.core.content_epoch import held
from projects.models import Municipality, Region

from .analysis import get_analyser, tokens
from .models import Promotion, SynonymGroup
from .signals import PAGE_KINDS
from .sources.base import document_id
from .synonyms import place_lines


def forms_of(text: str, language: str) -> tuple[frozenset[str], ...]:
    """A phrase as the base forms of its words: whatever the inflection, the same phrase."""
    analyser = get_analyser(language)
    return tuple(frozenset(analyser.query_forms(token.text).lemmas) for token in tokens(text))


def same_phrase(first, second) -> bool:
    return len(first) == len(second) and all(a & b for a, b in zip(first, second, strict=True))


@held
def _promotions(language: str) -> list[tuple[tuple, str]]:
    kinds = {model._meta.label_lower: kind for model, kind in PAGE_KINDS.items()}
    found = []
    chosen = Promotion.objects.filter(language=language).order_by("pk")
    for promotion in chosen.select_related("page__content_type"):
        page: Page = promotion.page
        kind = kinds.get(f"{page.content_type.app_label}.{page.content_type.model}")
        if kind:
            document = document_id(kind, page.translation_key, language)
            found += [(forms_of(word, language), document) for word in promotion.word_list]
    return found


def promoted_documents(query: str, language: str) -> list[str]:
    """Ids of the documents that come first for these words, in the order they were chosen."""
    if not query:
        return []
    asked = forms_of(query, language)
    found = (doc for phrase, doc in _promotions(language) if same_phrase(asked, phrase))
    return list(dict.fromkeys(found))


@held
def staff_synonyms(language: str) -> tuple[str, ...]:
    """The lines of the list for a language; easy Finnish shares those of Finnish."""
    groups = SynonymGroup.objects.filter(language__in={language, language.split("-")[0]})
    return tuple(groups.order_by("pk").values_list("words", flat=True))


@held
def places_in_force(language: str) -> tuple[str, ...]:
    """The regions and their municipalities by the newest lists that were brought in."""
    names = ("code", "name_fi", "name_sv")
    regions = Region.objects.order_by("code").values(*names, "name_en")
    towns = Municipality.objects.order_by("code").values(*names, region_code=F("region__code"))
    return place_lines(language, regions, towns)
