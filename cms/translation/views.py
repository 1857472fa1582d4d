"""wagtail-localize's views behind the guards of ``guards.py``; same addresses, asked first."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params
from wagtail_localize.models import OverridableSegment, Translation
from wagtail_localize.views import convert, edit_translation
from wagtail_localize.views.snippets_api import SnippetViewSet
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
)
from wagtail_localize.views.update_translations import UpdateTranslationsView

from cms.core.permissions import may_look

from . import guards, hygiene


class GuardedSubmit:
    """Submitting asks for the right to edit: the source, and the place where the copy lands."""

    def get_object(self, *args, **kwargs):
        instance = super().get_object(*args, **kwargs)
        guards.require_edit(self.request.user, instance)
        return instance

    def get_form(self):
        form = super().get_form()
        locales = form.fields["locales"]
        locales.queryset = guards.locales_open_to(self.request.user, self.object, locales.queryset)
        return form


class SubmitPage(GuardedSubmit, SubmitPageTranslationView):
    pass


class SubmitSnippet(GuardedSubmit, SubmitSnippetTranslationView):
    pass


class UpdateTranslations(UpdateTranslationsView):
    """Upstream publishes every translation for whoever may submit one."""

    def get_object(self, *args, **kwargs):
        source = super().get_object(*args, **kwargs)
        guards.require_edit(self.request.user, source.get_source_instance())
        return source

    def form_valid(self, form):
        if form.cleaned_data["publish_translations"]:
            guards.require_publish_of_all(self.request.user, self.object)
        return super().form_valid(form)


def convert_to_alias(request, page_id):
    page = get_object_or_404(Page, id=page_id)
    guards.require_publish(request.user, page)
    guards.require_unlocked(request.user, page)
    return convert.convert_to_alias(request, page_id)


def stop_translation(request, translation_id):
    instance = guards.target_of(translation_id)
    guards.require_publish(request.user, instance)
    guards.require_unlocked(request.user, instance)
    return edit_translation.stop_translation(request, translation_id)


def _segment_view(view):
    """A lock answers 403 and a request without a value 400, both in words."""

    @wraps(view)
    def guarded(request, translation_id, *args, **kwargs):
        try:
            guards.require_unlocked(request.user, guards.target_of(translation_id))
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
def edit_override(request, translation_id, overridable_segment_id):
    """Taking an override back is always right; a new one is for words alone."""
    if request.method == "PUT":
        source = get_object_or_404(Translation, id=translation_id).source
        segment = get_object_or_404(OverridableSegment, id=overridable_segment_id)
        guards.require_word(source, segment.context.path)
    return edit_translation.edit_override(request, translation_id, overridable_segment_id)


def upload_pofile(request, translation_id):
    """Upstream's view takes a file on trust; here nothing is kept of one with a fault."""
    guards.require_unlocked(request.user, guards.target_of(translation_id))
    file = request.FILES.get("file")
    if file and hygiene.is_pofile(file):
        try:
            with transaction.atomic():
                return edit_translation.upload_pofile(request, translation_id)
        except ValidationError as error:
            fault = " ".join(error.messages)
    else:
        fault = _("Choose a PO file that was downloaded from this translation, and edit that.")
    messages.error(request, fault)
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))


def machine_translate(request, translation_id):
    guards.require_unlocked(request.user, guards.target_of(translation_id))
    return edit_translation.machine_translate(request, translation_id)


def _names_view(methods: dict):
    """The names of a register's records, for those who may see them at all."""
    view = SnippetViewSet.as_view(methods)

    @wraps(view)
    def guarded(request, app_label, model_name, **kwargs):
        if not may_look(request.user, get_snippet_model_from_url_params(app_label, model_name)):
            raise PermissionDenied
        return view(request, app_label=app_label, model_name=model_name, **kwargs)

    return guarded


names_of_records = _names_view({"get": "list"})
name_of_record = _names_view({"get": "retrieve"})
