"""Forms that say they are bigger than they are, and forms that really are too big."""

import re
from collections import defaultdict

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin
from django.views.defaults import bad_request as django_bad_request

COUNTED = re.compile(r"(?P<prefix>.+)-(?:TOTAL_FORMS|INITIAL_FORMS|count)")
DIGITS = re.compile(r"[0-9]{1,6}")
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class FormSizeMiddleware(MiddlewareMixin):
    """Refuses a form whose number of rows is no number, or more than the rows that were sent.

    Django and Wagtail make a form or block for each row that is promised, up to 2,000 at a time
    or without end: one request could keep a worker busy for minutes. Browsers send at least one
    field of every row. Delete this once upstream counts what was sent.
    """

    def process_view(self, request, view, args, kwargs):
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


def bad_request(request, exception):
    """The page of a request that cannot be served; one for people whose form is too big."""
    if isinstance(exception, TOO_BIG):
        return render(request, "400_too_big.html", status=400)
    return django_bad_request(request, exception)
