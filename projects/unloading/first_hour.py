"""Of the first hour: the first member, the first project, and that the site shows the sample."""

from collections.abc import Iterator
from functools import lru_cache

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Locale, Site

from cms.core.admin.first_hour import Notice, Step

from ..importing import read_yaml, untouched_settings
from ..models import ImportRecord, Organisation, ProjectIndexPage, ProjectPage
from .finding import is_there, project_files


@lru_cache(maxsize=1)
def sample_organisations() -> frozenset[str]:
    """Their ids; the files do not change while the site runs."""
    read = [read_yaml(path.read_bytes(), {}) for path in project_files()]
    return frozenset(
        name for data in read for name in data.get("records", {}).get("organisations", {})
    )


def keys_of(kind: str, identifiers) -> QuerySet:
    records = ImportRecord.objects.filter(kind=kind, identifier__in=identifiers)
    return records.values("translation_key")


def member_and_project(request) -> Iterator[Step]:
    members = Organisation.objects.filter(is_member=True)
    projects = ProjectPage.objects.all()
    if is_there():
        files = [path.stem for path in project_files()]
        projects = projects.exclude(translation_key__in=keys_of("projects", files))
        ids = sample_organisations()
        members = members.exclude(translation_key__in=keys_of("organisations", ids))
    yield Step(
        _("First member"),
        reverse("wagtailsnippets_projects_organisation:add"),
        members.exists(),
        _("An association of yours: tick that it is a member. Its people can be invited later."),
    )
    yield Step(
        _("First project"),
        _project_form(),
        projects.exists(),
        _("First the list of projects, then in it a project: a title and a sentence are enough."),
    )


def _project_form() -> str:
    """The form itself where there is one list to put it in; that of a list if there is none."""
    lists = list(ProjectIndexPage.objects.filter(locale=Locale.get_default())[:2])
    if len(lists) > 1:
        return reverse("project_listing:choose_parent")
    kind, below = "projectpage", lists[0] if lists else None
    if below is None:
        kind, below = "projectindexpage", Site.objects.get(is_default_site=True).root_page
    return reverse("wagtailadmin_pages:add", args=["projects", kind, below.pk])


def sample_names() -> set[str]:
    """What is as the sample has it."""
    return {*untouched_settings(), "languages"} if is_there() else set()


def tell_of_sample(request) -> Iterator[Notice]:
    if is_there():
        yield Notice(
            _(
                "What you see is a sample: an invented association, its five projects, people and "
                "files. Look around; when you have seen enough, it can be taken away whole."
            ),
            reverse("remove_sample"),
            _("Take the sample away"),
        )


HOOKS = (
    ("first_hour_steps", member_and_project),
    ("first_hour_sample", sample_names),
    ("first_hour_notices", tell_of_sample),
)
