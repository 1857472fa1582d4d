from django.utils.translation import gettext as _

from cms.core.feeds import PageFeed

from .models import ProjectPage


class ProjectFeed(PageFeed):
    name = "projects"

    def title(self):
        return _("Projects")

    def pages(self, request):
        pages = ProjectPage.objects.best_for().select_related("locale")
        return pages.defer("body").order_by("-first_published_at", "-pk")
