from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def reads(view):
    """A view that changes nothing: any other method is refused for what it is, not as a forgery."""
    return csrf_exempt(require_safe(view))
