"""Choosing an organisation or a person while editing a project, and adding one there and then."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Locale
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from cms.core.alphabet import alphabetical
from cms.core.permissions import may_look

from ..models import Organisation, Person
from .columns import public_until_tags


class LookMixin:
    """Wagtail shows the records in a chooser to everybody who may enter the admin."""

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if not may_look(request.user, self.model_class):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class LocaleFirstMixin(LookMixin):
    """Offers the records of the site's own language first: a project refers to those."""

    extra_columns: list[Column] = []
    related: list[str] = []

    def get_filter_form(self) -> Form:
        data = self.request.GET.copy()
        data.setdefault("locale", Locale.get_default().language_code)
        return self.get_filter_form_class()(data)

    def get_object_list(self) -> QuerySet:
        return super().get_object_list().select_related("locale", *self.related)

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

    def _view(self, view_class) -> type[View]:
        return type(
            view_class.__name__,
            (LocaleFirstMixin, view_class),
            {"extra_columns": self.extra_columns, "related": self.related},
        )

    @property
    def choose_view_class(self) -> type[View]:
        return self._view(ChooseView)

    @property
    def choose_results_view_class(self) -> type[View]:
        return self._view(ChooseResultsView)

    @property
    def chosen_view_class(self) -> type[View]:
        return type("ChosenView", (LookMixin, super().chosen_view_class), {})

    @property
    def chosen_multiple_view_class(self) -> type[View]:
        return type("ChosenMultipleView", (LookMixin, super().chosen_multiple_view_class), {})


class OrganisationChooser(SnippetChooser):
    extra_columns = [
        Column("short_name", label=_("Short name")),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
    ]
    form_fields = ["name", "short_name", "kind", "is_member", "website"]
    creation_tab_label = _("Add a new organisation")
    create_action_label = _("Add and choose")


class NewPersonForm(forms.ModelForm):
    """Organisations of the site's own language alone, and a calendar for the last day."""

    class Meta:
        model = Person
        fields = ["name", "title", "organisation", "email", "phone", "public_until"]
        widgets = {"public_until": AdminDateInput}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        own = alphabetical(Organisation.objects.filter(locale=Locale.get_default()))
        self.fields["organisation"].queryset = own


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
