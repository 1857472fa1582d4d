"""``/healthz``: can this process answer a visitor?

Only the database decides. A search engine that is down is no reason to take the site away: the
search answers without it.
"""

from django.db import Error as DatabaseFault
from django.http import HttpResponse
from django.utils.deprecation import MiddlewareMixin

from .faults import say
from .upkeep import ContentEpoch

PATH = "/healthz"


class HealthMiddleware(MiddlewareMixin):
    """Answers before host names, HTTPS and sessions matter: load balancers ask by address."""

    def process_request(self, request):
        return answer() if request.path_info == PATH else None


def answer() -> HttpResponse:
    """200 ``ok``, or 503 without saying why: the reason is for the log."""
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
