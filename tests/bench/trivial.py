"""The least that Django can serve: one view without middleware, as large as a compressed page."""

from django.http import HttpResponse
from django.urls import path

SECRET_KEY = "only-for-measuring"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = __name__
BODY = b"x" * 8_000

urlpatterns = [path("", lambda request: HttpResponse(BODY))]
