from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")

    def ready(self) -> None:
        from cms.assets.access import closes_pictures
        from cms.core import schedule
        from cms.core.presenters import register_section
        from cms.repair import reminders
        from cms.users.models import register_personal_data

        from . import personal_data
        from .admin import likely
        from .admin.reminders import leaving_contacts
        from .joining import keeping
        from .models import addresses
        from .models.organisations import photographs_of_expired_people
        from .public import coded, presenters

        closes_pictures(photographs_of_expired_people)

        register_section(
            "people",
            place="contacts",
            order=10,
            template="components/contacts_people.html",
            get_context=presenters.contacts_section,
        )
        register_section(
            "projects",
            place="home",
            order=10,
            template="components/home_projects.html",
            get_context=presenters.home_section,
        )
        schedule.register(
            "forget_expired_people", timedelta(days=1), schedule.command("forget_expired_people")
        )
        reminders.register("contact", leaving_contacts)
        for name, tell in personal_data.TELLERS.items():
            register_personal_data(name, tell)
        register_personal_data("imports", personal_data.imports, personal_data.forget_imports)
        for room in (keeping, likely, addresses, coded):
            room.connect()
