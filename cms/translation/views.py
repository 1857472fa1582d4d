"""wagtail-localize's views behind guards: same addresses, asked first who may do what.

wagtail-localize 1.14 asks for too little in these places. Each guard raises
:class:`PermissionDenied` and returns nothing; delete one, and the view that asks it, once upstream
asks for the same.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params
from wagtail_localize.models import Translation
from wagtail_localize.views import convert, edit_translation
from wagtail_localize.views.snippets_api import SnippetViewSet
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
)
from wagtail_localize.views.update_translations import UpdateTranslationsView

from cms.core.permissions import may_look

from . import saving
from .changes import bring_up_to_date
from .requests import ask, request_url
from .safeguards import lacking_words, not_translated


def may_edit(user, instance) -> bool:
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return policy_registry.get_by_type(type(instance)).user_has_permission(user, "change")


def locked_for(user, instance) -> bool:
    return isinstance(instance, Page) and bool(instance.permissions_for_user(user).page_locked())


def require_edit(user, instance) -> None:
    if not may_edit(user, instance):
        raise PermissionDenied


def require_unlocked(user, instance) -> None:
    if locked_for(user, instance):
        raise PermissionDenied(_("Somebody has locked this page: it can't be changed now."))


def require_publish(user, instance) -> None:
    """Publishing rights on a page that nobody else has locked; a snippet has no draft, so its right
    to change is that.
    """
    require_edit(user, instance)
    if isinstance(instance, Page) and not instance.permissions_for_user(user).can_publish():
        raise PermissionDenied
    require_unlocked(user, instance)


def target_of(translation_id: int) -> Model:
    """The translated page or snippet of a translation, or 404."""
    return get_object_or_404(Translation, id=translation_id).get_target_instance()


def locales_open_to(user, instance, locales) -> QuerySet[Locale]:
    """Of the locales, those in which the user may edit where the translation would land.

    A locale without a translated parent has no page to hold rights on; there the right on the
    source decides.
    """
    if not isinstance(instance, Page):
        return locales
    parents = instance.get_parent().get_translations(inclusive=True).filter(locale__in=locales)
    closed = [parent.locale_id for parent in parents.specific() if not may_edit(user, parent)]
    return Locale.objects.filter(pk__in=locales.values("pk")).exclude(pk__in=closed)


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
    """Submitting asks for the right to edit: the source, and the place where the copy lands."""

    def get_object(self, *args, **kwargs) -> Model:
        instance = super().get_object(*args, **kwargs)
        require_edit(self.request.user, instance)
        return instance

    def get_form(self) -> Form:
        form = super().get_form()
        locales = form.fields["locales"]
        locales.queryset = locales_open_to(self.request.user, self.object, locales.queryset)
        return form


class SubmitPage(AsksInstead, GuardedSubmit, SubmitPageTranslationView):
    pass


class SubmitSnippet(AsksInstead, GuardedSubmit, SubmitSnippetTranslationView):
    pass


class UpdateTranslations(UpdateTranslationsView):
    """Upstream publishes every translation for whoever may submit one."""

    def get_object(self, *args, **kwargs) -> Model:
        source = super().get_object(*args, **kwargs)
        require_edit(self.request.user, source.get_source_instance())
        return source

    def form_valid(self, form) -> HttpResponse:
        """What lacks words is not published: the translators are asked for them first."""
        if form.cleaned_data["publish_translations"]:
            translations = self.object.translations.filter(enabled=True)
            for translation in translations:
                require_publish(self.request.user, translation.get_target_instance())
            bring_up_to_date(self.object)
            if lacking := lacking_words(translations):
                messages.error(self.request, not_translated(lacking))
                return self.render_to_response(self.get_context_data(**self.kwargs))
        return super().form_valid(form)


def convert_to_alias(request, page_id) -> HttpResponse:
    page = get_object_or_404(Page, id=page_id)
    require_publish(request.user, page)
    return convert.convert_to_alias(request, page_id)


def stop_translation(request, translation_id) -> HttpResponse:
    instance = target_of(translation_id)
    require_publish(request.user, instance)
    return edit_translation.stop_translation(request, translation_id)


def _segment_view(view) -> Callable[..., HttpResponse]:
    """What is refused is refused in words: 403, or 400 for what was sent."""

    @wraps(view)
    def guarded(request, translation_id, *args, **kwargs) -> HttpResponse:
        try:
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


def upload_pofile(request, translation_id) -> HttpResponse:
    return saving.upload_po(request, translation_id)


def machine_translate(request, translation_id) -> HttpResponse:
    require_unlocked(request.user, target_of(translation_id))
    return edit_translation.machine_translate(request, translation_id)


def _names_view(methods: dict) -> Callable[..., HttpResponse]:
    """The names of a register's records, for those who may see them at all."""
    view = SnippetViewSet.as_view(methods)

    @wraps(view)
    def guarded(request, app_label, model_name, **kwargs) -> HttpResponse:
        if not may_look(request.user, get_snippet_model_from_url_params(app_label, model_name)):
            raise PermissionDenied
        return view(request, app_label=app_label, model_name=model_name, **kwargs)

    return guarded


names_of_records = _names_view({"get": "list"})
name_of_record = _names_view({"get": "retrieve"})
