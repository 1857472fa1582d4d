"""Projects that a reader of one may want next: those that share the most with it."""

from django.db.models import Case, F, IntegerField, Q, Value, When

from .facts import ProjectFacts
from .models.organisations import Organisation
from .models.relations import (
    ProjectFunding,
    ProjectMunicipality,
    ProjectRegion,
    ProjectTargetGroup,
    ProjectTheme,
)

NUMBER = 3


def related_projects(facts: ProjectFacts, language: str) -> list:
    """At most three, the best first, in one query. Themes weigh most, then places, then money."""
    funders = Organisation.objects.filter(
        pk__in={row.target for row in facts.rows if row.kind == "funding"}
    )
    shared = [
        (4, ProjectTheme, "theme__slug__in", _values(facts.themes)),
        (3, ProjectMunicipality, "municipality__code__in", _values(facts.municipalities)),
        (2, ProjectTargetGroup, "target_group__slug__in", _values(facts.target_groups)),
        (2, ProjectRegion, "region__code__in", _values(facts.regions)),
        (
            1,
            ProjectFunding,
            "organisation__translation_key__in",
            funders.values("translation_key") if facts.funding else [],
        ),
    ]
    conditions = [
        (weight, Q(pk__in=model.objects.filter(**{lookup: values}).values("page")))
        for weight, model, lookup, values in shared
        if len(values if isinstance(values, list) else facts.funding)
    ]
    if not conditions:
        return []
    anything = Q()
    score = Value(0)
    for weight, condition in conditions:
        anything |= condition
        score = score + Case(
            When(condition, then=Value(weight)), default=Value(0), output_field=IntegerField()
        )
    pages = type(facts.page).objects
    ranked = (
        pages.best_for(language)
        .filter(anything)
        .exclude(translation_key=facts.page.translation_key)
        .alias(score=score)
        .order_by("-score", F("start_date").desc(nulls_last=True), "pk")
    )
    chosen = pages.filter(pk__in=ranked.values("pk")[:NUMBER]).for_cards(language)
    return list(
        chosen.alias(score=score).order_by("-score", F("start_date").desc(nulls_last=True), "pk")
    )


def _values(terms) -> list[str]:
    return [term.value for term in terms]
