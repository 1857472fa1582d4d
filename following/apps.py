from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowingConfig(AppConfig):
    name = "following"
    verbose_name = _("Following")

    def ready(self) -> None:
        from cms.core import schedule
        from cms.users.models import register_personal_data

        from . import keeping
        from .digest import send_digests

        register_personal_data("following", keeping.tell, keeping.forget)
        schedule.register("following.digest", timedelta(hours=1), send_digests)
        schedule.register("following.unconfirmed", timedelta(days=1), keeping.forget_unconfirmed)
