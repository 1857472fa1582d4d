from wagtail.snippets.views.snippets import SnippetViewSet

from cms.core.admin import TranslatableSnippetListing


class TranslatableViewSet(SnippetViewSet):
    index_view_class = TranslatableSnippetListing
    ordering = "name"
    list_per_page = 50
    copy_view_enabled = False
    search_backend_name = None
