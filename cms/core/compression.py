import re

from django.middleware.gzip import GZipMiddleware

COMPRESSIBLE = re.compile(
    r"(text/|application/(javascript|json|ld\+json|xml|atom\+xml|manifest\+json)|image/svg\+xml)"
)


class TextCompressionMiddleware(GZipMiddleware):
    """Compress text of every kind; leave alone what is compressed already.

    Django's own also squeezes pictures and PDFs: time spent for nothing, and no byte ranges. The
    random padding that it adds and the per-response masking of CSRF tokens keep the length of a
    compressed page from telling its secrets (BREACH). What WhiteNoise compressed ahead of time
    carries ``Content-Encoding`` and passes untouched.
    """

    def process_response(self, request, response):
        kind = response.get("Content-Type", "")
        if response.status_code == 206 or not COMPRESSIBLE.match(kind):
            return response
        return super().process_response(request, response)
