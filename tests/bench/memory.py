"""The translation memory: the best matches of 50,000 strings, in a process that has just started.

Counted are the reading from the database and the comparing, not the start of Django; of memory what
is held more than before. Bounds hold on a machine that does nothing else.
"""

import json
import os
import random
import subprocess
import sys
import uuid
from collections.abc import Iterator
from hashlib import sha256

STRINGS = 50_000
MOST_SECONDS, MOST_MEGABYTES = 0.3, 60
TEXT = """hanke auttaa nuoria perheitä järjestö kunta työtä koulutusta tukea ryhmä vuosi neuvonta
kotoutuminen yhdessä kehittää mallin toiminta alueella palvelu ohjaus verkosto tieto kieli"""
WORDS = TEXT.split()
ASKED = [
    "Hanke auttaa nuoria ja perheitä kehittää toiminta alueella yhdessä.",
    "Neuvonta",
    " ".join(WORDS * 4),
]
MEASURE = """
import json, os, resource, sys, time
import django
django.setup()
from django.db import connection
from wagtail.models import Locale
from cms.translation.memory.comparing import comparable, strings_like
locales = dict(Locale.objects.values_list("language_code", "pk"))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
text = comparable(sys.argv[1])
start = time.perf_counter()
found = strings_like(text, locales["fi"], locales["ar"])
took = time.perf_counter() - start
held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps([took, held / 1024, len(found)]))
"""


def fill() -> None:
    """Strings of five to forty words, each translated at a place of its own."""
    from wagtail.models import Locale
    from wagtail_localize.models import (
        String,
        StringTranslation,
        TranslatableObject,
        TranslationContext,
    )

    from home.models import ContentPage

    chance = random.Random(1)
    finnish, _made = Locale.objects.get_or_create(language_code="fi")
    arabic, _made = Locale.objects.get_or_create(language_code="ar")
    thing = TranslatableObject.objects.create(
        translation_key=uuid.uuid4(), content_type=_content_type(ContentPage)
    )
    texts = {" ".join(chance.choices(WORDS, k=chance.randint(5, 40))) for _n in range(STRINGS + 99)}
    texts = [f"{text.capitalize()}." for text in sorted(texts)][: STRINGS - len(ASKED)]
    texts += [f"{text} ja muu" if len(text) > 20 else f"{text}t" for text in ASKED]
    String.objects.bulk_create(
        String(locale=finnish, data=text, data_hash=sha256(text.encode()).hexdigest()[:32])
        for text in texts
    )
    TranslationContext.objects.bulk_create(
        TranslationContext(
            object=thing, path=f"body.{n}", path_id=uuid.uuid4(), field_path="body.text"
        )
        for n in range(STRINGS)
    )
    strings = String.objects.order_by("pk").values_list("pk", flat=True)
    contexts = TranslationContext.objects.order_by("pk").values_list("pk", flat=True)
    StringTranslation.objects.bulk_create(
        StringTranslation(translation_of_id=one, context_id=place, locale=arabic, data="ترجمة")
        for one, place in zip(strings, contexts, strict=True)
    )


def _content_type(model):
    from django.contrib.contenttypes.models import ContentType

    return ContentType.objects.get_for_model(model)


def run() -> Iterator[str]:
    from django.db import connection

    fill()
    name = connection.settings_dict["NAME"]
    connection.close()
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{name}"}
    environment["DJANGO_SETTINGS_MODULE"] = "cms.settings.dev"
    worst, most = 0.0, 0.0
    for text in ASKED:
        said = subprocess.run(
            [sys.executable, "-c", MEASURE, text],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        took, held, found = json.loads(said.stdout.splitlines()[-1])
        worst, most = max(worst, took), max(most, held)
        yield f"{len(text):5} characters: {took:.3f} s, {held:.0f} MB more, {found} alike"
    assert worst <= MOST_SECONDS, f"{worst:.3f} s, of which {MOST_SECONDS} are allowed"
    assert most <= MOST_MEGABYTES, f"{most:.0f} MB, of which {MOST_MEGABYTES} are allowed"
