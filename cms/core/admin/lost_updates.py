"""Nobody's save goes over another's unseen.

Wagtail 8 refuses to *autosave* an old form; its buttons save one without a word, and records have
no such check at all. So every form that edits something carries what it was opened on. If that has
changed by the time it is sent, nothing is saved: the editor sees who saved what meanwhile beside
what was typed, and chooses. Two people who send at once are taken one after the other.

Delete this once upstream's edit views ask ``is_out_of_date`` of ordinary saves, of records too.
"""

import json
from collections.abc import Callable
from copy import copy
from uuid import uuid4

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic.mixins import JsonPostResponseMixin
from wagtail.admin.views.pages.create import CreateView as PageCreateView
from wagtail.admin.views.pages.edit import EditView as PageEditView
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, RevisionMixin

from .versions import changed_names, differences, state_of

OPENED = "opened_version"
CHOICE = "version_choice"
GO_ON = "go_on"
FORM = "_form"
"""Names one opened form in its token, so that its own autosaves are nobody else's changes."""
AUTOSAVE_SECONDS = 24 * 60 * 60
# Fields of ours and of Wagtail's that name a version, and the token of the session.
NOT_TYPED = {OPENED, CHOICE, "loaded_revision_id", "loaded_revision_created_at"}
NOT_TYPED |= {"overwrite_revision_id", "csrfmiddlewaretoken"}


def guard_edit_views() -> None:
    """Stand before the views' own handling, behind their questions about rights and their hooks."""
    JsonPostResponseMixin.dispatch = _dispatch


def _dispatch(view, request, *args, **kwargs) -> HttpResponseBase:
    goes_on = super(JsonPostResponseMixin, view).dispatch
    if request.method == "POST" and isinstance(view, PageCreateView):
        return _add(view, lambda: goes_on(request, *args, **kwargs))
    if request.method != "POST" or not is_edit_view(view):
        return goes_on(request, *args, **kwargs)
    with transaction.atomic():
        return _old_form(view) or goes_on(request, *args, **kwargs)


