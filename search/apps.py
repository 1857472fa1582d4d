from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def make_index(using: str = "default", plan=(), **kwargs) -> None:
    """The database's index has tables of its own, which no migration of a model makes.

    Made anew for another schema, it is empty: everything is indexed again.
    """
    from .engines import database_engine, get_engine
    from .indexing import changed_all

    if using != "default" or any(backwards for _migration, backwards in plan):
        return
    engine = get_engine(database_engine())
    engine.create()
    if next(engine.ids(), None) is None:
        changed_all()


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from cms.core.personal import register

        from . import checks, personal, signals  # noqa: F401

        register("search", personal.tell, personal.forget)
        signals.connect()
        post_migrate.connect(make_index, sender=self, dispatch_uid="search-index")
