"""Wagtail's views of a page where it does something to the thing, in all its languages.

They ask before they act: which other languages go too, all of them unless somebody says otherwise.
"""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, PageViewRestriction

from cms.core.languages import language_name

from .structure import delete_all, left_behind, other_languages, unpublish_all

ASKED = "languages_asked"
LANGUAGES = "languages"


def language_names(pages) -> str:
    return ", ".join(language_name(page.locale.language_code) for page in pages)


def open_to(user, pages, action: str) -> list[Page]:
    """Those that the user may do this to by themselves: a draft's rights reach no live page."""
    return [page for page in pages if getattr(page.permissions_for_user(user), f"can_{action}")()]


class AsksForLanguages:
    """For views that confirm: ``others`` are offered, all of them chosen beforehand."""

    others: list[Page]

    def chosen(self) -> list[Page]:
        """Those that the form chose; all where the form has not asked."""
        if ASKED not in self.request.POST:
            return self.others
        wanted = self.request.POST.getlist(LANGUAGES)
        return [page for page in self.others if page.locale.language_code in wanted]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        offered = [
            {
                "code": page.locale.language_code,
                "name": language_name(page.locale.language_code),
                "title": getattr(page, "get_admin_display_title", page.__str__)(),
            }
            for page in self.others
        ]
        return {**super().get_context_data(**kwargs), "other_languages": offered}


class Unpublish(AsksForLanguages, UnpublishView):
    template_name = "wagtailadmin/pages/confirm_unpublish_languages.html"

    def setup(self, request, page_id, *args, **kwargs) -> None:
        super().setup(request, page_id, *args, **kwargs)
        self.others = open_to(request.user, other_languages(self.object), "unpublish")

    def get_objects_to_unpublish(self) -> list[Page]:
        return [self.object]

    def unpublish(self) -> HttpResponse | None:
        response = super().unpublish()
        if response is None:
            below = self.request.POST.get("include_descendants", False)
            unpublish_all(self.chosen(), user=self.request.user, include_descendants=below)
        return response


class Delete(AsksForLanguages, DeleteView):
    template_name = "wagtailadmin/pages/confirm_delete_languages.html"

    def dispatch(self, request, page_id, *args, **kwargs) -> HttpResponse:
        page = get_object_or_404(Page, id=page_id)
        self.others = open_to(request.user, other_languages(page), "delete")
        return super().dispatch(request, page_id, *args, **kwargs)

    def post(self, request, *args, **kwargs) -> HttpResponse:
        chosen = self.chosen()
        response = super().post(request, *args, **kwargs)
        if not Page.objects.filter(pk=self.page.pk).exists():
            delete_all(chosen, user=request.user)
        return response


class MoveConfirm(MoveConfirmView):
    """The translations follow by themselves; here it is said before, and where they cannot."""

    def get(self, request, *args, **kwargs) -> HttpResponse:
        # Wagtail asks only once it moves, after it has shown the title.
        if not self.page_to_move.permissions_for_user(request.user).can_move():
            raise PermissionDenied
        stay = left_behind(self.page_to_move, self.destination)
        follow = [page for page in other_languages(self.page_to_move) if page not in stay]
        if follow:
            messages.info(
                request,
                _("The page moves in its other languages too: %(languages)s.")
                % {"languages": language_names(follow)},
            )
        if stay:
            messages.warning(request, stays_message(stay))
        return super().get(request, *args, **kwargs)


def stays_message(pages) -> str:
    return _(
        "“%(title)s” stays where it is in these languages, because the new parent page is not "
        "there in them: %(languages)s. It follows as soon as the parent page is translated."
    ) % {"title": pages[0].get_admin_display_title(), "languages": language_names(pages)}


