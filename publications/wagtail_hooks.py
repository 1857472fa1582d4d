from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail import hooks

from cms.core.admin import Line, page_lines

from .admin import PublicationListingViewSet
from .models import PublicationIndexPage, PublicationPage

hooks.register("register_admin_viewset", PublicationListingViewSet)


@hooks.register("to_do_lines", order=20)
def publication_lines(request) -> Iterator[Line]:
    labels = {
        "add": _("Add a publication"),
        "changed": _("Publications with unpublished changes"),
        "drafts": _("Publications not yet published"),
    }
    return page_lines(
        request.user, PublicationPage, PublicationIndexPage, "publication_listing", labels
    )
