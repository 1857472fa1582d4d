"""Labels that packages make from the names of fields, so that no catalogue reaches them.

Each line can go once the package gives the label itself: ``check_packages`` then wants its Finnish.
"""

from django.utils.translation import gettext_lazy as _


def give_labels() -> None:
    from wagtail.admin.forms.workflows import WorkflowPageForm
    from wagtail.sites.views import IndexView as SiteListing
    from wagtail_localize.views.report import TranslationsReportFilterSet

    filters = TranslationsReportFilterSet.base_filters
    filters["source_locale"].label = _("Source language")
    filters["target_locale"].label = _("Target language")
    WorkflowPageForm.base_fields["page"].label = _("Page")
    labels = {"site_name": _("Name of the site"), "root_page": _("First page")}
    for column in SiteListing.columns:
        column.label = labels.get(column.name, column.label)
