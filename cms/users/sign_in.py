"""Signing in, and the forms before what is closed: a page or a collection with a password.

The forms are shown under the page's own address and post to Wagtail's. Passwords are guessed here
as in the admin, so they get as slow.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.urls import path
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail import views as wagtail_views
from wagtail.admin.forms.auth import LoginForm
from wagtail.documents.views import serve as document_views

from .throttling import limit_posts


class SignInForm(LoginForm):
    """Wagtail 8.0 gives the password no label but its name in the code, in English everywhere."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")


def uncached(view: Callable) -> Callable:
    """``view``, whose answers neither caches nor search engines keep."""

    @wraps(view)
    def answer(request, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


page_password, document_password = (
    uncached(limit_posts(view, "page-password", times=20, seconds=900))
    for view in (
        wagtail_views.authenticate_with_password,
        document_views.authenticate_with_password,
    )
)
sign_in = uncached(LoginView.as_view(template_name="closed/login.html"))

VIEWS = {"wagtailcore_authenticate_with_password": page_password, "wagtailcore_login": sign_in}
# Wagtail's addresses below each language. They stand before the pages, which take any address.
urlpatterns = [
    path(str(pattern.pattern), VIEWS[pattern.name], name=pattern.name)
    for pattern in wagtail_urls.urlpatterns
    if pattern.name in VIEWS
]
