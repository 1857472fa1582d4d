"""The API's addresses, which take HEAD wherever they take GET, as HTTP has it."""

from functools import wraps

from cms.core.routing import reads

from .views import api


def head_as_get(view):
    """``view`` answering HEAD as GET; whoever serves the answer leaves out its body."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        asked, request.method = request.method, "GET"
        try:
            return view(request, *args, **kwargs)
        finally:
            request.method = asked

    return answer


patterns, app_name, namespace = api.urls
for pattern in patterns:
    pattern.callback = reads(head_as_get(pattern.callback))
urls = (patterns, app_name, namespace)
