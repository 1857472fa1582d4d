"""Easy Finnish beside Finnish: the view in which it is written, its hints, and how it is begun.

The view is Wagtail's own of a page with another form: drafts, publishing, workflow, locks, hooks
and the question about saves of others (:mod:`cms.core.admin.lost_updates`) are Wagtail's and ours.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from cms.core.admin.lost_updates import CHOICE, GO_ON
from cms.core.languages import language_label
from cms.core.models import BasePage

from ..editor.saving import Token
from ..models import EasyPage
from ..policy import may_edit
from .beginning import begin, why_not
from .pairs import EASY, FINNISH, easy_pages, finnish_of
from .readability import measure
from .settling import settle
from .sheet import Sheet
from .upkeep import reading_of, refresh
from .writing import as_text, form_class_for

MOST_TO_READ = 20_000
"""Letters that are looked at while somebody types."""
NOT_TYPED = {"csrfmiddlewaretoken"}


class WriteEasy(EditView):
    """A page in easy Finnish; its address names the page by its key."""

    template_name = "translation/easy/write.html"
    page_title = gettext_lazy("Easy Finnish beside Finnish")
    expects_json_response = False

    def get_template_names(self) -> list[str]:
        return [self.template_name]

    def get_edit_url(self) -> str:
        return reverse("easy_write", args=[self.page.pk])

    def dispatch(self, request, page_id, **kwargs) -> HttpResponse:
        page = get_object_or_404(easy_pages(), pk=page_id)
        if not isinstance(page.specific, BasePage):
            raise Http404
        # A page that was there before this room was, or whose Finnish came meanwhile.
        self.finnish = finnish_of(page)
        # A page that was there before this room was has no record until somebody looks.
        self.record = EasyPage.objects.filter(page=page).first() or refresh(page)
        self.is_hidden = bool(self.finnish and not may_read(request, self.finnish))
        self.finnish = None if self.is_hidden else self.finnish
        return super().dispatch(request, page_id, **kwargs)

    @property
    def form_class(self) -> type:
        return form_class_for(self.page_class)

    @form_class.setter
    def form_class(self, wagtails) -> None:
        """Wagtail sets its own, with every field of the page."""

    def form_valid(self, form) -> HttpResponse:
        before = self.real_page_record.get_latest_revision_as_object()
        response = super().form_valid(form)
        page = Page.objects.get(pk=self.page.pk)
        after = page.get_latest_revision_as_object()
        with transaction.atomic():
            settle(self.record, before, after, self.finnish, self.request.POST)
            refresh(page)
        return response

    def redirect_away(self) -> HttpResponse:
        return self.redirect_and_remain()

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        context = super(WagtailAdminTemplateMixin, self).get_context_data(**kwargs)
        is_sent = self.request.method == "POST"
        page = self.real_page_record.get_latest_revision_as_object() if is_sent else self.page
        typed = self.request.POST if is_sent else None
        sheet = Sheet(self.record, page, self.finnish, self.form, typed)
        reading = reading_of(page)
        return {
            **context,
            "view": self,
            "form": self.form,
            "page": self.page,
            "next": self.next_url,
            "sheet": sheet,
            "reading": reading,
            "media": sheet.media,
            "locked": self.locked_for_user,
            "action_url": self.get_edit_url(),
            "loaded_revision_created_at": self.latest_revision_created_at,
            "may_publish": self.page_perms.can_publish() and not self.locked_for_user,
            "may_submit": self.page_perms.can_submit_for_moderation() and not self.locked_for_user,
            "faults": faults_of(self.form),
            "header_title": f"{self.page.get_admin_display_title()} · {language_label(EASY)}",
            "has_unsaved_changes": self.has_unsaved_changes,
            "is_mine": self.request.POST.get(CHOICE) == GO_ON,
        }


def may_read(request: HttpRequest, finnish: Page) -> bool:
    """Whoever writes easy Finnish alone reads of the Finnish what she could read on the site."""
    rules = finnish.get_view_restrictions()
    is_open = finnish.live and all(rule.accept_request(request) for rule in rules)
    return is_open or may_edit(request.user, finnish)


def faults_of(form) -> list[str]:
    """What is wrong with a form that was sent, wherever in its body."""
    found: list[str] = []
    for name, errors in form.errors.items() if form.is_bound else ():
        label = str(form.fields[name].label or name) if name in form.fields else ""
        for error in errors.as_data():
            texts = (
                _deep(error.as_json_data()) if hasattr(error, "as_json_data") else error.messages
            )
            found += [f"{label}: {text}" if label else text for text in texts]
    return list(dict.fromkeys(found))


def _deep(data) -> list[str]:
    if isinstance(data, dict):
        return [text for value in data.values() for text in _deep(value)]
    if isinstance(data, list):
        return [text for value in data for text in _deep(value)]
    return [str(data)] if data else []


@never_cache
@csrf_exempt
def write(request: HttpRequest, page_id: int) -> HttpResponse:
    """Whoever has been signed out meanwhile, or in anew, gets back what was typed."""
    if request.method == "POST":
        if not request.user.is_authenticated:
            sentence = _("Your session has ended: sign in again, then save once more.")
            return keep(request, 401, sentence)
        token = Token(lambda request: None)
        token.process_request(request)
        if token.process_view(request, None, (), {}):
            return keep(
                request, 403, _("You have signed in since this form was opened: save again.")
            )
    return _signed_in(request, page_id)


def _signed_in(request: HttpRequest, page_id: int) -> HttpResponse:
    return require_admin_access(WriteEasy.as_view())(request, page_id)


def keep(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    typed = request.POST
    context = {
        "sentence": sentence,
        "sign_in": reverse("wagtailadmin_login") if status == 401 else "",
        "typed": [(n, v) for n in typed if n not in NOT_TYPED for v in typed.getlist(n)],
        "to_read": [as_text(n, v) for n in typed for v in typed.getlist(n) if as_text(n, v)],
    }
    return render(request, "translation/easy/keep.html", context, status=status)


@require_POST
def hints(request: HttpRequest, page_id: int) -> HttpResponse:
    """What makes a section hard to read, as it is being typed; nothing is saved."""
    page = get_object_or_404(easy_pages(), pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    texts = [as_text(name, value) for name, value in request.POST.items()]
    reading = measure("\n\n".join(filter(None, texts))[:MOST_TO_READ])
    return render(request, "translation/easy/hints.html", {"reading": reading})


def make(request: HttpRequest, page_id: int) -> HttpResponse:
    """Begin a Finnish page in easy Finnish, once asked by the button; where it is there already,
    lead there.
    """
    finnish = get_object_or_404(Page, pk=page_id, locale__language_code=FINNISH, depth__gt=1)
    finnish = finnish.specific
    if not isinstance(finnish, BasePage) or finnish.alias_of_id:
        raise Http404
    there = easy_pages().filter(translation_key=finnish.translation_key).first()
    if there is None:
        if reason := why_not(request.user, finnish):
            messages.error(request, reason)
            return redirect("wagtailadmin_explore", finnish.get_parent().pk)
        if request.method != "POST":
            return render(request, "translation/easy/begin.html", {"page": finnish})
        there = begin(request.user, finnish)
        messages.success(
            request,
            _("The page in easy Finnish is there, as a draft. Write it beside the Finnish."),
        )
    elif not there.specific.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return redirect("easy_write", there.pk)
