from django.utils.translation import gettext as _

from cms.core.feeds import PageFeed

from .models import PublicationPage


class PublicationFeed(PageFeed):
    name = "publications"
    model = PublicationPage

    def title(self):
        return _("Publications")
