"""The open data of the site: projects, organisations, publications and news, read-only, as JSON.

Its addresses take HEAD wherever they take GET, as HTTP has it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Literal
from uuid import UUID

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponseBase
from django.utils import timezone, translation
from ninja import NinjaAPI, Query, Schema
from pydantic import create_model

from cms.core.lists import alphabetical
from cms.core.routing import reads
from news.models import NewsPage
from projects.models import Organisation, ProjectPage
from projects.public import registers
from projects.public.addresses import shown_keys
from publications.models import PublicationPage

from . import records, schemas

Language = Literal[tuple(code for code, _name in settings.LANGUAGES)]

api = NinjaAPI(
    title="Katto open data",
    version="1",
    description=(
        "Projects, organisations, publications, news and events of the association, read-only. "
        "Every record is given once: in the language asked for if it exists, else in the best "
        "other one."
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
        found = queryset[start : start + paging.page_size]
        links: dict[str, str | None] = {"next": None, "previous": None}
        for name, page, exists in (
            ("next", paging.page + 1, start + paging.page_size < count),
            ("previous", paging.page - 1, paging.page > 1),
        ):
            if exists:
                query = request.GET.copy()
                query["page"] = page
                links[name] = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        results = getattr(records.Presenter(request), present)(found)
        return {"count": count, **links, "results": results}


def one(request, queryset: QuerySet, key: UUID, language: str, present: str) -> dict:
    with translation.override(language):
        found = getattr(records.Presenter(request), present)(
            queryset.filter(translation_key=key)[:1]
        )
    if not found:
        raise Http404
    return found[0]


def best(model, language: str) -> QuerySet:
    """Each record once, in the best language.

    Of organisations those that pages show: those of a project, and people's employers.
    """
    if model is Organisation:
        register = registers().organisations
        shown = [
            register.by_key(key, language).pk
            for key in shown_keys(Organisation, timezone.localdate())
        ]
        return alphabetical(model.objects.filter(pk__in=shown).order_by("name", "pk"), language)
    return alphabetical(model.objects.best_for(language).order_by("title", "pk"), language)


def expose(kind: str, model: type[Model], shape: type[Schema]) -> None:
    """Two addresses: all records of a kind, a page at a time, and one of them.

    ``Presenter`` has a method of the kind's name.
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
    def list_records(request, paging: Query[Paging]) -> dict:
        return answer(request, paging, best(model, paging.language), kind)

    @api.get(
        f"/{kind}/{{uuid:key}}",
        response={200: shape, 404: schemas.Problem},
        tags=[kind],
        operation_id=f"get_{kind}",
        url_name=f"get_{kind}",
        summary=f"One of the {kind}",
    )
    def get_record(request, key: UUID, language: Language = "fi") -> dict:
        return one(request, best(model, language), key, language, kind)


expose("projects", ProjectPage, schemas.Project)
expose("organisations", Organisation, schemas.Organisation)
expose("publications", PublicationPage, schemas.Publication)
expose("news", NewsPage, schemas.NewsItem)


@api.get(
    "/subjects",
    response=list[schemas.Subject],
    tags=["subjects"],
    operation_id="list_subjects",
    url_name="list_subjects",
    summary="Programmes, places, themes and target groups of public projects",
)
def list_subjects(request, language: Language = "fi") -> list[dict]:
    with translation.override(language):
        return records.subjects(request, language)


def head_as_get(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """``view`` answering HEAD as GET; whoever serves the answer leaves out its body."""

    @wraps(view)
    def answer(request, *args, **kwargs) -> HttpResponseBase:
        asked, request.method = request.method, "GET"
        try:
            return view(request, *args, **kwargs)
        finally:
            request.method = asked

    return answer


patterns, app_name, namespace = api.urls
for pattern in patterns:
    pattern.callback = reads(head_as_get(pattern.callback))
urls = (patterns, app_name, namespace)
