from django.urls import path

from cms.core.reading import reads
from cms.users.sign_in import document_password

from .views import serve_document

urlpatterns = [
    path(
        "<int:document_id>/<path:document_filename>",
        reads(serve_document),
        name="wagtaildocs_serve",
    ),
    path(
        "authenticate_with_password/<int:restriction_id>/",
        document_password,
        name="wagtaildocs_authenticate_with_password",
    ),
]
