"""Municipalities and regions: lists of the official places, to look at alone."""

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, NumberColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSet

from cms.core.admin.tables import any_case
from cms.core.lists import alphabetical

from ..models import Municipality, Region
from . import CountedListing


class MunicipalityFilterSet(WagtailFilterSet):
    region = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Region"),
        queryset=lambda request: alphabetical(Region.objects.all()),
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = Municipality
        fields = ["in_force"]


class PlaceListing(CountedListing, IndexView):
    paginate_by = 50
    default_ordering = "name_fi"
    is_searchable = True
    search_fields = ["name_fi", "name_sv", "code"]

    def search_queryset(self, queryset) -> QuerySet:
        if not self.is_searching:
            return queryset
        return queryset.filter(any_case(self.search_fields, self.search_query))


class MunicipalityListing(PlaceListing):
    counted = {"projects": "municipalities"}
    columns = [
        Column("name_fi", label=gettext_lazy("Name in Finnish"), sort_key="name_fi"),
        Column("name_sv", label=gettext_lazy("Name in Swedish"), sort_key="name_sv"),
        Column("code", label=gettext_lazy("Code"), sort_key="code"),
        Column(
            "region",
            label=gettext_lazy("Region"),
            accessor="region.name",
            sort_key="region__name_fi",
        ),
        BooleanColumn("in_force", label=gettext_lazy("In force"), sort_key="in_force"),
        Column("successor", label=gettext_lazy("Merged into"), accessor="successor.name"),
        Column("year", label=gettext_lazy("List of the year"), sort_key="year"),
        NumberColumn("projects", label=gettext_lazy("Projects"), sort_key="projects"),
    ]

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().select_related("region", "successor")


class RegionListing(PlaceListing):
    counted = {"projects": "regions"}
    columns = [
        Column("name_fi", label=gettext_lazy("Name in Finnish"), sort_key="name_fi"),
        Column("name_sv", label=gettext_lazy("Name in Swedish"), sort_key="name_sv"),
        Column("name_en", label=gettext_lazy("Name in English"), sort_key="name_en"),
        Column("code", label=gettext_lazy("Code"), sort_key="code"),
        Column("year", label=gettext_lazy("List of the year"), sort_key="year"),
        NumberColumn("projects", label=gettext_lazy("Projects"), sort_key="projects"),
    ]


class PlaceViewSet(ViewSet):
    """A listing without any way to add, change or delete."""

    model = None
    listing_class = PlaceListing
    filterset_class = None
    icon = "globe"

    def get_urlpatterns(self) -> list[URLPattern]:
        kwargs = {
            "model": self.model,
            "header_icon": self.icon,
            "index_url_name": self.get_url_name("index"),
            "index_results_url_name": self.get_url_name("index_results"),
            "filterset_class": self.filterset_class,
            "page_title": self.menu_label,
        }
        view = self.construct_view(self.listing_class, **kwargs)
        results = self.construct_view(self.listing_class, **kwargs, results_only=True)
        return [path("", view, name="index"), path("results/", results, name="index_results")]


class MunicipalityViewSet(PlaceViewSet):
    name = "municipalities"
    model = Municipality
    listing_class = MunicipalityListing
    filterset_class = MunicipalityFilterSet
    menu_label = gettext_lazy("Municipalities")
    menu_order = 60


class RegionViewSet(PlaceViewSet):
    name = "regions"
    model = Region
    listing_class = RegionListing
    menu_label = gettext_lazy("Regions")
    menu_order = 70
