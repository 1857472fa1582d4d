from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationsConfig(AppConfig):
    name = "publications"
    verbose_name = _("Publications")

    def ready(self) -> None:
        from cms.core.presenters import register_section

        from .importing import register_publications
        from .public import home_section, project_section

        register_publications()

        register_section(
            "publications",
            place="home",
            order=20,
            template="components/home_publications.html",
            get_context=home_section,
        )
        register_section(
            "publications",
            place="project",
            order=10,
            template="components/project_publications.html",
            get_context=project_section,
        )
