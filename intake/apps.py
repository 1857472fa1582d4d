from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "intake"
    verbose_name = _("Bringing in")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.core import schedule
        from cms.users.models import register_personal_data

        from . import keeping

        schedule.register("forget_old_imports", timedelta(days=1), keeping.forget_old_imports)
        register_personal_data("uploads", keeping.tell, keeping.forget)
