import gzip

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from cms.core.middleware import TextCompressionMiddleware

LONG = b"hanke " * 200


def through(response, encoding="gzip, br"):
    request = RequestFactory().get("/", headers={"accept-encoding": encoding})
    return TextCompressionMiddleware(lambda _request: response)(request)


@pytest.mark.parametrize(
    "kind", ["text/html; charset=utf-8", "application/json", "image/svg+xml", "text/css"]
)
def test_text_is_compressed(kind):
    response = through(HttpResponse(LONG, content_type=kind))
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == LONG
    assert "Accept-Encoding" in response["Vary"]


@pytest.mark.parametrize("kind", ["image/avif", "image/png", "application/pdf", "video/mp4"])
def test_what_is_compressed_already_passes(kind):
    assert "Content-Encoding" not in through(HttpResponse(LONG, content_type=kind))


def test_a_byte_range_stays_the_range_that_was_asked_for():
    response = through(HttpResponse(LONG, status=206, content_type="text/plain"))
    assert response.content == LONG


def test_files_are_compressed_while_they_stream(tmp_path):
    file = tmp_path / "site.css"
    file.write_bytes(LONG)
    response = through(FileResponse(file.open("rb"), content_type="text/css"))
    assert gzip.decompress(b"".join(response)) == LONG


def test_a_visitor_who_takes_no_gzip_gets_none():
    assert through(HttpResponse(LONG), encoding="identity").content == LONG
