from django.utils import translation
from wagtail.models import PreviewableMixin


class RecordPreview(PreviewableMixin):
    """Shows a record beside its form as visitors meet it, in the record's own language."""

    def get_preview_template(self, request, mode_name) -> str:
        return f"previews/{self._meta.model_name}.html"

    def serve_preview(self, request, mode_name):
        with translation.override(self.locale.language_code):
            return super().serve_preview(request, mode_name).render()
