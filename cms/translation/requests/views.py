"""Where staff ask for translations, and see how far what they asked for is."""

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Locale, Page

from cms.core.languages import language_label

from .. import policy
from ..facts.page_views import OfKnownPages
from ..facts.records import FactsRecord
from ..translators import nobody_translates
from . import ask, open_below
from .detail import RequestDetail, RequestList, title_of

__all__ = ["ask"]


class RequestForm(forms.Form):
    locales = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Into which languages"),
        queryset=Locale.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose a language at least.")},
    )
    branch = forms.BooleanField(label=gettext_lazy("What is below them too"), required=False)
    due_on = forms.DateField(label=gettext_lazy("Due"), required=False, widget=AdminDateInput)
    note = forms.CharField(
        label=gettext_lazy("Note to the translators"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, locales, below: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["locales"].queryset = locales
        self.fields["locales"].label_from_instance = lambda one: language_label(one.language_code)
        self.fields["locales"].help_text = nobody_translates(locales)
        if not below:
            del self.fields["branch"]
            return
        self.fields["branch"].help_text = ngettext(
            "%(count)s public page. Only what is new is asked for: what was translated or "
            "requested in a language stays as it is.",
            "%(count)s public pages. Only what is new is asked for: what was translated or "
            "requested in a language stays as it is.",
            below,
        ) % {"count": below}

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This day has passed."))
        return day


class AskView(WagtailAdminTemplateMixin, FormView):
    """``pages`` and ``<app>.<model>`` in the address name what is meant, ``locale`` a language."""

    template_name = "translation/admin/request.html"
    page_title = gettext_lazy("Ask for translations")
    header_icon = "wagtail-localize-language"
    form_class = RequestForm
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if not policy.as_staff(request.user, policy.SUBMIT):
            raise PermissionDenied
        asked = named_in(request.GET)
        if not asked:
            raise Http404
        self.instances = [each for each in asked if policy.may_request(request.user, each)]
        self.left_out = [each for each in asked if each not in self.instances]
        if not self.instances:
            raise PermissionDenied(_("You may not have this translated, or it is a translation."))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {each.locale_id for each in self.instances}
        locales = Locale.objects.exclude(language_code__in=policy.WRITTEN_BY_HAND)
        if len(self.instances) == 1:
            locales = policy.open_locales(self.request.user, self.instances[0])
        elif len(own) == 1:
            locales = locales.exclude(pk__in=own)
        pages = [each for each in self.instances if isinstance(each, Page) and each.numchild]
        below = len(open_below(self.request.user, pages)) if pages else 0
        return {**super().get_form_kwargs(), "locales": locales.order_by("pk"), "below": below}

    def get_initial(self) -> dict[str, Any]:
        chosen = [pk for pk in self.request.GET.getlist("locale") if pk.isdecimal()]
        return {"locales": chosen[:20]}

    def form_valid(self, form) -> HttpResponse:
        try:
            made = ask(self.request.user, self.instances, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Asked for. Here you see how far it is."))
        return redirect("translation:request_detail", made.pk)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "things": [title_of(each) for each in self.instances],
            "left_out": [title_of(each) for each in self.left_out],
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


def named_in(query) -> list[Model]:
    """Pages and records that an address names; what is not there is passed over."""
    found: list[Model] = []
    for name in query:
        keys = [key for text in query.getlist(name) for key in text.split(",")]
        keys = [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 18]
        if name == "pages":
            found += Page.objects.filter(pk__in=keys, depth__gt=1).order_by("path")
        elif (model := register_named(name)) is not None:
            found += model.objects.filter(pk__in=keys).order_by("pk")
    return found


def register_named(name: str) -> type[FactsRecord] | None:
    try:
        model = apps.get_model(name)
    except (LookupError, ValueError):
        return None
    return model if issubclass(model, FactsRecord) else None


def request_url(*instances: Model) -> str:
    """Of the form that asks for these."""
    chosen = defaultdict(list)
    for each in instances:
        chosen["pages" if isinstance(each, Page) else each._meta.label_lower].append(str(each.pk))
    query = urlencode({name: ",".join(keys) for name, keys in chosen.items()}, safe=",")
    return f"{reverse('translation:request')}?{query}"


class AskBulk(OfKnownPages, PageBulkAction):
    """Leads to the form with the ticked pages in it."""

    display_name = gettext_lazy("Translate")
    aria_label = gettext_lazy("Translate: ask for translations of the selected pages")
    action_type = "ask_for_translations"
    action_priority = 60

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        pages, _without_access = self.get_actionable_objects()
        return redirect(request_url(*pages))


urlpatterns = [
    path("requests/", RequestList.as_view(), name="requests"),
    path("requests/ask/", AskView.as_view(), name="request"),
    path("requests/<int:request_id>/", RequestDetail.as_view(), name="request_detail"),
]
