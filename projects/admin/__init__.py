"""What editors see of projects: listings, registers, choosers and the front page of the admin.

Here, what the registers share: how records are listed, edited, and chosen for a project.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Model, QuerySet, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.snippets.views.chooser import BaseSnippetChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.core.admin import TranslatableSnippetListing
from cms.core.content_epoch import held
from cms.core.permissions import may_look
from cms.translation.facts.panels import FactsForm, FactsPanel
from cms.translation.policy import (
    opening_language,
    records_open_to,
    records_to_choose,
    sees_some_only,
)
from cms.users.members import own_keys

from ..public import Register, registers
from ..public.catalogue import catalogue
from ..twins.forms import TwinsForm
from .deleting import RecordDelete
from .missing import public_until_tags
from .people import KnownPictures, NewPersonForm


class LookMixin:
    """Wagtail shows the records in a chooser to everybody who may enter the admin."""

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if not may_look(request.user, self.model_class):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_creation_form_class(self) -> type[forms.ModelForm] | None:
        """With likely twins at the name."""
        form = super().get_creation_form_class()
        return form and type(form.__name__, (TwinsForm, form), {"for_user": self.request.user})

    def get_object(self, pk) -> Model:
        return records_to_choose(self.request.user, self.model_class).get(pk=pk)

    def get_objects(self, pks) -> QuerySet:
        return records_to_choose(self.request.user, self.model_class).filter(pk__in=pks)


class LocaleFirstMixin(LookMixin):
    """Offers the records of the site's own language first: a project refers to those."""

    extra_columns: list[Column] = []
    related: list[str] = []

    def get_filter_form(self) -> forms.Form:
        data = self.request.GET.copy()
        data.setdefault("locale", opening_language(self.request.user))
        return self.get_filter_form_class()(data)

    def get_object_list(self) -> QuerySet:
        records = records_to_choose(self.request.user, self.model_class).filter(is_draft=False)
        return records.select_related("locale", *self.related)

    @property
    def columns(self) -> list[Column]:
        title, *rest = super().columns
        return [title, *self.extra_columns, *rest]


class SnippetChooser(SnippetChooserViewSet):
    """Subclasses say which ``columns`` and ``related`` records the lists show."""

    per_page = 20
    # Wagtail translates its own labels when it starts, into whatever language that is.
    page_title = _("Choose")
    search_tab_label = _("Search")
    extra_columns: list[Column] = []
    related: list[str] = []

    def construct_view(self, view_class: type[View], **kwargs) -> Callable:
        mixin = LocaleFirstMixin if issubclass(view_class, BaseSnippetChooseView) else LookMixin
        shown = {"extra_columns": self.extra_columns, "related": self.related}
        mixed = type(view_class.__name__, (mixin, view_class), shown)
        return super().construct_view(mixed, **kwargs)


class OrganisationChooser(SnippetChooser):
    extra_columns = [
        Column("short_name", label=_("Short name")),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
    ]
    form_fields = ["name", "short_name", "kind", "is_member", "website"]
    creation_tab_label = _("Add a new organisation")
    create_action_label = _("Add and choose")


class PersonChooser(SnippetChooser):
    extra_columns = [
        Column("organisation", label=_("Organisation")),
        Column(
            "public_until",
            label=_("Shown until"),
            accessor=lambda person: ", ".join(text for text, _warns in public_until_tags(person)),
        ),
    ]
    related = ["organisation"]
    creation_form_class = NewPersonForm
    creation_tab_label = _("Add a new person")
    create_action_label = _("Add and choose")


class ProgrammeChooser(SnippetChooser):
    extra_columns = [Column("publicity", label=_("Publicity"), accessor="get_publicity_display")]


class TermChooser(SnippetChooser):
    form_fields = ["name", "slug"]
    creation_tab_label = _("Add a new one")
    create_action_label = _("Add and choose")


@held
def project_counts(rows: str) -> Counter:
    """How many projects name a record in these rows of facts, drafts too.

    By translation key, for whatever the language it is the same record; places by primary key.
    """
    return _count(rows, catalogue().facts.keys())


def _count(rows: str, projects: Collection) -> Counter:
    register = getattr(
        registers(), {"funding": "organisations", "contacts": "people"}.get(rows, rows)
    )
    key_of = register.keys.get if isinstance(register, Register) else int
    return Counter(
        key
        for project, facts in catalogue().facts.items()
        if project in projects
        for key in {key_of(row[0]) for row in getattr(facts, rows) if row[0]}
    )


class CountedListing:
    """Mixed into the listing of a register. ``counted``: name of a column → rows of facts."""

    counted: dict[str, str] = {}

    def counts(self, rows: str) -> Counter:
        own = own_keys(self.request.user)
        return project_counts(rows) if own is None else _count(rows, own)

    def count(self, records: list) -> list:
        for name, rows in self.counted.items():
            counts = self.counts(rows)
            for record in records:
                key = getattr(record, "translation_key", record.pk)
                setattr(record, name, counts[key])
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
        for key, number in self.counts(self.counted[name]).items():
            having[number].append(key)
        field = "translation_key" if hasattr(self.model, "translation_key") else "pk"
        counts = (When(**{f"{field}__in": keys}, then=n) for n, keys in having.items())
        number = Case(*counts, default=0, output_field=IntegerField())
        return queryset.alias(**{name: number}).order_by(self.ordering, "pk")


class RegisterListing(CountedListing, TranslatableSnippetListing):
    """Of records with a version for each language; translators see theirs."""

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset() & records_open_to(self.request.user, self.model)

    def get_edit_url(self, instance) -> str | None:
        may = self.user_has_permission_for_instance("change", instance)
        return super().get_edit_url(instance) if may else None


class OneRecordMixin:
    """Wagtail asks for the right to some record, where it may be there for a few alone."""

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if "pk" in kwargs and sees_some_only(request.user):
            record = get_object_or_404(self.model, pk=unquote(str(kwargs["pk"])))
            asked = self.any_permission_required or [self.permission_required]
            if not any(self.user_has_permission_for_instance(one, record) for one in asked):
                raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class RecordForm(KnownPictures, TwinsForm, FactsForm):
    """Of a register: asks about likely twins."""


class RegisterViewSet(SnippetViewSet):
    """``counted`` as in :class:`CountedListing`."""

    counted: dict[str, str] = {}
    base_form_class = RecordForm
    index_view_class = RegisterListing
    delete_view_class = RecordDelete
    delete_template_name = "projects/admin/confirm_delete_languages.html"
    ordering = "name"
    list_per_page = 50
    copy_view_enabled = False
    search_backend_name = None

    def get_index_view_kwargs(self, **kwargs) -> dict:
        return super().get_index_view_kwargs(counted=self.counted, **kwargs)

    def construct_view(self, view_class: type[View], **kwargs) -> Callable:
        if issubclass(view_class, PermissionCheckedMixin):
            view_class = type(view_class.__name__, (OneRecordMixin, view_class), {})
        return super().construct_view(view_class, **kwargs)

    def get_edit_handler(self) -> ObjectList:
        panels = [*self.panels, FactsPanel(heading=_("Facts"))]
        handler = ObjectList(panels, base_form_class=self.base_form_class)
        return handler.bind_to_model(self.model)
