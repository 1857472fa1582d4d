from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def make_index(using: str = "default", plan=(), **kwargs) -> None:
    """The database's index has tables of its own, which no migration of a model makes.

    Made anew for another schema, it is empty: everything is indexed again.
    """
    from .engines import database_engine, get_engine
    from .noting import changed_all

    if using != "default" or any(backwards for _migration, backwards in plan):
        return
    engine = get_engine(database_engine())
    engine.create()
    if next(engine.ids(), None) is None:
        changed_all()


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from cms.core import schedule
        from cms.core.personal import register

        from . import checks, personal, signals  # noqa: F401
        from .noting import take_up
        from .upkeep import drop_expired_people, forget_missed_searches

        register("search", personal.tell, personal.forget)
        signals.connect()
        schedule.register("search.follow", every=timedelta(seconds=1), run=take_up)
        schedule.register("search.people", timedelta(hours=1), drop_expired_people)
        schedule.register("search.missed", timedelta(days=1), forget_missed_searches)
        post_migrate.connect(make_index, sender=self, dispatch_uid="search-index")
