"""Which policy goes with which part of the site."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin


class PolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere, Wagtail's looser one in its admin.

    A response that already carries a policy (an uploaded file, a preview of a public page) keeps
    its own.
    """

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(reverse("wagtailadmin_home")):
            parts.config = parts.config or settings.ADMIN_POLICY
        return parts


class PermissionsPolicyMiddleware(MiddlewareMixin):
    """No page of the site asks for the camera, the place or the like, so none may."""

    def process_response(self, request, response):
        response.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response
