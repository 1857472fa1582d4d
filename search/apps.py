"""The search is told here when it starts; what an operator should know of its analysers."""

from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Info, Tags, Warning, register
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from cms.analysis import get_analyser, signature


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from cms.core import schedule
        from cms.users.models import register_personal_data

        from . import signals, tasks

        register_personal_data("search", tasks.tell, tasks.forget)
        signals.connect()
        schedule.register("search.follow", every=timedelta(seconds=1), run=tasks.take_up)
        schedule.register("search.people", timedelta(hours=1), tasks.drop_expired_people)
        schedule.register("search.missed", timedelta(days=1), tasks.forget_missed_searches)
        post_migrate.connect(signals.make_index, sender=self, dispatch_uid="search-index")


@register(Tags.compatibility)
def finnish_is_analysed_exactly(**kwargs: object) -> list[CheckMessage]:
    """Without libvoikko the search still works, but finds fewer inflected and compound words."""
    if get_analyser("fi").name == "voikko":
        return []
    return [
        Warning(
            "Finnish is searched without libvoikko: words are analysed less exactly.",
            hint="Install libvoikko1 and voikko-fi from the system's packages, then run "
            "manage.py rebuild_search.",
            id="search.W001",
        )
    ]


@register(Tags.compatibility, deploy=True)
def analysers_in_use(**kwargs: object) -> list[CheckMessage]:
    used: dict[str, list[str]] = {}
    for locale, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        used.setdefault(signature(locale), []).append(locale)
    said = "; ".join(f"{', '.join(locales)}: {name}" for name, locales in used.items())
    return [Info(f"The search analyses words with {said}.", id="search.I001")]
