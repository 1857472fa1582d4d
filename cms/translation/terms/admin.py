"""The glossary in the admin: staff keep it, translators look words up in it."""

from typing import Any

import django_filters
from django import forms
from django.db import IntegrityError, transaction
from django.db.models import CharField, Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, ButtonWithDropdown
from wagtail.models import Locale
from wagtail.permissions import register_permission_policy

from cms.core.admin.tables import any_case
from cms.core.languages import language_direction, language_label

from ..models import Term, TermWord
from ..registers import GlossaryPolicy
from . import terms_in
from .rules import clashes

register_permission_policy(Term, GlossaryPolicy(Term))


class TermForm(WagtailAdminModelForm):
    """Says beside each word what is wrong with it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # Its sentence names fields and no row.
        self.formsets["words"].validate_unique = lambda: None

    def is_valid(self) -> bool:
        is_valid = super().is_valid()
        formset = self.formsets["words"]
        kept = [one for one in formset.forms if one not in formset.deleted_forms]
        kept = [one for one in kept if one.has_changed() or one.instance.pk]
        if not kept and formset.is_bound:
            formset.non_form_errors().append(_("A term needs a word in some language."))
            return False
        whole = [one for one in kept if one.is_valid()]
        words = [(one.instance.locale_id, one.instance.text, one.instance.kind) for one in whole]
        for number, sentence in clashes(words):
            whole[number].add_error("text", sentence)
            is_valid = False
        return is_valid

    def save(self, commit: bool = True) -> Term:
        """Every word is written anew: two that change places would meet on the way."""
        if commit and self.instance.pk:
            TermWord.objects.filter(term=self.instance.pk).update(
                kind=TermWord.Kind.ALSO, text=Cast("pk", CharField())
            )
        return super().save(commit)


class KeepsWhatWasTyped:
    """Two people may give a term its word in a language at the same moment."""

    def form_valid(self, form) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except IntegrityError:
            self.produced_error_message = self.get_error_message()
            form.add_error(
                None, _("Somebody has changed this term since you opened it: open it again.")
            )
            return self.form_invalid(form)


class AddTerm(KeepsWhatWasTyped, CreateView):
    pass


class EditTerm(KeepsWhatWasTyped, EditView):
    pass


def lacking(terms: QuerySet[Term], language: str) -> QuerySet[Term]:
    """Those without an agreed word in it."""
    agreed = TermWord.objects.filter(
        term=OuterRef("pk"), locale__language_code=language, kind=TermWord.Kind.AGREED
    )
    return terms.filter(~Exists(agreed))


def _languages() -> list[tuple[str, str]]:
    codes = Locale.objects.order_by("pk").values_list("language_code", flat=True)
    return [(code, language_label(code)) for code in codes]


class TermFilterSet(WagtailFilterSet):
    lacks = django_filters.ChoiceFilter(
        label=gettext_lazy("Without an agreed word in"),
        choices=_languages,
        method="by_lacking",
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Term
        fields: list[str] = []

    def by_lacking(self, terms, name, value) -> QuerySet:
        return lacking(terms, value)


class WordsColumn(Column):
    """What a term is called in one language."""

    cell_template_name = "translation/admin/term_cell.html"

    def __init__(self, code: str) -> None:
        super().__init__(f"words_{code.replace('-', '_')}", label=language_label(code))
        self.code = code

    def get_value(self, instance) -> list[TermWord]:
        return [word for word in instance.words.all() if word.locale.language_code == self.code]

    def get_cell_context_data(self, instance, parent_context) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "code": self.code, "direction": language_direction(self.code)}


def terms() -> QuerySet[Term]:
    """With their words, by the agreed word of the site's own language."""
    words = TermWord.objects.select_related("locale")
    named = TermWord.objects.filter(term=OuterRef("pk"), kind=TermWord.Kind.AGREED)
    found = Term.objects.prefetch_related(Prefetch("words", queryset=words))
    return found.annotate(called=Subquery(named.order_by("locale_id").values("text")[:1]))


class TermListing(IndexView):
    paginate_by = 50
    is_searchable = True

    def get_base_queryset(self) -> QuerySet:
        return terms().order_by("called", "pk")

    def search_queryset(self, queryset) -> QuerySet:
        """By any part of any word in any language, and by any form of a whole one."""
        if not self.is_searching:
            return queryset
        said = any_case(["words__text", "words__note", "note"], self.search_query)
        found = set(Term.objects.filter(said).values_list("pk", flat=True))
        for code, _label in _languages():
            for one in terms_in(self.search_query, code, code):
                found |= set(one.terms)
        return queryset.filter(pk__in=found)

    @cached_property
    def header_buttons(self) -> list[Button]:
        """The glossary as a file, for whoever reads it; and from one, for whoever keeps it."""
        named = [("CSV", "terms_csv"), ("TMX", "terms_tmx")]
        files = [Button(n, url=reverse(f"translation:{v}"), icon_name="download") for n, v in named]
        buttons = [
            *super().header_buttons,
            ButtonWithDropdown(_("Download"), icon_name="download", buttons=files),
        ]
        if self.user_has_permission("add") and self.user_has_permission("change"):
            url = reverse("translation:terms_upload")
            buttons.append(Button(_("From a file"), url=url, icon_name="upload"))
        return buttons

    @cached_property
    def columns(self) -> list[Column]:
        title, *_rest = super().columns
        return [title, *(WordsColumn(code) for code, _label in _languages())]


class TermReading(InspectView):
    template_name = "translation/admin/term.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        words = self.object.words.select_related("locale").order_by("locale_id", "kind", "pk")
        rows = [
            {
                "word": word,
                "code": word.locale.language_code,
                "direction": language_direction(word.locale.language_code),
                "language": language_label(word.locale.language_code),
            }
            for word in words
        ]
        return {**super().get_context_data(**kwargs), "rows": rows}


class TermViewSet(ModelViewSet):
    model = Term
    name = url_prefix = "terms"
    icon = "openquote"
    menu_label = gettext_lazy("Terms")
    menu_name = "terms"
    menu_order = 145
    add_to_admin_menu = True
    index_view_class, inspect_view_class = TermListing, TermReading
    add_view_class, edit_view_class = AddTerm, EditTerm
    index_template_name = "translation/admin/terms.html"
    index_results_template_name = "translation/admin/terms_results.html"
    filterset_class = TermFilterSet
    inspect_view_enabled = True
    copy_view_enabled = False
    search_backend_name = None
    search_fields = ["words__text"]
    list_display = ["__str__"]
    edit_handler = ObjectList(
        [
            InlinePanel(
                "words",
                [
                    FieldRowPanel([FieldPanel("locale"), FieldPanel("kind")]),
                    FieldPanel("text"),
                    FieldPanel("note"),
                ],
                heading=gettext_lazy("Words"),
                label=gettext_lazy("word"),
                help_text=gettext_lazy(
                    "One agreed word a language. Any other may be used too, or is not to be used; "
                    "its note says why. Inflected forms are found by themselves."
                ),
            ),
            FieldPanel("note"),
        ],
        base_form_class=TermForm,
    )
