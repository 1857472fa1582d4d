"""Every listing and chooser of the admin in the alphabet of the language that staff read.

Wagtail leaves the order of texts to the database, in which Åland stands before Apu or after Öljy.
Delete this once its listings have a hook for the order of a column.
"""

from django.db.models import QuerySet
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.generic.chooser import BaseChooseView

from ..alphabet import alphabetical


def order_by_alphabet() -> None:
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
