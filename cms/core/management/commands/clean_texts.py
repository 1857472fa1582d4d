from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models
from wagtail.fields import StreamField
from wagtail_localize.models import String

from cms.core.content_epoch import drop_public_pages
from cms.core.hygiene import clean_all

# A string for translators is found by the hash of its words: a sync writes it anew, clean.
KEPT = {String}


class Command(BaseCommand):
    help = (
        "Take characters that nobody sees out of every text in the database. New ones come in by "
        "no way; run it once where the site is older than that. Rebuild the search afterwards."
    )

    def handle(self, **options) -> None:
        models_ = [m for m in apps.get_models() if m._meta.managed and m not in KEPT]
        cleaned = sum(clean_rows(model) for model in models_)
        if cleaned:
            drop_public_pages()
        self.stdout.write(f"Cleaned {cleaned} rows.")


def clean_rows(model) -> int:
    """Write back the rows that have something to clean; gives their number."""
    kinds = (models.CharField, models.TextField, models.JSONField, StreamField)
    names = [f.attname for f in model._meta.local_concrete_fields if isinstance(f, kinds)]
    names = [name for name in names if name != model._meta.pk.attname]
    if not names:
        return 0
    cleaned = 0
    for pk, *values in model._base_manager.values_list("pk", *names).iterator():
        found = {
            name: clean_all(raw)
            for name, value in zip(names, values, strict=True)
            if (raw := plain(value)) != clean_all(raw)
        }
        if found:
            model._base_manager.filter(pk=pk).update(**found)
            cleaned += 1
    return cleaned


def plain(value) -> list | dict | str | None:
    """What a column holds: a stream as its JSON's lists and dicts."""
    return value.get_prep_value() if hasattr(value, "get_prep_value") else value
