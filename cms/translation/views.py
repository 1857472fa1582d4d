"""wagtail-localize's views behind guards: same addresses, asked first who may do what.

wagtail-localize 1.14 asks for too little in these places. Each guard raises
:class:`PermissionDenied` and returns nothing; delete one, and the view that asks it, once upstream
asks for the same.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views import convert, edit_translation
from wagtail_localize.views.snippets_api import SnippetViewSet
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
)
from wagtail_localize.views.update_translations import UpdateTranslationsView

from cms.core.permissions import may_look

from . import package_fixes, policy
from .editor import machine, saving, service
from .exchange import downloads
from .requests.views import ask, request_url
from .strings.changes import bring_up_to_date
from .strings.safeguards import lacking_words, not_translated


def locked_for(user, instance) -> bool:
    return isinstance(instance, Page) and bool(instance.permissions_for_user(user).page_locked())


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def require_unlocked(user, instance) -> None:
    if locked_for(user, instance):
        raise PermissionDenied(_("Somebody has locked this page: it can't be changed now."))


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
download_pofile = _of_translation(policy.may_see, downloads.file_of)
upload_pofile = _of_translation(policy.may_translate, saving.upload_po)


class AsksInstead:
    """Upstream makes all of it in one transaction while somebody waits: here it is asked for."""

    def get(self, request, *args, **kwargs) -> HttpResponse:
        return redirect(request_url(self.object))

    def form_valid(self, form) -> HttpResponse:
        chosen, branch = form.cleaned_data["locales"], form.cleaned_data["include_subtree"]
        try:
            made = ask(self.request.user, [self.object], chosen, branch=branch)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(request_url(self.object))
        return redirect("translation:request_detail", made.pk)


class GuardedSubmit:
    """Submitting is for staff, from the language first written, into those translated by string."""

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        try:
            instance = self.get_object()
        except ValueError as no_key:  # Upstream asks the database for whatever is sent.
            raise Http404 from no_key
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


class SubmitPage(AsksInstead, GuardedSubmit, SubmitPageTranslationView):
    pass


class SubmitSnippet(AsksInstead, GuardedSubmit, SubmitSnippetTranslationView):
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

    def get_form(self) -> Form:
        """A machine is asked in the editor, where its words are read."""
        form = super().get_form()
        form.fields.pop("use_machine_translation", None)
        form.fields["publish_translations"].help_text = ""
        return form

    def form_valid(self, form) -> HttpResponse:
        """What lacks words is not published: the translators are asked for them first."""
        if form.cleaned_data["publish_translations"]:
            translations = self.object.translations.filter(enabled=True)
            for translation in translations:
                require(policy.may_publish(self.request.user, translation))
                require_unlocked(self.request.user, translation.get_target_instance())
            bring_up_to_date(self.object)
            if lacking := lacking_words(translations):
                messages.error(self.request, not_translated(lacking))
                return self.render_to_response(self.get_context_data(**self.kwargs))
        return super().form_valid(form)


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
    """What is refused is refused in words: 403, or 400 for what was sent."""

    @wraps(view)
    def guarded(request, translation_id, *args, **kwargs) -> HttpResponse:
        try:
            require(policy.may_translate(request.user, translation_of(translation_id)))
            return view(request, translation_id, *args, **kwargs)
        except PermissionDenied as denied:
            return JsonResponse({"detail": str(denied) or _("Permission denied")}, status=403)
        except MultiValueDictKeyError:
            return JsonResponse({"detail": _("The value is missing.")}, status=400)
        except ValidationError as error:
            return JsonResponse({"detail": " ".join(error.messages)}, status=400)

    return guarded


edit_string_translation = _segment_view(saving.put_string)
edit_override = _segment_view(saving.put_override)


@require_POST
def machine_translate(request, translation_id) -> HttpResponse:
    translation = translation_of(translation_id)
    require(policy.may_translate(request.user, translation))
    require_unlocked(request.user, translation.target)
    chosen = service.chosen()
    if not chosen or not chosen.can_translate(translation.source.locale, translation.target_locale):
        raise Http404
    try:
        outcome = machine.translate(translation, request.user, chosen)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        told = {"count": outcome.taken, "name": chosen.display_name}
        if outcome.taken:
            messages.success(request, outcome.said % told)
        elif not outcome.left:
            messages.warning(request, _("Nothing is left to translate."))
        for sentence in outcome.warnings:
            messages.warning(request, sentence)
    back = get_valid_next_url_from_request(request)
    return redirect(back or reverse("translation:edit", args=[translation_id]))


class NamesOfRecords(SnippetViewSet):
    """The names of a register's records, of those that one may see at all."""

    def get_queryset(self) -> QuerySet:
        model = self.get_model()
        require(may_look(self.request.user, model))
        return policy.records_open_to(self.request.user, model)


names_of_records = NamesOfRecords.as_view({"get": "list"})
name_of_record = NamesOfRecords.as_view({"get": "retrieve"})
