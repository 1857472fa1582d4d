"""Language by address, without sending machines to pages for people."""

from django.middleware.locale import LocaleMiddleware

WITHOUT_LANGUAGE = ("/api/", "/admin/", "/documents/", "/media/", "/static/", "/style/")


class PathLocaleMiddleware(LocaleMiddleware):
    """Django answers a 404 without a language with a redirect to the same path in one.

    Below every language Wagtail takes any path, so a missing record of the API or a missing file
    would be redirected to a page that is missing as well.
    """

    def process_response(self, request, response):
        if response.status_code == 404 and request.path_info.startswith(WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)
