from django.http import Http404
from wagtail import hooks

from .access import may_open


@hooks.register("after_bulk_action")
def tell_of_moved_files(request, action_type, objects, action) -> None:
    """Wagtail moves files between collections by ``update()``, of which nobody hears."""
    if action_type == "add_to_collection":
        for file in objects:
            file.refresh_from_db(fields=["collection"])
            file.save(update_fields=["collection"])


@hooks.register("before_serve_document", order=10)
def refuse_documents_that_nothing_shows(document, request) -> None:
    """After Wagtail's own check of private collections."""
    if not may_open(document, request):
        raise Http404("Nothing public shows this document.")
