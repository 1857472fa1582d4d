"""The doors of what is closed to the public: a page or a collection with a password or a sign-in.

The forms are shown under the page's own address and post to Wagtail's. Passwords are guessed here
as in the admin, so they get as slow.
"""

from functools import wraps

from django.contrib.auth.views import LoginView
from django.urls import path
from django.utils.cache import add_never_cache_headers
from wagtail import urls as wagtail_urls
from wagtail import views as wagtail_views
from wagtail.documents.views import serve as document_views

from .throttling import limit_posts


def unkept(view):
    """``view``, whose answers neither caches nor search engines keep."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


def guarded(view, name: str):
    return unkept(limit_posts(view, name, times=20, seconds=900))


page_password = guarded(wagtail_views.authenticate_with_password, "page-password")
document_password = guarded(document_views.authenticate_with_password, "page-password")
sign_in = unkept(LoginView.as_view(template_name="closed/login.html"))

VIEWS = {"wagtailcore_authenticate_with_password": page_password, "wagtailcore_login": sign_in}
# Wagtail's addresses below each language. They stand before the pages, which take any address.
urlpatterns = [
    path(str(pattern.pattern), VIEWS[pattern.name], name=pattern.name)
    for pattern in wagtail_urls.urlpatterns
    if pattern.name in VIEWS
]
