"""Current projects on the home page: running ones first, then the newest."""

from django.db.models import BooleanField, ExpressionWrapper, F

from cms.core.querysets import LocalisedPageQuerySet

from .models import ProjectIndexPage, ProjectPage, Status
from .models.querysets import status_condition

ON_HOME = 6


def home_section(page, request) -> dict | None:
    """Three queries: the list's page, which projects, and their cards."""
    index = LocalisedPageQuerySet(ProjectIndexPage).best_for().select_related("locale").first()
    if index is None:
        return None
    running = ExpressionWrapper(status_condition(Status.RUNNING), output_field=BooleanField())
    chosen = (
        ProjectPage.objects.best_for()
        .with_last_day()
        .annotate(runs=running)
        .order_by("-runs", F("start_date").desc(nulls_last=True), "-pk")
        .values_list("pk", flat=True)[:ON_HOME]
    )
    order = {pk: place for place, pk in enumerate(chosen)}
    cards = ProjectPage.objects.filter(pk__in=order).for_cards()
    projects = sorted(cards, key=lambda project: order[project.pk])
    return {
        "project_index": index,
        "projects": projects,
        "some_run": any(project.status == Status.RUNNING for project in projects),
    }
