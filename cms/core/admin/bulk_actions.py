"""Buttons for several rows at once are called by the word that they show (WCAG 2.5.3).

Wagtail gives each an ``aria-label`` that says it in other words ("Piilota": "Peru valittujen
sivujen julkaisu"): who steers by voice says what is on the button, and nothing happens. Delete
this once upstream's labels begin with the visible word.
"""

from types import SimpleNamespace

from wagtail.admin.views.bulk_action.registry import BulkActionRegistry


def spoken_name(shown, told) -> str:
    shown, told = str(shown), str(told)
    return told if shown.casefold() in told.casefold() else f"{shown}: {told}"


def call_bulk_actions_by_their_word() -> None:
    registered = BulkActionRegistry.get_bulk_actions_for_model

    def get_bulk_actions_for_model(self, app_label, model_name):
        return [
            SimpleNamespace(
                action_type=action.action_type,
                action_priority=action.action_priority,
                classes=action.classes,
                display_name=action.display_name,
                aria_label=spoken_name(action.display_name, action.aria_label),
            )
            for action in registered(self, app_label, model_name)
        ]

    BulkActionRegistry.get_bulk_actions_for_model = get_bulk_actions_for_model
