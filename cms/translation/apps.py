from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "cms.translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        from . import hygiene, structure  # noqa: F401 (receivers)
        from .package_fixes import (
            blank_what_is_one_things_own,
            give_labels,
            pass_over_missing_pictures,
        )
        from .sending import send_in_few_queries

        hygiene.connect()
        pass_over_missing_pictures()
        give_labels()
        send_in_few_queries()
        blank_what_is_one_things_own()
