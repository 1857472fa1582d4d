from wagtail import hooks

from .admin import PublicationListingViewSet


@hooks.register("register_admin_viewset")
def register_publication_listing():
    return PublicationListingViewSet()
