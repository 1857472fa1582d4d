"""The memory as a page: a question in words, and how it was said before."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale

from cms.core.hygiene import one_line
from cms.core.languages import language_direction, language_label, locales

from .. import policy
from .searching import MOST_FOUND, search

PER_PAGE = 25


def may_ask(user) -> bool:
    """Translators and whoever asks for translations; each hit is asked about by itself."""
    return policy.as_staff(user, policy.SUBMIT) or bool(policy.language_rights(user))


def offered(user) -> list[Locale]:
    """Languages that the user may ask about: a translator's own, of staff all."""
    own, site = policy.language_rights(user), Locale.get_default()
    return [
        locale
        for locale in locales().values()
        if locale.language_code not in policy.WRITTEN_BY_HAND
        and (locale.pk in own if own else locale.pk != site.pk)
    ]


def may_teach(user) -> bool:
    """Bring a file, for at least one language."""
    return may_ask(user) and any(policy.may_teach(user, locale) for locale in locales())


class Question(forms.Form):
    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=200)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)

    def __init__(self, data, user) -> None:
        super().__init__(data)
        self.offered = offered(user)
        self.fields["language"].choices = [
            (one.language_code, language_label(one.language_code)) for one in self.offered
        ]

    @cached_property
    def target(self) -> Locale | None:
        """The language asked for, or the first that the user has."""
        code = self.cleaned_data.get("language")
        asked = [one for one in self.offered if one.language_code == code]
        return next(iter(asked or self.offered), None)


class Memory(WagtailAdminTemplateMixin, TemplateView):
    template_name = "translation/admin/memory.html"
    page_title = gettext_lazy("Translation memory")
    header_icon = "history"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if not may_ask(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_header_title()}]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        form = Question(self.request.GET, self.request.user)
        form.is_valid()  # What is no choice asks nothing; the form says so.
        words = one_line(form.cleaned_data.get("q", "")).strip()
        source, target, hits = Locale.get_default(), form.target, []
        if words and target:
            hits = search(self.request.user, words, source, target)
        paginator = Paginator(hits, PER_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        languages = [
            {"code": one.language_code, "dir": language_direction(one.language_code)}
            for one in (source, target or source)
        ]
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "hits": page,
            "page_obj": page,
            "pages": paginator.get_elided_page_range(page.number),
            "words": words,
            "may_teach": may_teach(self.request.user),
            "count": len(hits),
            "is_more": len(hits) >= MOST_FOUND,
            "source": languages[0],
            "target": languages[1],
            "source_label": language_label(languages[0]["code"]),
            "files_of": target,
            "target_label": language_label(languages[1]["code"]),
            "nothing": _("Nothing like this has been translated before."),
        }


urlpatterns = [path("memory/", Memory.as_view(), name="memory")]


class MemoryMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return may_ask(request.user)


@hooks.register("register_admin_menu_item")
def memory_item() -> MenuItem:
    url = reverse("translation:memory")
    label = gettext_lazy("Translation memory")
    return MemoryMenuItem(label, url, name="translation-memory", icon_name="history", order=142)
