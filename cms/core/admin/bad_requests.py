"""Requests to the admin that nobody's click has made."""

import logging
import re
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.urls import reverse
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin
from django.views.defaults import bad_request

logger = logging.getLogger(__name__)

# Where code lies that is not this project's: the libraries' and Python's own.
FOREIGN = (str(Path(django.__file__).parents[1]), str(Path(re.__file__).parents[1]), "<frozen")
# What no request can bring about, however it is written.
NOT_THE_REQUEST = (
    ImportError,
    ImproperlyConfigured,
    InterfaceError,
    MemoryError,
    NotImplementedError,
    OperationalError,
    OSError,
    ProgrammingError,
    TemplateDoesNotExist,
    TemplateSyntaxError,
)


class BadRequestMiddleware(MiddlewareMixin):
    """Answers 400 where Wagtail answers 500 to something that it cannot read.

    Its views hand what a request says to the database, to ``int()``, to a parser of rich text or
    to ``reverse()`` without a look, and whatever those raise becomes a server error. There is no
    end to the kinds, so the place decides: the request carries something, and what failed is code
    of a library and not of this project. It is logged as an error with its traceback all the
    same: should the library have been called wrongly by us, it shows.
    """

    def process_exception(self, request, exception):
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return None
        asks = request.method in {"GET", "HEAD"}
        if asks and not request.META.get("QUERY_STRING"):
            return None
        if isinstance(exception, NOT_THE_REQUEST) or not is_foreign(exception):
            return None
        logger.error("Nonsense in a request to %s", request.path, exc_info=exception)
        profile = getattr(request.user, "wagtail_userprofile", None)
        language = profile.get_preferred_language() if profile else translation.get_language()
        with translation.override(language):
            return bad_request(request, None)


def is_foreign(exception) -> bool:
    """Whether the exception was raised by code that is not this project's."""
    step = exception.__traceback__
    while step.tb_next:
        step = step.tb_next
    return step.tb_frame.f_code.co_filename.startswith(FOREIGN)
