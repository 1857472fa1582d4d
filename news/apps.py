from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News and events")

    def ready(self) -> None:
        from cms.core.presenters import register_section

        from .importing import register_news
        from .public import presenters

        register_news()

        register_section(
            "news",
            place="home",
            order=15,
            template="components/home_news.html",
            get_context=presenters.home_section,
        )
        register_section(
            "news",
            place="project",
            order=20,
            template="components/project_news.html",
            get_context=presenters.project_section,
        )
