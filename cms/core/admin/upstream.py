"""Wagtail's admin mended in its own classes, for its views use them everywhere.

Each mend says what is wrong and when it can go; ``AppConfig.ready`` puts them in place.
"""

import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import wraps
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.panels import Panel
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.views.bulk_action.registry import BulkActionRegistry
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.generic.chooser import BaseChooseView
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.widgets.button import Button
from wagtail.coreutils import safe_snake_case
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from ..hygiene import clean, csv_cell
from ..lists import alphabetical

NAMELESS = SimpleNamespace(verbose_name="item", verbose_name_plural="items")


def count_in_words() -> None:
    """“5 hanketta”: the number with the name in its case; where that is not known, “Name: number”.

    Wagtail puts a number before ``verbose_name_plural``, which is wrong in every language that
    counts in another case (*hankkeet*, but *5 hanketta*). Here the English names of the model make
    a message for gettext; the Finnish is in ``locale/upstream``. Delete this once
    ``WagtailPaginator.items_count_label`` asks gettext itself.
    """

    def items_count_label(paginator) -> str:
        meta = paginator.model._meta if paginator.model else NAMELESS
        with override("en"):
            one, many = f"%(count)s {meta.verbose_name}", f"%(count)s {meta.verbose_name_plural}"
        counted = ngettext(one, many, paginator.count)
        if counted in (one, many) and not str(get_language()).startswith("en"):
            return f"{capfirst(meta.verbose_name_plural)}: {paginator.count}"
        return counted % {"count": paginator.count}

    WagtailPaginator.items_count_label = property(items_count_label)


def name_panels_in_english() -> None:
    """A link to a place in a form holds in every language, and in every process of the site.

    Wagtail names panels by their headings, in the language of whoever opens the first form after a
    start. Delete this once a panel can be given a name of its own.
    """

    def clean_name(panel) -> str:
        with override("en"):
            return safe_snake_case(panel.heading)

    Panel.clean_name = property(clean_name)


def order_by_alphabet() -> None:
    """Every listing and chooser in the alphabet of the language that staff read.

    Wagtail leaves the order of texts to the database, in which Åland stands before Apu or after
    Öljy. Delete this once its listings have a hook for the order of a column.
    """
    listed, chosen = BaseListingView.get_queryset, BaseChooseView.apply_object_list_ordering

    def get_queryset(self) -> QuerySet:
        found = listed(self)  # what a search backend found is in the order of relevance
        return alphabetical(found) if isinstance(found, QuerySet) else found

    def apply_object_list_ordering(self, objects) -> QuerySet:
        objects = chosen(self, objects)
        # Search backends know no expressions to order by.
        return objects if self.request.GET.get("q") else alphabetical(objects)

    BaseListingView.get_queryset = get_queryset
    BaseChooseView.apply_object_list_ordering = apply_object_list_ordering


def call_bulk_actions_by_their_word() -> None:
    """Buttons for several rows at once are called by the word that they show (WCAG 2.5.3).

    Wagtail's ``aria-label`` says it in other words ("Piilota": "Peru valittujen sivujen
    julkaisu"): who steers by voice says what is on the button, and nothing happens. Delete this
    once upstream's labels begin with the visible word.
    """
    registered = BulkActionRegistry.get_bulk_actions_for_model

    def spoken_name(shown: str, told: str) -> str:
        return told if shown.casefold() in told.casefold() else f"{shown}: {told}"

    def get_bulk_actions_for_model(self, app_label, model_name) -> list[SimpleNamespace]:
        return [
            SimpleNamespace(
                action_type=action.action_type,
                action_priority=action.action_priority,
                classes=action.classes,
                display_name=action.display_name,
                aria_label=spoken_name(str(action.display_name), str(action.aria_label)),
            )
            for action in registered(self, app_label, model_name)
        ]

    BulkActionRegistry.get_bulk_actions_for_model = get_bulk_actions_for_model


def read_rich_text_in_turn() -> None:
    """One text at a time through the parser that rich-text fields share.

    The widget of a block lives as long as the process, and its converter has one HTML parser whose
    state is the text being read. Two editors who opened their forms in the same moment got an
    error page, or words of the other's page. Delete this once Wagtail's
    ``ContentstateConverter.from_database_format`` makes its own ``HtmlToContentStateHandler``.
    """
    read, lock = ContentstateConverter.from_database_format, threading.RLock()

    @wraps(read)
    def alone(self, html) -> str:
        with lock:
            return read(self, html)

    ContentstateConverter.from_database_format = alone


