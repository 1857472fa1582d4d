from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UsersConfig(AppConfig):
    name = "cms.users"
    verbose_name = _("Users")

    def ready(self):
        from cms.core import schedule
        from cms.core.personal import register

        from . import known, personal, signals

        signals.connect(self)
        known.connect()
        schedule.register(
            "clear_login_traces", timedelta(days=1), schedule.command("clear_login_traces")
        )
        register("accounts", personal.tell)
