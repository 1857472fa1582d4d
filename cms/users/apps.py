from datetime import timedelta

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class UsersConfig(AppConfig):
    name = "cms.users"
    verbose_name = _("Users")

    def ready(self) -> None:
        from wagtail import hooks

        from cms.core import schedule

        from . import first_hour, models, roles, sign_in

        hooks.register("first_hour_steps", first_hour.people, order=90)

        user_logged_in.connect(sign_in.mark_browser, dispatch_uid="known-browser")
        post_migrate.connect(roles.set_up_after_migration, sender=self, dispatch_uid="set_up_roles")
        post_save.connect(roles.grant_on_new_home_page, dispatch_uid="open_home_page")
        schedule.register(
            "clear_login_traces", timedelta(days=1), schedule.command("clear_login_traces")
        )
        models.register_personal_data("accounts", models.tell)
