"""Deleting a record of a register: it is one thing, so its other languages are asked about.

Without them, whatever names the record would go on to name it in another language, and a person
whom staff have deleted would still be public.
"""

from typing import Any

from django.utils.functional import cached_property
from wagtail.actions.delete import DeleteAction
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.snippets import DeleteView

from cms.translation.facts.page_views import AsksForLanguages
from cms.translation.facts.records import FactsRecord

from ..models import Organisation, Person, Programme, TargetGroup, Theme


def other_languages(record: FactsRecord) -> list[FactsRecord]:
    return list(record.get_translations().select_related("locale").order_by("locale"))


class RecordDelete(AsksForLanguages, DeleteView):
    @cached_property
    def others(self) -> list[FactsRecord]:
        return other_languages(self.object)

    def delete_action(self) -> None:
        for record in (self.object, *self.chosen()):
            DeleteAction(record, user=self.request.user).execute(skip_permission_checks=True)


class RecordDeleteBulk(DeleteBulkAction):
    """Takes the other languages along, as its page says."""

    models = [Organisation, Person, Programme, TargetGroup, Theme]
    template_name = "projects/admin/confirm_bulk_delete_languages.html"

    @classmethod
    def execute_action(cls, objects, user=None, **kwargs: Any) -> tuple[int, int]:
        others = [other for record in objects for other in other_languages(record)]
        super().execute_action([*objects, *others], user=user, **kwargs)
        return len(objects), 0
