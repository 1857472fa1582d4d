from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, include, path, reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail_localize.wagtail_hooks import page_listing_more_buttons

from cms.core.admin import Line
from cms.core.admin.upstream import offer_translation_by_rows
from cms.core.models import BasePage

from . import editor, overview, package_fixes, policy, views
from .easy import hooks as easy
from .editor import checking, help, reviewing
from .exchange import downloads, pages
from .exchange import glossary as terms_files
from .exchange import memory as memory_files
from .facts import page_views
from .memory import views as memory
from .models import TranslationRequest, Work
from .overview import work
from .overview.cells import list_of
from .overview.table import Things
from .overview.work import Item, order_of, to_review, to_translate
from .requests import views as requests
from .review import turns
from .strings import safeguards
from .terms.admin import TermViewSet
from .translators import LanguageRightsForm

offer_translation_by_rows(page_listing_more_buttons, policy.may_request)

# Its views are found by the page's type, and its addresses are Wagtail's.
page_viewset_registry.register(BasePage, page_views.ThingViewSet())


_actions = (page_views.UnpublishBulk, page_views.DeleteBulk, page_views.MoveBulk)
for _action in (*_actions, safeguards.PublishBulk):
    # The later one of a name counts.
    hooks.register("register_bulk_action", _action, order=100)
hooks.register("register_bulk_action", requests.AskBulk)


@hooks.register("register_admin_urls")
def workplace_urls() -> list[URLPattern]:
    rooms = (easy, editor, checking, help, downloads, pages, memory, overview, requests)
    rooms += (memory_files, reviewing, terms_files, turns, work)
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


@hooks.register("register_admin_viewset")
def glossary() -> TermViewSet:
    return TermViewSet()


RESTART, ALIAS = "localize-restart-translation", "localize-convert-to-alias"


@hooks.register("before_edit_page", order=-200)
@hooks.register("before_edit_snippet", order=-200)
def guard_editing(request, instance) -> HttpResponse | None:
    """wagtail-localize restarts for whoever may open the form."""
    if RESTART not in request.POST:
        return None
    if instance.locale.language_code in policy.WRITTEN_BY_HAND:
        messages.error(request, package_fixes.BY_HAND)
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
    if policy.as_staff(request.user, policy.SUBMIT):
        count = TranslationRequest.objects.filter(finished_at=None).count()
        yield Line(_("Translation requests being prepared"), reverse("translation:requests"), count)


class MyWorkPanel(Component):
    """On the front page of the admin: what is due first."""

    name = "my_work"
    template_name = "translation/admin/work_panel.html"
    order = 110
    most = 5

    def __init__(self, request) -> None:
        self.request = request

    def get_context_data(self, parent_context) -> dict[str, Any]:
        works = to_translate(self.request.user).order_by(*order_of("due"), "pk")
        return {"items": [Item(work) for work in works[: self.most]]}


@hooks.register("construct_homepage_panels")
def add_my_work(request, panels: list) -> None:
    if policy.language_rights(request.user):
        panels.append(MyWorkPanel(request))


@hooks.register("to_do_lines", order=30)
def translation_lines(request) -> Iterator[Line]:
    """For translators, for reviewers, for staff."""
    user, url = request.user, reverse("translation:work")
    things = Things(user)
    if not things.is_open:
        return
    lacking, handed_over = to_translate(user), to_review(user)
    yield Line(_("Translations that lack words"), f"{url}?show=translate", lacking.count())
    yield Line(_("Translations to review"), f"{url}?show=review", handed_over.count())
    if things.is_staff:
        for model, count in things.changed():
            label = _("%(kind)s: changed since they were translated") % {
                "kind": capfirst(str(model._meta.verbose_name_plural))
            }
            query = urlencode({"kind": list_of(model), "state": Work.State.SOURCE_CHANGED})
            yield Line(label, f"{reverse('translation:overview')}?{query}", count)


class TranslationMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return Things(request.user).is_open


@hooks.register("register_admin_menu_item")
def my_work_item() -> MenuItem:
    url = reverse("translation:work")
    return TranslationMenuItem(
        gettext_lazy("My work"), url, name="my-work", icon_name="clipboard-list", order=140
    )


@hooks.register("register_reports_menu_item")
def table_item() -> MenuItem:
    url = reverse("translation:overview")
    label = gettext_lazy("Languages of pages and records")
    return TranslationMenuItem(label, url, name="languages-table", icon_name="table", order=900)


@hooks.register("construct_reports_menu", order=100)
def leave_out_report(request, items: list) -> None:
    """The table stands in place of wagtail-localize's report."""
    url = reverse("wagtail_localize:translations_report")
    items[:] = [item for item in items if item.url != url]
