from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RepairConfig(AppConfig):
    name = "cms.repair"
    verbose_name = _("In good repair")

    def ready(self) -> None:
        from cms.core import schedule
        from cms.users.models import register_personal_data

        from . import checking, letters, own, personal_data, reading, reminders

        reading.connect()
        schedule.register("repair.read", timedelta(seconds=5), reading.take_up)
        schedule.register("repair.again", timedelta(hours=1), reading.ask_again)
        schedule.register("repair.own", timedelta(minutes=5), own.settle)
        schedule.register("repair.links", timedelta(minutes=5), checking.begin)
        schedule.register("repair.letters", timedelta(minutes=30), letters.send_weekly)
        schedule.register("repair.reminders", timedelta(hours=1), reminders.send)
        reminders.register("review", reminders.reviews)
        register_personal_data("letters", personal_data.tell)
