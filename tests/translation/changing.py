"""A page whose source changes after it was translated; import the fixtures by name."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from cms.translation.models import Work
from cms.translation.strings.changes import Offer, offers
from home.models import ContentPage
from tests.factories import ContentPageFactory, LocaleFactory, translate

CODES = ["sv", "en", "ru", "ar", "so"]
TEXTS = [f"Kappale numero {n} kertoo perheistä ja kielestä." for n in range(48)]


def rich(texts) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def block(kind: str, value, name: str) -> dict:
    return {"type": kind, "id": name, "value": value}


def body_of(*blocks) -> list[dict]:
    return ContentPage._meta.get_field("body").stream_block.to_python(list(blocks))


def long_body(texts=TEXTS, names="abcdefgh") -> list[dict]:
    """Eight texts of six paragraphs, ten headings."""
    parts = [block("text", rich(texts[i * 6 : i * 6 + 6]), names[i]) for i in range(8)]
    headings = [block("heading", f"Otsikko {i} tässä", f"h{i}") for i in range(10)]
    return body_of(*parts, *headings)


def send(page, *codes) -> TranslationSource:
    source, _created = TranslationSource.get_or_create_from_instance(page)
    for code in codes:
        locale = LocaleFactory(language_code=code)
        Translation.objects.get_or_create(source=source, target_locale=locale)
    return source


def say(source, *codes) -> None:
    """Translate every string that is not yet: ``Hei`` to ``sv Hei``."""
    for code in codes:
        locale = Locale.objects.get(language_code=code)
        for segment in StringSegment.objects.filter(source=source).select_related("string"):
            StringTranslation.objects.get_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=locale,
                defaults={"data": f"{code} {segment.string.data}"},
            )


def said(source, code: str) -> dict[str, str | None]:
    """What each string of the source is translated to."""
    rows = StringSegment.objects.filter(source=source).annotate_translation(
        Locale.objects.get(language_code=code)
    )
    return {row.string.data: row.translation for row in rows.select_related("string")}


def work(source, code: str) -> Work:
    return Work.objects.get(
        translation__source=source, translation__target_locale__language_code=code
    )


def offered(source, code: str) -> dict[str, Offer]:
    """By the new text."""
    found = offers(source.translations.get(target_locale__language_code=code))
    texts = dict(StringSegment.objects.filter(source=source).values_list("pk", "string__data"))
    return {texts[pk]: offer for pk, offer in found.items()}


@pytest.fixture
def publish(commit):
    """Change a page and publish it; what follows the commit is done too."""

    def change(page, **fields) -> None:
        page = type(page).objects.get(pk=page.pk)
        for name, value in fields.items():
            setattr(page, name, value)
        commit(lambda: page.save_revision().publish())

    return change


@pytest.fixture
def page() -> ContentPage:
    body = body_of(
        block("text", rich(["Perheet kohtaavat.", "Ammattilaiset kuuntelevat heitä."]), "one"),
        block("heading", "Kurssit ja ryhmät", "two"),
    )
    return ContentPageFactory(title="Silta", lead="Perheiden silta.", body=body)


@pytest.fixture
def source(page) -> TranslationSource:
    """Translated to Swedish wholly; no page is there yet."""
    source = send(page, "sv")
    say(source, "sv")
    return source


@pytest.fixture
def swedish(page, source, commit) -> ContentPage:
    translate(page.get_parent().specific, "sv")
    one = source.translations.get()
    commit(one.save_target, publish=True)
    return one.get_target_instance()


__all__ = [
    "CODES",
    "TEXTS",
    "block",
    "body_of",
    "long_body",
    "offered",
    "page",
    "publish",
    "rich",
    "said",
    "say",
    "send",
    "source",
    "swedish",
    "work",
]
