"""Listings as spreadsheets: a button that can be seen, and cells that do no harm."""

from decimal import Decimal

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.widgets.button import Button, ButtonWithDropdown

from ..hygiene import clean
from ..spreadsheet import csv_cell

EXACT = (bool, int, float, Decimal)


class ExportButton:
    """Mixed into a listing with ``list_export``: Wagtail hides the export behind three dots."""

    @cached_property
    def header_buttons(self):
        buttons = list(super().header_buttons)
        if self.list_export:
            kinds = [("Excel (XLSX)", self.xlsx_export_url), ("CSV", self.csv_export_url)]
            choices = [Button(name, url=url, icon_name="download") for name, url in kinds]
            buttons.append(ButtonWithDropdown(_("Export"), icon_name="download", buttons=choices))
        return buttons

    @cached_property
    def header_more_buttons(self):
        """Not once more behind the dots."""
        mine = {self.xlsx_export_url, self.csv_export_url}
        return [button for button in super().header_more_buttons if button.url not in mine]


def make_exports_safe() -> None:
    """Every export of the admin, Wagtail's own reports too: their words come from anybody.

    Wagtail writes CSV cells as they are, and openpyxl refuses control characters (a server error).
    Delete this once upstream neutralises formulas and cleans what a workbook cannot hold.
    """
    as_it_is = SpreadsheetExportMixin.preprocess_field_value

    def preprocess(self, field, value, export_format):
        value = as_it_is(self, field, value, export_format)
        if export_format == self.FORMAT_CSV and not isinstance(value, EXACT):
            return csv_cell(value)
        return clean(value) if isinstance(value, str) else value

    SpreadsheetExportMixin.preprocess_field_value = preprocess
