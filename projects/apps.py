from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    label = "projects"
    verbose_name = _("Projects")

    def ready(self):
        from cms.core import schedule, sections

        from .contacts import contacts_section
        from .home_section import home_section

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
        schedule.register(
            "forget_expired_people", timedelta(days=1), schedule.command("forget_expired_people")
        )
