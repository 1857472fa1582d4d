"""Translations that lack words, as wagtail-localize's own report finds them."""

from wagtail_localize.views.report import TranslationsReportView


def waiting_translations():
    """The report's own rows, so that number and list agree."""
    return TranslationsReportView().get_queryset().filter(waiting_for_translation=True)
