from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.core.admin import TranslatableSnippetListing
from cms.translation.fact_panels import FactsForm, FactsPanel


class TranslatableViewSet(SnippetViewSet):
    index_view_class = TranslatableSnippetListing
    ordering = "name"
    list_per_page = 50
    copy_view_enabled = False
    search_backend_name = None

    def get_edit_handler(self) -> ObjectList:
        panels = [*self.panels, FactsPanel(heading=_("Facts"))]
        return ObjectList(panels, base_form_class=FactsForm).bind_to_model(self.model)
