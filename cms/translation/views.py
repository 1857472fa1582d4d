"""wagtail-localize's views behind guards: same addresses, asked first who may do what.

wagtail-localize 1.14 asks for too little in these places. Each guard raises
:class:`PermissionDenied` and returns nothing; delete one, and the view that asks it, once upstream
asks for the same.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import OverridableSegment, Translation, TranslationSource
from wagtail_localize.views import convert, edit_translation
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.snippets_api import SnippetViewSet
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
)
from wagtail_localize.views.update_translations import UpdateTranslationsView

from cms.core.concurrency import each_once
from cms.core.permissions import may_look

from . import package_fixes, policy


def locked_for(user, instance) -> bool:
    return isinstance(instance, Page) and bool(instance.permissions_for_user(user).page_locked())


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def require_unlocked(user, instance) -> None:
    if locked_for(user, instance):
        raise PermissionDenied(_("Somebody has locked this page: it can't be changed now."))


def require_word(source: TranslationSource, path: str) -> None:
    """An override may change what a language has for itself; an older source offers more."""
    model = source.specific_content_type.model_class()
    fields = {field.field_name: field for field in get_translatable_fields(model)}
    field = fields.get(path.split(".")[0])
    if field is None or not getattr(field, "overridable", True):
        raise PermissionDenied(_("This is the same in every language: it can't be changed here."))


def translation_of(translation_id: int) -> Translation:
    """With its page or record in the language at hand, or 404."""
    found = get_object_or_404(Translation.objects.select_related("source"), id=translation_id)
    try:
        found.target = found.get_target_instance()
    except ObjectDoesNotExist as gone:
        raise Http404 from gone
    return found


def _of_translation(may: Callable, view: Callable) -> Callable[..., HttpResponse]:
    """Upstream's view of a translation, for whom ``may`` allows it."""

    @wraps(view)
    def guarded(request, translation_id, *args, **kwargs) -> HttpResponse:
        require(may(request.user, translation_of(translation_id)))
        return view(request, translation_id, *args, **kwargs)

    return guarded


preview_translation = _of_translation(policy.may_see, edit_translation.preview_translation)
download_pofile = _of_translation(policy.may_see, edit_translation.download_pofile)


class GuardedSubmit:
    """Submitting is for staff, from the language first written, into those translated by string."""

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        instance = self.get_object()
        if policy.may_edit(request.user, instance) and not policy.is_source(instance):
            messages.error(request, package_fixes.NOT_THE_SOURCE)
            return redirect("wagtailadmin_home")
        require(policy.may_request(request.user, instance))
        return super().dispatch(request, *args, **kwargs)

    def get_form(self) -> Form:
        form = super().get_form()
        locales = form.fields["locales"]
        open_locales = policy.open_locales(self.request.user, self.object)
        locales.queryset = locales.queryset.filter(pk__in=open_locales.values("pk"))
        return form

    @method_decorator(each_once())
    def form_valid(self, form) -> HttpResponse:
        return super().form_valid(form)


class SubmitPage(GuardedSubmit, SubmitPageTranslationView):
    pass


class SubmitSnippet(GuardedSubmit, SubmitSnippetTranslationView):
    pass


class UpdateTranslations(UpdateTranslationsView):
    """Upstream publishes every translation for whoever may submit one."""

    def get_object(self, *args, **kwargs) -> Model:
        source = super().get_object(*args, **kwargs)
        try:
            require(policy.may_request(self.request.user, source.get_source_instance()))
        except ObjectDoesNotExist as gone:
            raise Http404 from gone
        return source

    def form_valid(self, form) -> HttpResponse:
        if form.cleaned_data["publish_translations"]:
            for translation in self.object.translations.filter(enabled=True):
                require(policy.may_publish(self.request.user, translation))
                require_unlocked(self.request.user, translation.get_target_instance())
        return super().form_valid(form)


class TranslationsReport(TranslationsReportView):
    """Upstream tells everybody about everything: titles of drafts, names of people."""

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        require(policy.has_work(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Translation]:
        known = policy.translations_open_to(self.request.user)
        return super().get_queryset().filter(pk__in=known.values("pk")).order_by("-pk")


def convert_to_alias(request, page_id) -> HttpResponse:
    page = get_object_or_404(Page, id=page_id).specific
    require(policy.may_replace(request.user, page))
    require_unlocked(request.user, page)
    return convert.convert_to_alias(request, page_id)


def stop_translation(request, translation_id) -> HttpResponse:
    target = translation_of(translation_id).target
    require(policy.may_stop(request.user, target))
    require_unlocked(request.user, target)
    return edit_translation.stop_translation(request, translation_id)


def _segment_view(view) -> Callable[..., HttpResponse]:
    """A lock answers 403 and a request without a value 400, both in words."""

    @wraps(view)
    def guarded(request, translation_id, *args, **kwargs) -> HttpResponse:
        try:
            translation = translation_of(translation_id)
            require(policy.may_translate(request.user, translation))
            require_unlocked(request.user, translation.target)
            return view(request, translation_id, *args, **kwargs)
        except PermissionDenied as denied:
            return JsonResponse({"detail": str(denied) or _("Permission denied")}, status=403)
        except MultiValueDictKeyError:
            return JsonResponse({"detail": _("The value is missing.")}, status=400)
        except ValidationError as error:
            return JsonResponse({"detail": " ".join(error.messages)}, status=400)

    return guarded


edit_string_translation = _segment_view(edit_translation.edit_string_translation)


@_segment_view
def edit_override(request, translation_id, overridable_segment_id) -> HttpResponse:
    """Taking an override back is always right; a new one is for words alone."""
    if request.method == "PUT":
        source = get_object_or_404(Translation, id=translation_id).source
        segment = get_object_or_404(OverridableSegment, id=overridable_segment_id)
        require_word(source, segment.context.path)
    return edit_translation.edit_override(request, translation_id, overridable_segment_id)


def upload_pofile(request, translation_id) -> HttpResponse:
    """Upstream's view takes a file on trust; here nothing is kept of one with a fault."""
    translation = translation_of(translation_id)
    require(policy.may_translate(request.user, translation))
    require_unlocked(request.user, translation.target)
    file = request.FILES.get("file")
    if file and package_fixes.is_pofile(file):
        try:
            with transaction.atomic():
                return edit_translation.upload_pofile(request, translation_id)
        except ValidationError as error:
            fault = " ".join(error.messages)
    else:
        fault = _("Choose a PO file that was downloaded from this translation, and edit that.")
    messages.error(request, fault)
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))


def machine_translate(request, translation_id) -> HttpResponse:
    translation = translation_of(translation_id)
    require(policy.may_translate(request.user, translation))
    require_unlocked(request.user, translation.target)
    return edit_translation.machine_translate(request, translation_id)


class NamesOfRecords(SnippetViewSet):
    """The names of a register's records, of those that one may see at all."""

    def get_queryset(self) -> QuerySet:
        model = self.get_model()
        require(may_look(self.request.user, model))
        return policy.records_open_to(self.request.user, model)


names_of_records = NamesOfRecords.as_view({"get": "list"})
name_of_record = NamesOfRecords.as_view({"get": "retrieve"})
