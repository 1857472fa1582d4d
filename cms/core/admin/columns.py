from django.urls import reverse
from wagtail.admin.ui.tables import Column, TitleColumn


class TagsColumn(Column):
    """Short labels after one another; ``accessor`` gives ``(text, is a warning)`` pairs."""

    cell_template_name = "core/admin/tags_cell.html"


class EditLinkColumn(TitleColumn):
    """A page's title as a link to its editor, with a line of facts below.

    Wagtail's own title column asks the database about buttons, locks and privacy for every row.
    """

    cell_template_name = "core/admin/page_title_cell.html"

    def __init__(self, *args, get_facts=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.get_facts = get_facts

    def get_link_url(self, instance, parent_context):
        if instance.permissions_for_user(parent_context["request"].user).can_edit():
            return reverse("wagtailadmin_pages:edit", args=[instance.pk])
        return None

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        context["page"] = instance
        context["facts"] = self.get_facts(instance) if self.get_facts else ""
        return context
