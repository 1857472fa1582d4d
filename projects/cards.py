"""What a project's card shows beside the page's own fields, as expressions of one query."""

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import translation
from wagtail.models import Locale

from cms.core.querysets import locale_rank

from .models.organisations import Organisation
from .models.relations import ProjectFunding, ProjectMunicipality, ProjectRegion

# Official place names exist in these; regions in English too.
TOWN_LANGUAGES = {"fi", "sv"}
REGION_LANGUAGES = {"fi", "sv", "en"}


def place_language(language: str, known: set[str]) -> str:
    return language if language in known else settings.LANGUAGE_CODE


def best_of(model, locale, **lookups):
    """Translations of a snippet (by ``lookups``), the best for the reader first."""
    return model.objects.filter(**lookups).order_by(locale_rank(locale))


def card_annotations(locale=None) -> dict:
    if isinstance(locale, Locale):
        locale = locale.language_code
    language = locale or translation.get_language() or settings.LANGUAGE_CODE
    towns = place_language(language, TOWN_LANGUAGES)
    regions = place_language(language, REGION_LANGUAGES)
    municipality = _first(ProjectMunicipality, f"municipality__name_{towns}")
    region = _first(ProjectRegion, f"region__name_{regions}")
    first_funding = _children(ProjectFunding, OuterRef(OuterRef("pk")))
    funder = best_of(
        Organisation,
        language,
        translation_key=Subquery(first_funding.values("organisation__translation_key")[:1]),
    )
    return {
        "card_place": Coalesce(municipality, region, Value(""), output_field=CharField()),
        "card_place_language": Case(
            When(Exists(_children(ProjectMunicipality)), then=Value(towns)),
            default=Value(regions),
            output_field=CharField(),
        ),
        "card_place_count": Case(
            When(Exists(_children(ProjectMunicipality)), then=_count(ProjectMunicipality)),
            default=_count(ProjectRegion),
        ),
        "card_funder": Subquery(funder.values("name")[:1]),
        "card_funder_language": Subquery(funder.values("locale__language_code")[:1]),
        "card_funder_count": _count(ProjectFunding),
    }


def _children(model, page=None):
    return model.objects.filter(page=page or OuterRef("pk")).order_by("sort_order", "pk")


def _first(model, field: str) -> Subquery:
    return Subquery(_children(model).values(field)[:1])


def _count(model) -> Coalesce:
    children = model.objects.filter(page=OuterRef("pk")).order_by().values("page")
    number = children.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
