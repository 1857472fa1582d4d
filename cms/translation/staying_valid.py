"""The tick by which whoever edits a source says that its translations stay valid.

It lies in the revision that the form saves, and so comes into force when that very revision is
published, by whomever and whenever (see :func:`.changes.follow`). The next save asks again.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import Panel
from wagtail_localize.models import Translation

STAY_VALID = "translations_stay_valid"


class StayValidPanel(Panel):
    """In the forms of pages that have translations, and in no others."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "translation/admin/stay_valid.html"

        def is_shown(self) -> bool:
            page = self.instance
            return (
                bool(page.pk)
                and Translation.objects.filter(
                    source__object_id=page.translation_key,
                    source__locale=page.locale_id,
                    enabled=True,
                ).exists()
            )

        def get_context_data(self, parent_context=None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {**context, "name": STAY_VALID, "is_ticked": self._is_ticked()}

        def _is_ticked(self) -> bool:
            """As it was sent, or as the draft has it that waits to be published."""
            if self.request.method == "POST":
                return STAY_VALID in self.request.POST
            page = self.instance
            waiting = page.latest_revision if page.has_unpublished_changes else None
            return bool(waiting and waiting.content.get(STAY_VALID))


panel = StayValidPanel(heading=_("Translations"))


@hooks.register("before_edit_page", order=-90)
def note_tick(request, page) -> None:
    if request.method == "POST" and STAY_VALID in request.POST:
        page.revision_notes = {STAY_VALID: True}


@hooks.register("register_log_actions")
def name_log_actions(actions) -> None:
    actions.register_action(
        "katto.translations_stay_valid",
        _("Translations stay valid"),
        _("Said that the translations stay valid after a change"),
    )
