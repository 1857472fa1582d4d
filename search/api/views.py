from typing import Annotated, Literal
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils import translation
from ninja import NinjaAPI, Query, Schema

from cms.core.alphabet import alphabetical
from cms.core.querysets import locale_rank
from projects.models import Organisation, ProjectPage
from publications.models import PublicationPage

from . import schemas
from .records import Presenter

Language = Literal[tuple(code for code, _name in settings.LANGUAGES)]

api = NinjaAPI(
    title="Katto open data",
    version="1",
    description=(
        "Projects, organisations and publications of the association, read-only. Every record is "
        "given once: in the language asked for if it exists, else in the best other one."
    ),
    urls_namespace="api",
    docs_url=None,
)


class Paging(Schema):
    page: Annotated[int, Query(ge=1, le=100_000, description="From 1.")] = 1
    page_size: Annotated[int, Query(ge=1, le=200)] = 50
    language: Annotated[Language, Query(description="Language of the words.")] = "fi"


class PageOf(Schema):
    count: int
    next: str | None
    previous: str | None


class ProjectList(PageOf):
    results: list[schemas.Project]


class OrganisationList(PageOf):
    results: list[schemas.Organisation]


class PublicationList(PageOf):
    results: list[schemas.Publication]


def answer(request, paging: Paging, queryset: QuerySet, present: str) -> dict:
    """One page of records with links to its neighbours."""
    with translation.override(paging.language):
        count = queryset.count()
        start = (paging.page - 1) * paging.page_size
        records = queryset[start : start + paging.page_size]
        return {
            "count": count,
            "next": page_link(request, paging.page + 1, start + paging.page_size < count),
            "previous": page_link(request, paging.page - 1, paging.page > 1),
            "results": getattr(Presenter(request), present)(records),
        }


def page_link(request, page: int, exists: bool) -> str | None:
    if not exists:
        return None
    query = request.GET.copy()
    query["page"] = page
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def one(request, queryset: QuerySet, key: UUID, language: str, present: str) -> dict:
    with translation.override(language):
        found = getattr(Presenter(request), present)(queryset.filter(translation_key=key)[:1])
    if not found:
        raise Http404
    return found[0]


def best_organisations(language: str) -> QuerySet:
    rank = locale_rank(language)
    better = Organisation.objects.alias(other_rank=rank).filter(
        translation_key=OuterRef("translation_key"), other_rank__lt=OuterRef("own_rank")
    )
    best = Organisation.objects.alias(own_rank=rank).exclude(Exists(better))
    return alphabetical(best.order_by("name", "pk"), language)


def best_pages(model, language: str) -> QuerySet:
    return alphabetical(model.objects.best_for(language).order_by("title", "pk"), language)


@api.get("/projects", response=ProjectList, tags=["projects"])
def list_projects(request, paging: Query[Paging]):
    return answer(request, paging, best_pages(ProjectPage, paging.language), "projects")


@api.get(
    "/projects/{uuid:key}",
    response={200: schemas.Project, 404: schemas.Problem},
    tags=["projects"],
)
def get_project(request, key: UUID, language: Language = "fi"):
    return one(request, best_pages(ProjectPage, language), key, language, "projects")


@api.get("/organisations", response=OrganisationList, tags=["organisations"])
def list_organisations(request, paging: Query[Paging]):
    return answer(request, paging, best_organisations(paging.language), "organisations")


@api.get(
    "/organisations/{uuid:key}",
    response={200: schemas.Organisation, 404: schemas.Problem},
    tags=["organisations"],
)
def get_organisation(request, key: UUID, language: Language = "fi"):
    return one(request, best_organisations(language), key, language, "organisations")


@api.get("/publications", response=PublicationList, tags=["publications"])
def list_publications(request, paging: Query[Paging]):
    return answer(request, paging, best_pages(PublicationPage, paging.language), "publications")


@api.get(
    "/publications/{uuid:key}",
    response={200: schemas.Publication, 404: schemas.Problem},
    tags=["publications"],
)
def get_publication(request, key: UUID, language: Language = "fi"):
    return one(request, best_pages(PublicationPage, language), key, language, "publications")
