from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def make_index(using: str = "default", **kwargs) -> None:
    """The database's index has tables of its own, which no migration of a model makes."""
    from .engines import database_engine, get_engine

    if using == "default":
        get_engine(database_engine()).create()


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from cms.core import schedule

        from . import checks, signals  # noqa: F401
        from .noting import take_up

        signals.connect()
        schedule.register("search.follow", every=timedelta(seconds=1), run=take_up)
        post_migrate.connect(make_index, sender=self, dispatch_uid="search-index")
