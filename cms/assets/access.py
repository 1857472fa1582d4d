"""Who may open a stored document or picture by its address."""

from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from .closing import closed_pictures, is_one_of
from .usage import is_restricted, live_pages_with, restricted_paths, used_in_public

RIGHTS = ["add", "change", "delete", "choose"]


def is_staff_of(user, model) -> bool:
    """Whether somebody works with the site's pictures or documents."""
    return user.is_authenticated and policy_registry.get_by_type(model).user_has_any_permission(
        user, RIGHTS
    )


def is_public(document) -> bool:
    """Whether everybody may open it: its collection is open, and something public shows it."""
    if is_restricted(document, restricted_paths()):
        return False
    return document.pk in used_in_public(type(document), [document.pk])


def may_open(document, request) -> bool:
    """A document lives as long as what shows it.

    In a collection with a restriction, whoever fulfils that may open it (Wagtail has asked). A
    page with a password or for some groups opens its documents to those who may open the page.
    ``request.document_is_public`` says afterwards whether shared caches may keep the answer.
    """
    request.document_is_public = is_public(document)
    if request.document_is_public or is_restricted(document, restricted_paths()):
        return True
    if is_staff_of(request.user, type(document)):
        return True
    return any(
        all(rule.accept_request(request) for rule in page.get_view_restrictions())
        for page in live_pages_with(type(document), document.pk)
    )


def may_see_picture(path: str, request) -> bool:
    return not is_one_of(path, closed_pictures()) or is_staff_of(request.user, get_image_model())
