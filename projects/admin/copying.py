"""A project as a template: a new draft with all that the next project has in common with it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Field, Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from modelcluster.fields import ParentalKey
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Page

from ..models import ProjectPage
from ..models.doubles import is_double
from ..twins.forms import TwinsForm

WORDS = ("lead", "body")
LEFT_OUT = {"code", "official_name", "register_state", "date_precision"}
"""What is of one decision of a funder, beside days and sums of money."""
LEFT_OUT_ROWS = {"amounts", "codes", "links"}


def is_common(field: Field) -> bool:
    """Whether a fact may be the same in the next project: neither a day nor a sum nor a year."""
    own = isinstance(field, (models.DateField, models.DecimalField, models.IntegerField))
    return not own and field.name not in LEFT_OUT


def copy(page: ProjectPage, title: str, user: Any) -> ProjectPage:
    """A draft below the same list, of whoever copies, in the language first written alone."""
    source = page.get_latest_revision_as_object()
    parent = page.get_parent().specific
    slug = find_available_slug(parent, slugify(title) or "hanke")
    new = ProjectPage(title=title, slug=slug, locale=page.locale, owner=user, live=False)
    facts = [name for name in page.fact_fields if is_common(page._meta.get_field(name))]
    for name in (*WORDS, *facts):
        setattr(new, name, getattr(source, name))
    for name in page.fact_relations:
        if name not in LEFT_OUT_ROWS:
            setattr(new, name, rows_of(source, name))
    parent.add_child(instance=new)
    new.save_revision(user=user, log_action=False)
    source_of = {"page": {"id": page.pk, "title": page.get_admin_display_title()}}
    log(new, "projects.copy_as_template", user=user, data=source_of)
    return new


def rows_of(source: ProjectPage, name: str) -> list[Model]:
    """Each thing once: grants of two years are one funder in the template."""
    found: list[Model] = []
    for row in getattr(source, name).all():
        model = type(row)
        kept = {field.attname: getattr(row, field.attname) for field in _kept(model)}
        new = model(sort_order=len(found), **kept)
        if not any(is_double(new, other) for other in found):
            found.append(new)
    return found


def _kept(model: type[Model]) -> Iterator[Field]:
    for field in model._meta.concrete_fields:
        is_place = field.primary_key or isinstance(field, ParentalKey) or field.name == "sort_order"
        # The kind of an amount says nothing without it.
        if not is_place and is_common(field) and not (field.name == "kind" and field.blank):
            yield field


class TemplateForm(TwinsForm, forms.ModelForm):
    class Meta:
        model = ProjectPage
        fields = ["title"]
        labels = {"title": gettext_lazy("Name of the new project")}

    def __init__(self, *args, user: Any, **kwargs) -> None:
        self.for_user = user
        super().__init__(*args, **kwargs)


class CopyAsTemplate(WagtailAdminTemplateMixin, FormView):
    template_name = "projects/admin/copy_as_template.html"
    form_class = TemplateForm
    page_title = gettext_lazy("Copy as a template")
    header_icon = "copy"
    _show_breadcrumbs = True

    def setup(self, request, page_id, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        shown = get_object_or_404(ProjectPage, pk=page_id, alias_of=None)
        self.page = shown.carrier
        if not may_copy(request.user, self.page):
            raise PermissionDenied

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "page": self.page}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        own = {"url": edit, "label": self.page.get_admin_display_title()}
        return [*self.breadcrumbs_items, own, {"url": "", "label": self.page_title}]

    @transaction.atomic
    def form_valid(self, form) -> HttpResponse:
        new = copy(self.page, form.cleaned_data["title"], self.request.user)
        messages.success(
            self.request,
            _("A draft with what the two have in common. Code, dates and amounts are left to you."),
        )
        return redirect("wagtailadmin_pages:edit", new.pk)


def may_copy(user: Any, page: ProjectPage) -> bool:
    """Whoever edits the one, and adds beside it: a copy shows all that its form shows."""
    beside = page.get_parent().permissions_for_user(user)
    return page.permissions_for_user(user).can_edit() and beside.can_add_subpage()


def buttons(page: Page, user, next_url=None, **kwargs) -> Iterator[Button]:
    if not issubclass(page.specific_class or Page, ProjectPage) or page.alias_of_id:
        return
    if page.permissions_for_user(user).can_edit():
        url = reverse("copy_as_template", args=[page.pk])
        yield Button(_("Copy as a template"), url=url, icon_name="copy", priority=35)


urlpatterns = [
    path("projects/<int:page_id>/template/", CopyAsTemplate.as_view(), name="copy_as_template")
]
HOOKS = [
    ("register_admin_urls", lambda: urlpatterns),
    ("register_page_listing_more_buttons", buttons),
    ("register_page_header_buttons", buttons),
]
