from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")

    def ready(self):
        from cms.assets.access import closes_pictures
        from cms.core import personal, schedule, sections

        from . import personal as people
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
        schedule.register(
            "forget_expired_people", timedelta(days=1), schedule.command("forget_expired_people")
        )
        for name, tell in people.TELLERS.items():
            personal.register(name, tell)
        personal.register("imports", people.imports, people.forget_imports)
