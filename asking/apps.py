from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AskingConfig(AppConfig):
    name = "asking"
    verbose_name = _("Questions")

    def ready(self) -> None:
        from cms.core import schedule
        from cms.core.presenters import register_section
        from cms.users.models import register_personal_data

        from . import keeping
        from .views import project_section

        register_section(
            "asking",
            place="project",
            order=90,
            template="asking/project_asking.html",
            get_context=project_section,
        )
        register_personal_data("questions", keeping.tell, keeping.forget)
        schedule.register("asking.forget", timedelta(days=1), keeping.forget_old)
