from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail_localize.wagtail_hooks import page_listing_more_buttons

from cms.core.admin import Line
from cms.core.admin.upstream import offer_translation_by_rows
from cms.core.models import BasePage

from . import (
    editor,
    front_page,
    guards,
    overview,
    page_views,
    policy,
    requests,
    reviewing,
    safeguards,
    turns,
    views,
    work,
)
from .models import TranslationRequest
from .translators import LanguageRightsForm

offer_translation_by_rows(page_listing_more_buttons, policy.may_request)

# Its views are found by the page's type, and its addresses are Wagtail's.
page_viewset_registry.register(BasePage, page_views.ThingViewSet())


_actions = (page_views.UnpublishBulk, page_views.DeleteBulk, page_views.MoveBulk)
for _action in (*_actions, safeguards.PublishBulk):
    # The later one of a name counts.
    hooks.register("register_bulk_action", _action, order=100)
hooks.register("register_bulk_action", requests.AskBulk)

hooks.register("construct_homepage_panels", front_page.add_my_work)
hooks.register("to_do_lines", front_page.translation_lines, order=30)
hooks.register("register_admin_menu_item", front_page.my_work_item)
hooks.register("register_reports_menu_item", front_page.table_item)
hooks.register("construct_reports_menu", front_page.leave_out_report, order=100)
hooks.register("register_account_settings_panel", front_page.mail_choice)


@hooks.register("register_admin_urls")
def workplace_urls() -> list[URLPattern]:
    rooms = (editor, overview, requests, reviewing, turns, work)
    urls = [url for room in rooms for url in room.urlpatterns]
    return [path("translation/", include((urls, "translation")))]


@hooks.register("register_admin_urls", order=-100)
def narrow_localize_urls() -> list[URLPattern]:
    """Take wagtail-localize's addresses before it does: the same views, behind views."""
    translation = "localize/translate/<int:translation_id>"
    records = "localize/api/snippets/<slug:app_label>/<slug:model_name>"
    return [
        path("localize/submit/page/<int:page_id>/", views.SubmitPage.as_view()),
        path(
            "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            views.SubmitSnippet.as_view(),
        ),
        path("localize/update/<int:translation_source_id>/", views.UpdateTranslations.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", views.convert_to_alias),
        path(f"{translation}/disable/", views.stop_translation),
        path(f"{translation}/preview/", views.preview_translation),
        path(f"{translation}/preview/<str:mode>/", views.preview_translation),
        path(f"{translation}/pofile/download/", views.download_pofile),
        path(f"{translation}/pofile/upload/", views.upload_pofile),
        path(f"{translation}/machine_translate/", views.machine_translate),
        path(f"{translation}/strings/<int:string_segment_id>/edit/", views.edit_string_translation),
        path(f"{translation}/overrides/<int:overridable_segment_id>/edit/", views.edit_override),
        path("localize/reports/translations/", overview.instead_of_report),
        path("localize/reports/translations/results/", overview.instead_of_report),
        path(f"{records}/", views.names_of_records),
        path(f"{records}/<str:pk>/", views.name_of_record),
    ]


RESTART, ALIAS = "localize-restart-translation", "localize-convert-to-alias"


@hooks.register("before_edit_page", order=-200)
@hooks.register("before_edit_snippet", order=-200)
def guard_editing(request, instance) -> HttpResponse | None:
    """wagtail-localize restarts for whoever may open the form."""
    if RESTART not in request.POST:
        return None
    if instance.locale.language_code in policy.WRITTEN_BY_HAND:
        messages.error(request, guards.BY_HAND)
        return redirect(request.path)
    views.require(policy.may_replace(request.user, instance))
    return None


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu")
def offer_what_may_be_done(menu_items: list, request, context) -> None:
    """wagtail-localize's items to whoever may use them, and last: the first is the main button."""
    instance = context.get("page") or context.get("instance")
    for item in [item for item in menu_items if item.name in (RESTART, ALIAS)]:
        menu_items.remove(item)
        if policy.may_replace(request.user, instance):
            menu_items.append(item)


@hooks.register("register_group_permission_panel", order=-100)
def language_rights_panel() -> type[LanguageRightsForm]:
    return LanguageRightsForm


@hooks.register("before_edit_page", order=-50)
@hooks.register("before_edit_snippet", order=-50)
def open_translation_editor(request, instance) -> HttpResponse | None:
    """Ours in the place of wagtail-localize's."""
    return editor.open_instead(request, instance) if hasattr(instance, "locale_id") else None


@hooks.register("before_edit_page", order=-100)
def keep_locked_translation(request, page) -> HttpResponse | None:
    """wagtail-localize publishes a translation over somebody else's lock."""
    if request.POST.get("action") == "publish" and views.locked_for(request.user, page):
        messages.error(request, _("Somebody has locked this page: it can't be changed now."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("to_do_lines", order=31)
def request_lines(request) -> Iterator[Line]:
    """Whoever may ask for translations: requests that are being prepared."""
    if request.user.has_perm(requests.MAY_ASK):
        count = TranslationRequest.objects.filter(finished_at=None).count()
        yield Line(_("Translation requests being prepared"), reverse("translation:requests"), count)
