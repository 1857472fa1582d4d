"""A page sent into Arabic, and the addresses and rows of its editor."""

import re

from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from tests.factories import LocaleFactory

RICH = '<p>Lue <a href="https://example.org/">lisää</a> ja <b>tule</b> mukaan 2021–2027.</p>'


def sent(thing, code: str = "ar") -> Translation:
    source, _created = TranslationSource.get_or_create_from_instance(thing)
    made = Translation.objects.create(
        source=source, target_locale=LocaleFactory(language_code=code)
    )
    made.save_target(publish=False) if hasattr(thing, "live") else made.save_target()
    return made


def section(text: str, kind: str = "aims") -> tuple:
    return ("section", {"kind": kind, "heading": "", "text": text})


def edit_url(translation) -> str:
    return reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])


def own_url(translation) -> str:
    return reverse("translation:edit", args=[translation.pk])


def segment_of(translation, path: str, number: int = 0):
    found = translation.source.stringsegment_set.filter(context__path__endswith=path)
    return found.order_by("order")[number]


def save_url(translation, segment) -> str:
    return reverse("save_string", args=[translation.pk, segment.pk])


def say(translation, path: str, text: str, **fields) -> StringTranslation:
    segment = segment_of(translation, path)
    return StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        data=text,
        **fields,
    )


def row_html(text: str, segment) -> str:
    begins = rf'<li class="translation-row" id="string-{segment.pk}"'
    return re.search(rf"{begins}.*?</form>\s*</li>", text, re.S)[0]
