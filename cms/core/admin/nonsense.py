"""Addresses of the admin whose query string nobody's click has made."""

import logging

from django.db import DataError, OperationalError
from django.urls import reverse
from django.utils import translation
from django.views.defaults import bad_request

logger = logging.getLogger(__name__)


class NonsenseMiddleware:
    """Answers 400 where Wagtail 8.0 answers 500 to a value in an address.

    Its listings, choosers and API hand numbers of any length, words for numbers and null bytes
    to the database. What is refused is logged with its traceback, so that a fault of ours shows.
    Delete this once upstream checks them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        query = request.META.get("QUERY_STRING", "")
        if not (query and self._is_admin_question(request)):
            return None
        # SQLite calls a null byte an unterminated string, which is an operational error to it.
        null = isinstance(exception, OperationalError) and "%00" in query
        if not (null or isinstance(exception, (DataError, OverflowError, ValueError))):
            return None
        logger.warning("Nonsense in the address of %s", request.path, exc_info=exception)
        return self._refuse(request)

    @staticmethod
    def _refuse(request):
        profile = getattr(request.user, "wagtail_userprofile", None)
        language = profile.get_preferred_language() if profile else translation.get_language()
        with translation.override(language):
            return bad_request(request, None)

    @staticmethod
    def _is_admin_question(request) -> bool:
        admin = reverse("wagtailadmin_home")
        return request.method in {"GET", "HEAD"} and request.path_info.startswith(admin)
