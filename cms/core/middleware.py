"""What a request passes through on its way in and out, beside the page cache."""

import logging
import re
from collections import defaultdict
from pathlib import Path

import django
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import (
    ImproperlyConfigured,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import Error as DatabaseFault
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.urls import reverse
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin
from django.views.defaults import bad_request as django_bad_request

from .addresses import WITHOUT_LANGUAGE
from .content_epoch import ContentEpoch
from .faults import say
from .languages import admin_language

COMPRESSIBLE = re.compile(
    r"(text/|application/(javascript|json|ld\+json|xml|atom\+xml|manifest\+json)|image/svg\+xml)"
)


class TextCompressionMiddleware(GZipMiddleware):
    """Compress text of every kind; leave alone what is compressed already.

    Django's own also squeezes pictures and PDFs: time spent for nothing, and no byte ranges. The
    random padding that it adds and the per-response masking of CSRF tokens keep the length of a
    compressed page from telling its secrets (BREACH). What WhiteNoise compressed ahead of time
    carries ``Content-Encoding`` and passes untouched.
    """

    def process_response(self, request, response) -> HttpResponseBase:
        kind = response.get("Content-Type", "")
        if response.status_code == 206 or not COMPRESSIBLE.match(kind):
            return response
        return super().process_response(request, response)


class PolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere, Wagtail's looser one in its admin.

    A response that already carries a policy (an uploaded file, a preview of a public page) keeps
    its own.
    """

    def get_policy_parts(self, request, response, report_only=False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(reverse("wagtailadmin_home")):
            parts.config = parts.config or settings.ADMIN_POLICY
        return parts


class PermissionsPolicyMiddleware(MiddlewareMixin):
    """No page of the site asks for the camera, the place or the like, so none may."""

    def process_response(self, request, response) -> HttpResponseBase:
        response.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response


class PathLocaleMiddleware(LocaleMiddleware):
    """Django answers a 404 without a language with a redirect to the same path in one.

    Below every language Wagtail takes any path, so a missing record of the API or a missing file
    would be redirected to a page that is missing as well.
    """

    def process_response(self, request, response) -> HttpResponseBase:
        if response.status_code == 404 and request.path_info.startswith(WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)


COUNTED = re.compile(r"(?P<prefix>.+)-(?:TOTAL_FORMS|INITIAL_FORMS|count)")
DIGITS = re.compile(r"[0-9]{1,6}")
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class FormSizeMiddleware(MiddlewareMixin):
    """Refuses a form whose number of rows is no number, or more than the rows that were sent.

    Django and Wagtail make a form or block for each row that is promised, up to 2,000 at a time
    or without end: one request could keep a worker busy for minutes. Browsers send at least one
    field of every row. Delete this once upstream counts what was sent.
    """

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        if request.method == "POST" and not honest(request.POST):
            return django_bad_request(request, None)
        return None


def honest(data) -> bool:
    """Whether every count among the fields' names is at most the number of rows sent."""
    counts = {name: COUNTED.fullmatch(name) for name in data if "-" in name}
    counts = {name: found["prefix"] for name, found in counts.items() if found}
    if not counts:
        return True
    rows = rows_of(data, set(counts.values()))
    return all(
        DIGITS.fullmatch(value.strip()) and int(value) <= len(rows[counts[name]])
        for name in counts
        for value in data.getlist(name)
    )


def rows_of(data, prefixes: set[str]) -> dict[str, set[str]]:
    """The numbers of the rows sent for each prefix; prefixes may lie within one another."""
    rows = defaultdict(set)
    for name in data:
        for found in re.finditer(r"-(\d{1,6})-", name):
            prefix = name[: found.start()]
            if prefix in prefixes:
                rows[prefix].add(found[1])
    return rows


def bad_request(request, exception) -> HttpResponse:
    """The page of a request that cannot be served; one for people whose form is too big."""
    if isinstance(exception, TOO_BIG):
        return render(request, "400_too_big.html", status=400)
    return django_bad_request(request, exception)


PATH = "/healthz"


class HealthMiddleware(MiddlewareMixin):
    """Answers before host names, HTTPS and sessions matter: load balancers ask by address."""

    def process_request(self, request) -> HttpResponse | None:
        """200 ``ok``, or 503 without saying why: the reason is for the log."""
        if request.path_info != PATH:
            return None
        try:
            ContentEpoch.now()  # an empty database answers too, but serves nobody
        except DatabaseFault as error:
            say("database", "The database does not answer", error)
            response = HttpResponse("database unavailable\n", status=503, content_type="text/plain")
            response._has_been_logged = True
        else:
            response = HttpResponse("ok\n", content_type="text/plain")
        response["Cache-Control"] = "no-store"
        response["Content-Length"] = len(response.content)
        return response


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

    def process_exception(self, request, exception) -> HttpResponse | None:
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return None
        asks = request.method in {"GET", "HEAD"}
        if asks and not request.META.get("QUERY_STRING"):
            return None
        raised = exception.__traceback__
        while raised.tb_next:
            raised = raised.tb_next
        is_ours = not raised.tb_frame.f_code.co_filename.startswith(FOREIGN)
        if is_ours or isinstance(exception, NOT_THE_REQUEST):
            return None
        logger.error("Nonsense in a request to %s", request.path, exc_info=exception)
        with translation.override(admin_language(request.user)):
            return django_bad_request(request, None)
