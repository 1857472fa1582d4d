from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.models import Page


def search(request):
    query = request.GET.get("query")
    found = Page.objects.live().search(query) if query else Page.objects.none()
    page = Paginator(found, 20).get_page(request.GET.get("page"))
    return TemplateResponse(
        request, "plain/search.html", {"search_query": query, "search_results": page}
    )


urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("search/", search, name="search"),
    path("", include(wagtail_urls)),
]
