"""Words for translators are looked up by their hash, taken from what is in hand when a source is
made: that has to be as clean as what the database keeps (:mod:`cms.core.hygiene`).
"""

from django.db.models.signals import pre_save
from wagtail_localize.models import TranslationSource

from cms.core.hygiene import clean_all


def clean_source(sender, instance, **kwargs) -> None:
    instance.content_json = clean_all(instance.content_json)


def connect() -> None:
    pre_save.connect(clean_source, sender=TranslationSource, dispatch_uid="clean-source")
