"""My work: what waits for a translator or a reviewer, in which language, until when, and why."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, TaskState
from wagtail_localize.models import TranslationSource

from cms.core.admin import any_case
from cms.core.languages import language_direction, language_label, locales
from cms.core.lists import Alphabetical
from cms.users.members import page_policy

from .. import policy
from ..models import Work
from .cells import ICONS, OPEN, edit_url
from .table import Things, record_models

State = Work.State
PER_PAGE = 50
ORDERS = {
    "due": gettext_lazy("Due first"),
    "words": gettext_lazy("Fewest words left first"),
    "title": gettext_lazy("Title"),
    "language": gettext_lazy("Language"),
}


def order_of(name: str) -> list:
    return {
        "words": ["words_left"],
        "title": [Alphabetical("translation__source__object_repr")],
        "language": ["translation__target_locale"],
    }.get(name, [F("due_on").asc(nulls_last=True), "words_left"])


def everything() -> QuerySet[Work]:
    related = ("translation__source", "translation__target_locale", "request__created_by")
    works = Work.objects.filter(translation__enabled=True).select_related(*related)
    return works.defer("translation__source__content_json", "translation__source__schema_version")


def to_translate(user) -> QuerySet[Work]:
    """In the languages of a translator; for staff, whatever they may change."""
    works = _open_to(user).filter(state__in=OPEN)
    if user.is_superuser:
        return works
    return works.filter(_in_languages(policy.language_rights(user)) | _of_staff(user, "change"))


def to_review(user) -> QuerySet[Work]:
    """What is handed over and may be approved: :func:`..policy.may_review` for all at once."""
    works = _open_to(user).filter(state=State.IN_REVIEW)
    if user.is_superuser:
        return works
    rights = policy.language_rights(user)
    asked = Q(workflow_state__current_task_state__in=TaskState.objects.reviewable_by(user))
    asked |= _in_languages([locale for locale, publishes in rights.items() if publishes])
    return works.filter(asked | _of_staff(user, "publish"))


def _open_to(user) -> QuerySet[Work]:
    """Whatever rights on pages a group of translators has, they count in its languages only."""
    rights = policy.language_rights(user)
    is_translator = rights and not policy.as_staff(user, policy.SUBMIT)
    return everything().filter(_in_languages(rights)) if is_translator else everything()


def _in_languages(locales: Iterable[int]) -> Q:
    return Q(translation__target_locale__in=list(locales))


def _of_staff(user, action: str) -> Q:
    """Pages on which somebody has this right, and records that may be changed."""
    pages = page_policy.instances_user_has_permission_for(user, action)
    own = Page.objects.filter(
        translation_key=OuterRef("translation__source__object_id"),
        locale=OuterRef("translation__target_locale"),
        pk__in=pages.order_by().values("pk"),
    )
    registers = [
        model
        for model in record_models()
        if policy.as_staff(user, f"{model._meta.app_label}.change_{model._meta.model_name}")
    ]
    types = ContentType.objects.get_for_models(*registers).values()
    records = Q(translation__source__specific_content_type__in=[each.pk for each in types])
    return Q(Exists(own)) | records


class Item:
    """A work as a row shows it."""

    def __init__(self, work: Work) -> None:
        source: TranslationSource = work.translation.source
        content_type = ContentType.objects.get_for_id(source.specific_content_type_id)
        code = work.translation.target_locale.language_code
        self.work = work
        self.title = source.object_repr
        self.kind = capfirst(str(content_type.model_class()._meta.verbose_name))
        self.language = language_label(work.translation.target_locale.language_code)
        self.code, self.direction = code, language_direction(code)
        self.in_review = work.state == State.IN_REVIEW
        name = "translation:review" if self.in_review else "translation:open"
        self.url = reverse(name, args=[work.pk])
        self.icon = ICONS[work.state]


class WorkFilter(forms.Form):
    show = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("translate", gettext_lazy("To translate")),
            ("review", gettext_lazy("To review")),
        ],
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    reason = forms.ChoiceField(
        label=gettext_lazy("Why"),
        required=False,
        choices=[("", gettext_lazy("All")), *Work.Reason.choices],
    )
    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=200)
    order = forms.ChoiceField(
        label=gettext_lazy("Order"), required=False, choices=list(ORDERS.items())
    )
    late = forms.BooleanField(label=gettext_lazy("Late only"), required=False)

    def __init__(self, data, user) -> None:
        super().__init__(data)
        own = policy.language_rights(user)
        offered = [each for each in locales().values() if each.pk in own or not own]
        self.fields["language"].choices = [
            ("", _("All")),
            *((each.language_code, language_label(each.language_code)) for each in offered),
        ]

    def narrow(self, works: QuerySet[Work]) -> QuerySet[Work]:
        self.is_valid()  # A choice that is none narrows nothing; the form says so.
        given = self.cleaned_data
        if given.get("language"):
            works = works.filter(translation__target_locale__language_code=given["language"])
        if given.get("reason"):
            works = works.filter(reason=given["reason"])
        if given.get("title"):
            works = works.filter(any_case(["translation__source__object_repr"], given["title"]))
        if given.get("late"):
            works = works.filter(due_on__lt=timezone.localdate(), state__in=OPEN)
        return works.order_by(*order_of(given.get("order")), "pk")


class MyWork(WagtailAdminTemplateMixin, TemplateView):
    template_name = "translation/admin/work.html"
    page_title = gettext_lazy("My work")
    header_icon = "clipboard-list"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if not Things(request.user).is_open:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @cached_property
    def form(self) -> WorkFilter:
        return WorkFilter(self.request.GET, self.request.user)

    def get_works(self) -> QuerySet[Work]:
        user = self.request.user
        parts = {"translate": to_translate(user), "review": to_review(user)}
        show = self.request.GET.get("show")
        if show in parts:
            return self.form.narrow(parts[show])
        keys = Q(pk__in=parts["translate"].values("pk")) | Q(pk__in=parts["review"].values("pk"))
        return self.form.narrow(everything().filter(keys))

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        paginator = Paginator(self.get_works(), PER_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        items = [Item(work) for work in page.object_list]
        return {
            **context,
            "form": self.form,
            "items": items,
            "page_obj": page,
            "pages": paginator.get_elided_page_range(page.number),
            "count": paginator.count,
            "some_in_review": any(item.in_review for item in items),
        }


def open_work(request, work_id: int) -> HttpResponse:
    """The editor of a work, wherever its page or record is edited."""
    work = get_object_or_404(Work.objects.select_related("translation__source"), pk=work_id)
    translation = work.translation
    model = translation.source.specific_content_type.model_class()
    try:
        target = translation.get_target_instance()
    except model.DoesNotExist as error:
        raise Http404 from error
    if not policy.may_see(request.user, translation):
        raise PermissionDenied
    return redirect(edit_url(type(target), target.pk))


urlpatterns = [
    path("work/", MyWork.as_view(), name="work"),
    path("work/<int:work_id>/", open_work, name="open"),
]
