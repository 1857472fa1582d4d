from django.urls import path
from wagtail.documents.urls import urlpatterns as wagtail_patterns

from .views import serve_document

urlpatterns = [
    path("<int:document_id>/<path:document_filename>", serve_document, name="wagtaildocs_serve"),
    *(pattern for pattern in wagtail_patterns if pattern.name != "wagtaildocs_serve"),
]
