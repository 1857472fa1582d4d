from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    label = "projects"
    verbose_name = _("Projects")

    def ready(self):
        from cms.assets.closing import closes_pictures
        from cms.core import sections

        from .contacts import contacts_section
        from .home_section import home_section
        from .models.people import photographs_of_expired_people

        closes_pictures(photographs_of_expired_people)

        sections.register(
            "people",
            place="contacts",
            order=10,
            template="components/contacts_people.html",
            get_context=contacts_section,
        )
        sections.register(
            "projects",
            place="home",
            order=10,
            template="components/home_projects.html",
            get_context=home_section,
        )
