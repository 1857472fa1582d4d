from django.utils.translation import gettext as _

from cms.core.feeds import PageFeed

from .models import ProjectPage


class ProjectFeed(PageFeed):
    name = "projects"
    model = ProjectPage

    def title(self):
        return _("Projects")