def make_exports_safe() -> None:
    """Every export of the admin, Wagtail's own reports too: their words come from anybody.

    Wagtail writes CSV cells as they are, and openpyxl refuses control characters (a server error).
    Delete this once upstream neutralises formulas and cleans what a workbook cannot hold.
    """
    as_it_is = SpreadsheetExportMixin.preprocess_field_value

    def preprocess(self, field, value, export_format) -> Any:
        value = as_it_is(self, field, value, export_format)
        if export_format == self.FORMAT_CSV and not isinstance(value, (bool, int, float, Decimal)):
            return csv_cell(value)
        return clean(value) if isinstance(value, str) else value

    SpreadsheetExportMixin.preprocess_field_value = preprocess


BUTTONS = "register_page_listing_more_buttons", "register_page_header_buttons"


def note_translations(rows: list, all_of_them) -> None:
    """Tell each row whether it is in the language first written, whether a language lacks it, and
    which source its translations have.

    wagtail-localize asks three times for each row whether to offer its two buttons. Delete this and
    the buttons once it asks once for all.
    """
    keys = [row.translation_key for row in rows]
    there = all_of_them.filter(translation_key__in=keys).order_by()
    columns = there.values_list("translation_key").annotate(Count("pk"), Min("pk"))
    done = {key: (count, first) for key, count, first in columns}
    sources = TranslationSource.objects.filter(object_id__in=keys, translations__enabled=True)
    columns = sources.values_list("object_id", "locale_id", "pk")
    known = {(key, locale): pk for key, locale, pk in columns}
    languages = Locale.objects.count()
    for row in rows:
        count, first = done.get(row.translation_key, (0, None))
        row.first_written = first == row.pk
        row.lacks_language = count < languages
        row.localize_source = known.get((row.translation_key, row.locale_id))


def translation_buttons(row, submit_url: str, next_url: str = "") -> Iterator[Button]:
    """wagtail-localize's two, for a row of :func:`note_translations`.

    What is below a page may lack a language that the page itself has.
    """
    if not row.first_written:
        return
    if row.lacks_language or getattr(row, "numchild", 0):
        icon = "wagtail-localize-language"
        yield Button(_("Translate"), url=submit_url, icon_name=icon, priority=100)
    if row.localize_source:
        url = reverse("wagtail_localize:update_translations", args=[row.localize_source])
        url += f"?{urlencode({'next': next_url})}" if next_url else ""
        yield Button(_("Sync translations"), url=url, icon_name="resubmit", priority=106)


def offer_translation_by_rows(theirs: Callable, may: Callable) -> None:
    """Put our buttons in the place of ``theirs``, wagtail-localize's, for whoever ``may``."""

    def page_buttons(page, user, next_url=None, **kwargs) -> Iterator[Button]:
        if page.is_root():
            return
        if not hasattr(page, "lacks_language"):
            note_translations([page], Page.objects.filter(alias_of=None))
        if may(user, page):
            url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
            yield from translation_buttons(page, url, next_url)

    for name in BUTTONS:
        hooks._hooks[name].remove((theirs, 0))
        hooks.register(name, page_buttons)


def fetch_rows_by_key() -> None:
    """The explorer asks a fixed number of questions for its rows, however many stand below.

    Wagtail annotates every page that it sorts with correlated subqueries. Here keys are sorted, and
    rows are fetched for the fifty that are shown. Delete this once it does so.
    """
    view = ExplorableIndexView
    annotate, paginate = view.annotate_queryset, view.paginate_queryset

    def annotate_queryset(self, pages) -> QuerySet:
        # Wagtail shows all rows on one page to put them in another order.
        return pages if self.get_paginate_by(pages) else annotate(self, pages)

    def paginate_queryset(self, queryset, page_size) -> tuple[Paginator, Slice, list, bool]:
        paginator, page, found, is_paginated = paginate(self, queryset, page_size)
        keys = [row.pk for row in found]
        rows = {row.pk: row for row in annotate(self, Page.objects.filter(pk__in=keys))}
        page.object_list = [rows[key] for key in keys if key in rows]
        note_translations(page.object_list, Page.objects.filter(alias_of=None))
        return paginator, page, page.object_list, is_paginated

    view.annotate_queryset, view.paginate_queryset = annotate_queryset, paginate_queryset
