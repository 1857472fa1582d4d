from wagtail import hooks
from wagtail.documents import get_document_model


@hooks.register("after_bulk_action")
def tell_of_moved_documents(request, action_type, objects, action):
    """Wagtail moves many documents to a collection by ``update()``, which tells nobody.

    Who may read them has changed, and what the search knows of them. Delete this once upstream
    saves each.
    """
    if action_type == "add_to_collection" and action.model is get_document_model():
        for document in get_document_model().objects.filter(pk__in=[x.pk for x in objects]):
            document.save(update_fields=["collection"])
