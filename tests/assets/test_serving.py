"""Files as they leave the site."""

import pytest
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

from cms.assets.models import CustomDocument
from tests.factories import PublicationFactory

from .files import office, pdf, picture, svg, upload

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def stored(name, data, **more):
    """A document that a live publication shows."""
    document = CustomDocument.objects.create(title="Opas", file=upload(name, data), **more)
    PublicationFactory(files=[{"language": "fi", "document": document}])
    return document


def test_a_pdf_is_shown_and_can_do_nothing(client):
    response = client.get(stored("opas.pdf", pdf()).url)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "attachment" not in response.get("Content-Disposition", "")
    assert "no-cache" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.docx", office(), "officedocument.wordprocessingml"),
        ("a.txt", "x", "text/plain"),
        ("a.html", "<script>alert(1)</script>", "text/html"),
        ("a.svg", svg("<script/>"), "image/svg+xml"),
    ],
)
def test_all_else_is_saved_and_sandboxed(client, name, data, kind):
    response = client.get(stored(name, data).url)
    assert kind in response["Content-Type"]
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_private_collection_is_asked_for_and_never_cached(client, admin_client):
    collection = Collection.get_first_root_node().add_child(name="Sisäiset")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    document = stored("a.pdf", pdf(), collection=collection)
    refused = client.get(document.url)
    assert refused.status_code == 302
    assert "no-store" in refused["Cache-Control"]
    allowed = admin_client.get(document.url)
    assert allowed.status_code == 200
    assert "no-store" in allowed["Cache-Control"]
    assert "private" in allowed["Cache-Control"]


def test_a_password_protected_collection_still_has_its_form(client):
    collection = Collection.get_first_root_node().add_child(name="Sisäiset")
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.PASSWORD, password="x"
    )
    document = stored("a.pdf", pdf(), collection=collection)
    assert b"password" in client.get(document.url).content
    url = reverse("wagtaildocs_authenticate_with_password", args=[restriction.pk])
    client.post(url, {"password": "x", "return_url": document.url})
    assert client.get(document.url)["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [("a.svg", svg(), "image/svg+xml"), ("a.png", picture(), "image/png")],
)
def test_pictures_from_media_cannot_run(client, name, data, kind):
    image = get_image_model().objects.create(title="x", file=upload(name, data))
    response = client.get(image.file.url)
    assert response.status_code == 200
    assert response["Content-Type"] == kind
    assert response["Content-Security-Policy"].endswith("sandbox")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_documents_are_not_given_out_past_their_view(client):
    document = stored("a.pdf", pdf())
    assert client.get(document.file.url).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["x.png", "../manage.py", "%00.png", "a%00.png", "original_images/..%2f..%2fx.png",
     "documents/x.png", "./documents/x.png", "x" * 3000 + ".png", "images/x.html"],
)  # fmt: skip
def test_odd_media_addresses_are_not_found(client, path):
    assert client.get(f"/media/{path}").status_code == 404
