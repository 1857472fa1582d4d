"""Wagtail's admin mended in its own classes, for its views use them everywhere.

Each mend says what is wrong and when it can go; ``AppConfig.ready`` puts them in place.
"""

import threading
from decimal import Decimal
from functools import wraps
from types import SimpleNamespace

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, override
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.views.bulk_action.registry import BulkActionRegistry
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.generic.chooser import BaseChooseView
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from ..alphabet import alphabetical
from ..hygiene import clean
from ..hygiene.text import csv_cell

NAMELESS = SimpleNamespace(verbose_name="item", verbose_name_plural="items")


def items_count_label(paginator) -> str:
    """“5 hanketta”: the number with the name in its case; where that is not known, “Name: number”.

    Wagtail puts a number before ``verbose_name_plural``, which is wrong in every language that
    counts in another case (*hankkeet*, but *5 hanketta*). Here the English names of the model make
    a message for gettext; the Finnish is in ``locale/upstream``. Delete this once
    ``WagtailPaginator.items_count_label`` asks gettext itself.
    """
    meta = paginator.model._meta if paginator.model else NAMELESS
    with override("en"):
        one, many = f"%(count)s {meta.verbose_name}", f"%(count)s {meta.verbose_name_plural}"
    counted = ngettext(one, many, paginator.count)
    if counted in (one, many) and not str(get_language()).startswith("en"):
        return f"{capfirst(meta.verbose_name_plural)}: {paginator.count}"
    return counted % {"count": paginator.count}


def count_in_words() -> None:
    WagtailPaginator.items_count_label = property(items_count_label)


def order_by_alphabet() -> None:
    """Every listing and chooser in the alphabet of the language that staff read.

    Wagtail leaves the order of texts to the database, in which Åland stands before Apu or after
    Öljy. Delete this once its listings have a hook for the order of a column.
    """
    listed, chosen = BaseListingView.get_queryset, BaseChooseView.apply_object_list_ordering

    def get_queryset(self):
        found = listed(self)  # what a search backend found is in the order of relevance
        return alphabetical(found) if isinstance(found, QuerySet) else found

    def apply_object_list_ordering(self, objects):
        objects = chosen(self, objects)
        # Search backends know no expressions to order by.
        return objects if self.request.GET.get("q") else alphabetical(objects)

    BaseListingView.get_queryset = get_queryset
    BaseChooseView.apply_object_list_ordering = apply_object_list_ordering


def spoken_name(shown, told) -> str:
    shown, told = str(shown), str(told)
    return told if shown.casefold() in told.casefold() else f"{shown}: {told}"


def call_bulk_actions_by_their_word() -> None:
    """Buttons for several rows at once are called by the word that they show (WCAG 2.5.3).

    Wagtail's ``aria-label`` says it in other words ("Piilota": "Peru valittujen sivujen
    julkaisu"): who steers by voice says what is on the button, and nothing happens. Delete this
    once upstream's labels begin with the visible word.
    """
    registered = BulkActionRegistry.get_bulk_actions_for_model

    def get_bulk_actions_for_model(self, app_label, model_name):
        return [
            SimpleNamespace(
                action_type=action.action_type,
                action_priority=action.action_priority,
                classes=action.classes,
                display_name=action.display_name,
                aria_label=spoken_name(action.display_name, action.aria_label),
            )
            for action in registered(self, app_label, model_name)
        ]

    BulkActionRegistry.get_bulk_actions_for_model = get_bulk_actions_for_model


_parser_lock = threading.RLock()


def read_rich_text_in_turn() -> None:
    """One text at a time through the parser that rich-text fields share.

    The widget of a block lives as long as the process, and its converter has one HTML parser whose
    state is the text being read. Two editors who opened their forms in the same moment got an
    error page, or words of the other's page. Delete this once Wagtail's
    ``ContentstateConverter.from_database_format`` makes its own ``HtmlToContentStateHandler``.
    """
    read = ContentstateConverter.from_database_format

    @wraps(read)
    def alone(self, html):
        with _parser_lock:
            return read(self, html)

    ContentstateConverter.from_database_format = alone


def make_exports_safe() -> None:
    """Every export of the admin, Wagtail's own reports too: their words come from anybody.

    Wagtail writes CSV cells as they are, and openpyxl refuses control characters (a server error).
    Delete this once upstream neutralises formulas and cleans what a workbook cannot hold.
    """
    as_it_is = SpreadsheetExportMixin.preprocess_field_value

    def preprocess(self, field, value, export_format):
        value = as_it_is(self, field, value, export_format)
        if export_format == self.FORMAT_CSV and not isinstance(value, (bool, int, float, Decimal)):
            return csv_cell(value)
        return clean(value) if isinstance(value, str) else value

    SpreadsheetExportMixin.preprocess_field_value = preprocess
