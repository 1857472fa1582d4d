from collections.abc import Callable
from functools import partial
from typing import Annotated, Literal
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.utils import translation
from ninja import NinjaAPI, Query, Schema
from pydantic import create_model

from cms.core.alphabet import alphabetical
from projects.models import Organisation, ProjectPage
from projects.public.catalogue import shown_keys
from projects.public.registers import registers
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
    """The organisations that pages show, each once: those of a project, and people's employers."""
    register = registers().organisations
    best = [register.by_key(key, language).pk for key in shown_keys(Organisation)]
    found = Organisation.objects.filter(pk__in=best)
    return alphabetical(found.order_by("name", "pk"), language)


def best_pages(model, language: str) -> QuerySet:
    return alphabetical(model.objects.best_for(language).order_by("title", "pk"), language)


def expose(kind: str, shape: type[Schema], records: Callable[[str], QuerySet]) -> None:
    """Two addresses: all records of a kind, a page at a time, and one of them.

    ``records`` gives them for a language; ``Presenter`` has a method of the kind's name.
    """
    listed = create_model(f"{shape.__name__}List", __base__=PageOf, results=(list[shape], ...))

    @api.get(
        f"/{kind}",
        response=listed,
        tags=[kind],
        operation_id=f"list_{kind}",
        url_name=f"list_{kind}",
        summary=f"All {kind}",
    )
    def list_records(request, paging: Query[Paging]):
        return answer(request, paging, records(paging.language), kind)

    @api.get(
        f"/{kind}/{{uuid:key}}",
        response={200: shape, 404: schemas.Problem},
        tags=[kind],
        operation_id=f"get_{kind}",
        url_name=f"get_{kind}",
        summary=f"One of the {kind}",
    )
    def get_record(request, key: UUID, language: Language = "fi"):
        return one(request, records(language), key, language, kind)


expose("projects", schemas.Project, partial(best_pages, ProjectPage))
expose("organisations", schemas.Organisation, best_organisations)
expose("publications", schemas.Publication, partial(best_pages, PublicationPage))
