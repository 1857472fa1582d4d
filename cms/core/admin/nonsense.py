"""Requests to the admin that nobody's click has made."""

import logging
import re
from json import JSONDecodeError

from django.db import DataError, OperationalError
from django.urls import reverse
from django.utils import translation
from django.utils.datastructures import MultiValueDictKeyError
from django.views.defaults import bad_request

logger = logging.getLogger(__name__)

# What Django and the databases say where a form's chooser carries a word, or too many digits.
NOT_A_NUMBER = re.compile(r"expected a number|too large|out of range|invalid literal for int")


class NonsenseMiddleware:
    """Answers 400 where Wagtail 8.0 answers 500 to a value it cannot read.

    Its listings, choosers and API hand numbers of any length, words for numbers and null bytes
    to the database; so do its forms with the hidden fields of their choosers. What is refused is
    logged with its traceback, so that a fault of ours shows.
    Delete this once upstream checks them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return None
        asks = request.method in {"GET", "HEAD"}
        query = request.META.get("QUERY_STRING", "")
        # SQLite calls a null byte an unterminated string, which is an operational error to it.
        null = isinstance(exception, OperationalError) and "%00" in query
        nonsense = isinstance(
            exception, (DataError, MultiValueDictKeyError, OverflowError, ValueError)
        )
        if not (null or nonsense) or (asks and not query):
            return None
        if not asks and not self._is_garbled(exception):
            return None
        logger.warning("Nonsense in a request to %s", request.path, exc_info=exception)
        return self._refuse(request)

    @staticmethod
    def _is_garbled(exception) -> bool:
        """Whether a form came without its hidden fields, or with something else in them."""
        if isinstance(exception, (JSONDecodeError, MultiValueDictKeyError)):
            return True
        return bool(NOT_A_NUMBER.search(str(exception)))

    @staticmethod
    def _refuse(request):
        profile = getattr(request.user, "wagtail_userprofile", None)
        language = profile.get_preferred_language() if profile else translation.get_language()
        with translation.override(language):
            return bad_request(request, None)
