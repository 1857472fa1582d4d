"""Who has what to do (:mod:`.work`), and where each language stands: the table of languages.

Here is the page of the table: filters, CSV, and what can be done with ticked rows.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext, override
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, get_page_models
from wagtail_localize.models import Translation

from cms.core.hygiene import csv_cell
from cms.core.languages import language_label, locales

from .. import policy
from ..mails import tell
from ..models import Notice, Work
from ..review.turns import found_works, publish_many
from ..strings import changes
from .cells import LABELS, MISSING, OPEN, Row, list_of, rows_of
from .table import Things, Wanted, record_models

PER_PAGE = 50
BATCH = 500
EVERY = [("", gettext_lazy("All"))]


class TableFilter(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[*EVERY, (MISSING, LABELS[MISSING]), *Work.State.choices],
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=200)
    request = forms.IntegerField(
        label=gettext_lazy("Request number"), required=False, min_value=1, max_value=2**31
    )
    late = forms.BooleanField(label=gettext_lazy("Late only"), required=False)

    def __init__(self, data, columns) -> None:
        super().__init__(data)
        languages = [(each.language_code, language_label(each.language_code)) for each in columns]
        self.fields["language"].choices = [*EVERY, *languages]
        self.fields["kind"].choices = [("page", _("Pages")), *kinds()]

    @property
    def wanted(self) -> Wanted:
        """A choice that is none narrows nothing; the form says so."""
        self.is_valid()
        given = dict(self.cleaned_data)
        code = given.pop("language", "")
        found = [each for each in locales().values() if each.language_code == code]
        return Wanted(locale=found[0] if found else None, **given)


def csv_row(row: Row) -> Iterator[Any]:
    yield row.kind
    yield row.title
    yield language_label(row.locale.language_code)
    for cell in row.cells:
        yield cell.label
        yield cell.words_left if cell.work else ""
        yield cell.due_on.isoformat() if cell.due_on else ""


def kinds() -> list[tuple[str, str]]:
    """Types of pages and registers, by their labels."""
    pages = [model for model in get_page_models() if model is not Page]
    models = sorted(pages, key=lambda model: str(model._meta.verbose_name)) + record_models()
    return [(each._meta.label_lower, capfirst(str(each._meta.verbose_name))) for each in models]


class Overview(WagtailAdminTemplateMixin, TemplateView):
    template_name = "translation/admin/overview.html"
    page_title = gettext_lazy("Languages of pages and records")
    header_icon = "table"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        self.things = Things(request.user)
        if not self.things.is_open:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @cached_property
    def form(self) -> TableFilter:
        return TableFilter(self.request.GET, self.things.columns)

    def get(self, request, *args, **kwargs) -> HttpResponse:
        self.things.wanted = self.form.wanted
        if request.GET.get("export") == "csv":
            return self.as_csv()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        paginator = Paginator(self.things.rows(), PER_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "columns": [(each, language_label(each.language_code)) for each in self.things.columns],
            "rows": rows_of(page.object_list, self.things.columns),
            "page_obj": page,
            "pages": paginator.get_elided_page_range(page.number),
            "count": paginator.count,
            "csv_url": "?" + self.query(export="csv"),
            "actions": self.actions(),
        }

    def query(self, **more) -> str:
        given = {name: value for name, value in self.request.GET.items() if name != "p"}
        return urlencode({**given, **more})

    def actions(self) -> list[tuple[str, str]]:
        user, found = self.request.user, []
        if self.things.is_staff:
            found += [
                ("request", _("Ask for translations")),
                ("valid", _("Translations stay valid")),
                ("remind", _("Remind the translators")),
            ]
        if self.things.is_staff or any(policy.language_rights(user).values()):
            found.append(("approve", _("Approve or publish")))
        return found

    def as_csv(self) -> StreamingHttpResponse:
        response = StreamingHttpResponse(
            self.csv_lines(get_language()), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = 'attachment; filename="languages.csv"'
        return response

    def csv_lines(self, language: str) -> Iterator[str]:
        """The stream runs after the view returned, when the language is no longer active."""
        writer = csv.writer(SimpleNamespace(write=str))
        columns, found = self.things.columns, self.things.rows()
        with override(language):
            heading = [_("Kind"), _("Title"), _("First written")]
            for locale in columns:
                name = language_label(locale.language_code)
                heading += [name, f"{name}: {_('words left')}", f"{name}: {_('due')}"]
            yield "\ufeff" + writer.writerow(map(csv_cell, heading))
        for start in range(0, found.count(), BATCH):
            with override(language):
                rows = rows_of(found[start : start + BATCH], columns)
                lines = [writer.writerow(map(csv_cell, csv_row(row))) for row in rows]
            yield from lines

    def post(self, request, *args, **kwargs) -> HttpResponse:
        back = f"{request.path}?{request.GET.urlencode()}"
        ticked = request.POST.getlist("row")
        action = request.POST.get("action")
        if not ticked or action not in dict(self.actions()):
            messages.error(request, _("Tick the rows that are meant, and choose what to do."))
            return redirect(back)
        code = request.POST.get("in", "")
        locale = [each for each in self.things.columns if each.language_code == code]
        self.things.wanted = Wanted(ticked=ticked[:BATCH], locale=locale[0] if locale else None)
        return getattr(self, f"do_{action}")() or redirect(back)

    def do_request(self) -> HttpResponse | None:
        """The form in which languages, day and note are chosen."""
        chosen: dict[str, list] = defaultdict(list)
        things = list(self.things.ticked())
        if not any(policy.may_request(self.request.user, thing) for thing in things):
            messages.error(self.request, _("You may not have any of these rows translated."))
            return None
        for thing in things:
            name = list_of(type(thing))
            chosen["pages" if name == "page" else name].append(thing.pk)
        if self.things.wanted.locale:
            chosen["locale"] = [self.things.wanted.locale.pk]
        return redirect(f"{reverse('translation:request')}?{urlencode(chosen, doseq=True)}")

    def do_approve(self) -> None:
        works = found_works(translation__in=self.things.translations().values("pk"))
        waiting = list(works.exclude(state=Work.State.UP_TO_DATE).order_by("pk"))
        if not waiting:
            messages.info(self.request, _("There is nothing to approve in these rows."))
        publish_many(self.request, waiting)

    def do_remind(self) -> None:
        works = found_works(translation__in=self.things.translations().values("pk"), state__in=OPEN)
        works = [work for work in works if self.may_ask(work.translation)]
        count = tell(self.request.user, Notice.Event.REMINDED, *works)
        if not count:
            messages.warning(
                self.request, _("Nobody was reminded: there is no work, or nobody who gets e-mail.")
            )
            return
        text = ngettext("Reminded of %(count)s work.", "Reminded of %(count)s works.", count)
        messages.success(self.request, text % {"count": count})

    def do_valid(self) -> None:
        sources = {each.source_id: each for each in self.things.translations()}
        allowed = [each.source for each in sources.values() if self.may_ask(each)]
        count = sum(changes.keep_valid(source, self.request.user) for source in allowed)
        text = ngettext(
            "%(count)s string keeps its translation, to be checked.",
            "%(count)s strings keep their translations, to be checked.",
            count,
        )
        messages.success(self.request, text % {"count": count})

    def may_ask(self, translation: Translation) -> bool:
        return policy.may_request(self.request.user, translation.source.get_source_instance())


def instead_of_report(request) -> HttpResponse:
    """Wagtail-localize's report shows titles of drafts and names of persons to everybody."""
    user = request.user
    if not (policy.as_staff(user, policy.SUBMIT) or policy.language_rights(user)):
        raise PermissionDenied
    return redirect("translation:overview")


urlpatterns = [path("languages/", Overview.as_view(), name="overview")]