def _add(view, goes_on: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Wagtail saves a new page by itself, and a button that is pressed meanwhile finds the address
    taken after the form was read: the form comes back with what was typed.
    """
    try:
        with transaction.atomic():
            return goes_on()
    except ValidationError as error:
        if not getattr(view, "form", None):
            raise
        view.form.add_error(None, ValidationError(error.messages))
        return view.form_invalid(view.form)


def is_edit_view(view) -> bool:
    return isinstance(view, (PageEditView, generic.EditView))


def _old_form(view) -> HttpResponseBase | None:
    """The answer to a form that was opened on another version than the saved one, or ``None``."""
    opened = _read(view.request.POST.get(OPENED))
    if opened is None and not view.request.POST.get("loaded_revision_id"):
        return None
    saved = _lock(view)
    if saved is None:
        return None
    form = _form_of(view, saved)
    changed = _changed_by_others(opened, state_of(form)) if opened is not None else set()
    if view.request.POST.get(CHOICE) == GO_ON:
        return _go_on(view, form)
    if not changed and (opened is not None or not view.is_out_of_date):
        return None
    if view.expects_json_response:
        return view.json_error_response(
            "invalid_revision", _("Saving will overwrite a newer version.")
        )
    return _ask(view, form, changed)


def _changed_by_others(opened: dict[str, str], now: dict[str, str]) -> set[str]:
    """Names of what has changed since the form was opened, but for what it has saved by itself.

    A button may be pressed while the browser still waits for the answer to an autosave.
    """
    autosaved = _read(cache.get(_autosave_key(opened)))
    if autosaved is not None and not changed_names(autosaved, now):
        return set()
    return changed_names(opened, now)


def _autosave_key(opened: dict[str, str]) -> str:
    return f"autosaved-{opened.get(FORM, '')}"[:100]


def _read(token: str | None) -> dict[str, str] | None:
    """What the form was opened on; ``None`` where it does not say so, or says nonsense."""
    try:
        opened = json.loads(token or "")
    except ValueError:
        return None
    return opened if isinstance(opened, dict) else None


def _lock(view) -> Model | None:
    """The thing as it is saved now, its row held until this request has done."""
    if isinstance(view, PageEditView):
        page = Page.objects.select_for_update().filter(pk=view.page.pk).first()
        return page and page.get_latest_revision_as_object()
    if getattr(view, "object", None) is None:
        view.object = view.get_object()
    saved = type(view.object)._base_manager.select_for_update().filter(pk=view.object.pk).first()
    return saved.get_latest_revision_as_object() if isinstance(saved, RevisionMixin) else saved


def _form_of(view, instance, *data) -> BaseForm:
    """The view's form for ``instance``: as it would open, or with what was sent."""
    if isinstance(view, PageEditView):
        return view.form_class(
            *data,
            instance=instance,
            subscription=view.subscription,
            parent_page=view.parent,
            for_user=view.request.user,
        )
    # Many views add to their forms as they make them: let each do so, on a view of its own.
    twin = copy(view)
    twin.request, twin.object = copy(view.request), instance
    twin.request.method = "POST" if data else "GET"
    return twin.get_form()


def _sent(view, instance) -> BaseForm:
    form = _form_of(view, instance, view.request.POST, view.request.FILES)
    if hasattr(form, "defer_required_fields"):
        form.defer_required_fields()
    form.is_valid()
    return form


def opened_token(view) -> str:
    """What the form on its way to the browser is opened on, as the value of its hidden field.

    A form that comes back with its faults is still about the version it was first opened on.
    """
    form, post = getattr(view, "form", None), view.request.POST
    fresh = view.expects_json_response or post.get(CHOICE) == GO_ON
    if form is not None and not fresh:
        if form.is_bound and post.get(OPENED):
            return post[OPENED]
        # The form of an old version is opened on today's: that is what it would replace.
        if not form.is_bound and not getattr(view, "revision_id", None):
            return _token(form)
    with transaction.atomic():
        saved = _lock(view)
    if not saved:
        return ""
    opened = _read(post.get(OPENED)) or {}
    token = _token(_form_of(view, saved), opened.get(FORM))
    if view.expects_json_response and FORM in opened:
        cache.set(_autosave_key(opened), token, AUTOSAVE_SECONDS)
    return token


def _token(form, name: str | None = None) -> str:
    return json.dumps(state_of(form) | {FORM: name or uuid4().hex}, separators=(",", ":"))


def last_change(instance) -> tuple:
    """Who changed it last and when; ``(None, None)`` if nobody wrote that down."""
    revision = getattr(instance, "latest_revision", None)
    if revision:
        return revision.user, revision.created_at
    entry = log_registry.get_logs_for_instance(instance).order_by("-timestamp").first()
    return (entry.user, entry.timestamp) if entry else (None, None)


def _ask(view, form, changed: set[str]) -> TemplateResponse:
    instance = form.instance
    user, when = last_change(instance)
    found = differences(form, _sent(view, _lock(view)))
    # Without the token nobody knows who changed what: then all of it is shown as theirs.
    theirs = [row for row in found if row.name in changed or not changed]
    typed = view.request.POST
    context = {
        "theirs": theirs,
        "yours": [row for row in found if row not in theirs],
        "who": user,
        "is_self": user is not None and user == view.request.user,
        "when": when,
        "title": view.get_page_subtitle(),
        "icon": getattr(view, "header_icon", "") or "doc-empty-inverse",
        "edit_url": view.get_edit_url(),
        "opened_name": OPENED,
        "opened": _token(form),
        "choice": CHOICE,
        "go_on": GO_ON,
        "typed": [(n, v) for n in typed if n not in NOT_TYPED for v in typed.getlist(n)],
        "files": [(name, file.name) for name, file in view.request.FILES.items()],
        "revision": getattr(instance, "latest_revision", None),
    }
    return TemplateResponse(view.request, "wagtailadmin/generic/old_form.html", context)


def _go_on(view, form) -> HttpResponseBase:
    """The form again with everything that was typed, opened on what is saved now."""
    user, _when = last_change(form.instance)
    view.form = _sent(view, form.instance)
    if hasattr(view.form, "restore_required_fields"):
        view.form.restore_required_fields()
    view.has_unsaved_changes = True
    messages.warning(
        view.request,
        _("This is your version. Saving it replaces what %(name)s saved.")
        % {"name": user.get_full_name() or user.get_username()}
        if user and user != view.request.user
        else _("This is your version. Saving it replaces the version saved meanwhile."),
    )
    return view.render_to_response(view.get_context_data(form=view.form))