class SetPrivacy(SetPrivacyView):
    """One restriction for the thing, whichever of its languages it is set, changed or lifted in."""

    def dispatch(self, request, page_id, *args, **kwargs) -> HttpResponse:
        page = get_object_or_404(Page, id=page_id).specific_deferred
        if not page.permissions_for_user(request.user).can_set_view_restrictions():
            raise PermissionDenied
        self.page = page
        self.all_of_thing = PageViewRestriction.objects.filter(
            page__translation_key=page.translation_key
        )
        own = self.all_of_thing.filter(page=page).first()
        self.restriction = self.object = own or self.all_of_thing.order_by("pk").first()
        above = page.get_view_restrictions().exclude(pk__in=self.all_of_thing.values("pk"))
        self.restriction_on_ancestor = above.order_by("-page__depth").first()
        return super(SetPrivacyView, self).dispatch(request, page_id, *args, **kwargs)

    def get_form(self, form_class=None) -> Form:
        form = super().get_form(form_class)
        names = language_names(other_languages(self.page))
        text = _("This holds for the page in all its languages and for everything below it.")
        if names:
            text += " " + _("It is there in these too: %(languages)s.") % {"languages": names}
        form.fields["restriction_type"].help_text = text
        return form

    def form_valid(self, form) -> HttpResponse:
        rest = self.all_of_thing.exclude(pk=self.restriction.pk) if self.restriction else []
        for restriction in rest:
            restriction.delete(user=self.request.user)
        return super().form_valid(form)


class AllLanguagesForm(forms.Form):
    include_descendants = forms.BooleanField(
        label=gettext_lazy("What lies below these pages too"), required=False
    )
    all_languages = forms.BooleanField(
        label=gettext_lazy("In all their other languages too"), required=False, initial=True
    )
    languages_asked = forms.CharField(widget=forms.HiddenInput, required=False, initial="1")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get(ASKED):
            cleaned["all_languages"] = True
        return cleaned


class DeleteForm(AllLanguagesForm):
    include_descendants = None


class OfKnownPages:
    """Wagtail names whatever page was asked for among those without access, drafts too."""

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Page]]]:
        pages, others = super().get_actionable_objects()
        user = self.request.user
        known = [
            page
            for page in others["items_with_no_access"]
            if user.is_superuser or page.permissions_for_user(user).permissions
        ]
        return pages, others | {"items_with_no_access": known}


class AllLanguagesBulk(OfKnownPages):
    def get_execution_context(self) -> dict[str, Any]:
        chosen = self.cleaned_form.cleaned_data["all_languages"]
        return {**super().get_execution_context(), "all_languages": chosen}

    @classmethod
    def execute_action(cls, objects, all_languages=True, user=None, **kwargs) -> tuple[int, int]:
        others, chosen = [], {page.pk for page in objects}
        for page in objects if all_languages else ():
            others += [other for other in other_languages(page) if other.pk not in chosen]
        others = open_to(user, others, cls.action_type) if user else others
        counts = super().execute_action(objects, user=user, **kwargs)
        if issubclass(cls, DeleteBulkAction):
            delete_all(others, user=user)
        else:
            below = kwargs.get("include_descendants", False)
            unpublish_all(others, user=user, include_descendants=below)
        return counts


class UnpublishBulk(AllLanguagesBulk, UnpublishBulkAction):
    form_class = AllLanguagesForm

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        # Wagtail shows the form's fields where this is true.
        return {**super().get_context_data(**kwargs), "has_live_descendants": True}


class DeleteBulk(AllLanguagesBulk, DeleteBulkAction):
    form_class = DeleteForm
    template_name = "wagtailadmin/pages/bulk_actions/confirm_bulk_delete_languages.html"


class MoveBulk(OfKnownPages, MoveBulkAction):
    """Says after the move what could not follow; the destination is chosen in the same step."""

    def form_valid(self, form) -> HttpResponse:
        destination = form.cleaned_data["chooser"]
        pages = Page.objects.filter(pk__in=self.request.GET.getlist("id"))
        for page in pages:
            if stay := left_behind(page, destination):
                messages.warning(self.request, stays_message(stay))
        return super().form_valid(form)


class ThingViewSet(PageViewSet):
    model = Page
    unpublish_view_class = Unpublish
    delete_view_class = Delete
    move_confirm_view_class = MoveConfirm
    set_privacy_view_class = SetPrivacy
