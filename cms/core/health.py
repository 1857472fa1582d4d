"""``/healthz``: can this process answer a visitor?

Only the database decides. A search engine that is down is no reason to take the site away: the
search answers without it.
"""

import logging

from django.db import DatabaseError, connection
from django.http import HttpResponse

PATH = "/healthz"
logger = logging.getLogger(__name__)


class HealthMiddleware:
    """Answers before host names, HTTPS and sessions matter: load balancers ask by address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == PATH:
            return answer()
        return self.get_response(request)


def answer() -> HttpResponse:
    """200 ``ok``, or 503 without saying why: the reason is for the log."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database does not answer")
        response = HttpResponse("database unavailable\n", status=503, content_type="text/plain")
    else:
        response = HttpResponse("ok\n", content_type="text/plain")
    response["Cache-Control"] = "no-store"
    response["Content-Length"] = len(response.content)
    return response
