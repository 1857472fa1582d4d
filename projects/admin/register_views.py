"""How registers are listed and edited: what projects refer to, and how many projects do."""

from collections import Counter, defaultdict

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, QuerySet, When
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.core.admin import TranslatableSnippetListing
from cms.core.content_epoch import held
from cms.translation.fact_panels import FactsForm, FactsPanel

from ..public.catalogue import catalogue
from ..public.registers import Register, registers


@held
def project_counts(rows: str) -> Counter:
    """How many projects name a record in these rows of facts, drafts too.

    By translation key, for whatever the language it is the same record; places by primary key.
    """
    register = getattr(
        registers(), {"funding": "organisations", "contacts": "people"}.get(rows, rows)
    )
    key_of = register.keys.get if isinstance(register, Register) else int
    return Counter(
        key
        for facts in catalogue().facts.values()
        for key in {key_of(row[0]) for row in getattr(facts, rows) if row[0]}
    )


class CountedListing:
    """Mixed into the listing of a register. ``counted``: name of a column → rows of facts."""

    counted: dict[str, str] = {}

    def count(self, records: list) -> list:
        for name, rows in self.counted.items():
            for record in records:
                key = getattr(record, "translation_key", record.pk)
                setattr(record, name, project_counts(rows)[key])
        return records

    def paginate_queryset(self, queryset, page_size) -> tuple[Paginator, Page, list, bool]:
        paginator, page, records, is_paginated = super().paginate_queryset(queryset, page_size)
        page.object_list = self.count(list(records))
        return paginator, page, page.object_list, is_paginated

    def to_row_dict(self, item) -> dict:
        self.count([item])
        return super().to_row_dict(item)

    def order_queryset(self, queryset) -> QuerySet:
        name = (self.ordering or "").lstrip("-")
        if name not in self.counted:
            return super().order_queryset(queryset)
        having: dict[int, list] = defaultdict(list)
        for key, number in project_counts(self.counted[name]).items():
            having[number].append(key)
        field = "translation_key" if hasattr(self.model, "translation_key") else "pk"
        counts = (When(**{f"{field}__in": keys}, then=n) for n, keys in having.items())
        number = Case(*counts, default=0, output_field=IntegerField())
        return queryset.alias(**{name: number}).order_by(self.ordering, "pk")


class RegisterListing(CountedListing, TranslatableSnippetListing):
    """Of records with a version for each language."""


class RegisterViewSet(SnippetViewSet):
    """``counted`` as in :class:`CountedListing`."""

    counted: dict[str, str] = {}
    index_view_class = RegisterListing
    ordering = "name"
    list_per_page = 50
    copy_view_enabled = False
    search_backend_name = None

    def get_index_view_kwargs(self, **kwargs) -> dict:
        return super().get_index_view_kwargs(counted=self.counted, **kwargs)

    def get_edit_handler(self) -> ObjectList:
        panels = [*self.panels, FactsPanel(heading=_("Facts"))]
        return ObjectList(panels, base_form_class=FactsForm).bind_to_model(self.model)
