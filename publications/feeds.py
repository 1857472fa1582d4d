from django.utils.translation import gettext as _

from cms.core.feeds import PageFeed

from .models import PublicationPage


class PublicationFeed(PageFeed):
    name = "publications"

    def title(self):
        return _("Publications")

    def pages(self, request):
        pages = PublicationPage.objects.best_for().select_related("locale")
        return pages.defer("body").order_by("-first_published_at", "-pk")
