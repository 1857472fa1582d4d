"""Words for and from translators: clean, readable, and short enough for where they go."""

import tempfile

import polib
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models.signals import pre_save
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation, TranslationSource

from cms.core.hygiene import clean_all

ALWAYS_FITS = 30
"""Characters for which nobody looks up what the field takes."""


def clean_source(sender, instance, **kwargs) -> None:
    """A string is looked up by the hash of its words, taken from what is in hand when a source is
    made: that has to be as clean as what the database keeps.
    """
    instance.content_json = clean_all(instance.content_json)


def measure(sender, instance, **kwargs) -> None:
    """Refuses what its field can't hold: PostgreSQL ends in a server error, SQLite keeps it."""
    if len(instance.data) <= ALWAYS_FITS or instance.has_error or not instance.context_id:
        return
    source = TranslationSource.objects.filter(object_id=instance.context.object_id).first()
    model = source and source.specific_content_type.model_class()
    limit = longest(model, instance.context.path) if model else None
    if limit is None or len(instance.data) <= limit:
        return
    message = _("“%(text)s…” is %(length)s characters long; there is room for %(limit)s.")
    raise ValidationError(
        message % {"text": instance.data[:40], "length": len(instance.data), "limit": limit}
    )


def longest(model, path: str) -> int | None:
    """Characters that the field at ``path`` takes (``title``, ``files.<id>.title``), if limited."""
    name, *rest = path.split(".")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if field.is_relation and len(rest) == 2:
        return longest(field.related_model, rest[1])
    return None if rest else getattr(field, "max_length", None)


def is_pofile(file) -> bool:
    """Whether polib can read an uploaded file and finds the translation that it belongs to.

    It opens the file in whatever encoding the header names (*undefined*, *idna*, one that does not
    exist), and raises nearly anything on what is no PO file.
    """
    with tempfile.NamedTemporaryFile(suffix=".po") as copy:
        copy.write(file.read())
        copy.flush()
        file.seek(0)
        try:
            return "X-WagtailLocalize-TranslationID" in polib.pofile(copy.name).metadata
        except Exception:
            return False


def connect() -> None:
    pre_save.connect(clean_source, sender=TranslationSource, dispatch_uid="clean-source")
    pre_save.connect(measure, sender=StringTranslation, dispatch_uid="measure-translation")
