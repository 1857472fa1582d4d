"""Languages as a reader meets them: their names and directions, and which one a thing is in.

wagtail-localize publishes a translation with the source's words where there is no translation yet.
They stay in their own language, and a screen reader or a browser must be told so: such words are
the ones that the page shares, letter for letter, with its source page.
"""

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from html import unescape
from string import whitespace
from typing import TypeVar

from bs4 import BeautifulSoup
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils import translation
from wagtail.models import Locale, Page

from .content_epoch import held

Version = TypeVar("Version")

# Own names that Django's LANG_INFO lacks: (own name, right to left).
_LOCAL = {
    "ku": ("Kurdî", False),
    "prs": ("دری", True),
    "se": ("davvisámegiella", False),
    "so": ("Soomaali", False),
    "ti": ("ትግርኛ", False),
}


@lru_cache
def language_name(code: str) -> str:
    """The language's own name: a reader looks for that, not for ours."""
    if code in LANG_INFO:
        return translation.get_language_info(code)["name_local"]
    return _LOCAL[code][0] if code in _LOCAL else code


def language_label(code: str) -> str:
    """The language's name in the language that is active, for whoever works with many."""
    return str(dict(settings.LANGUAGES).get(code, code))


@lru_cache
def language_direction(code: str) -> str:
    """``rtl`` or ``ltr``, as the ``dir`` attribute wants it."""
    if code in LANG_INFO:
        return "rtl" if translation.get_language_info(code)["bidi"] else "ltr"
    return "rtl" if _LOCAL.get(code, ("", False))[1] else "ltr"


def language_of(thing) -> str:
    """The language of a code, a locale, or anything that has a locale; empty for what has none.

    Select ``locale`` with the query: this reads it.
    """
    if isinstance(thing, str):
        return thing
    if hasattr(thing, "language_code"):
        return thing.language_code
    locale = getattr(thing, "locale", None)
    return locale.language_code if locale else ""


def language_chain(code: str) -> list[str]:
    """Languages to try for a reader of ``code``: its own, what it is a variant of, the default.

    ``fi-simple`` gives ``["fi-simple", "fi"]``. Languages after these come in no order of merit.
    """
    parts = code.split("-")
    variants = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return list(dict.fromkeys([*variants, settings.LANGUAGE_CODE]))


def best_version(versions: Mapping[str, Version], language: str) -> Version | None:
    """Of a thing in several languages the one for a reader of ``language``.

    As ``best_for`` of :mod:`cms.core.permissions` chooses; ``versions``: the oldest locale first.
    """
    for code in language_chain(language):
        if code in versions:
            return versions[code]
    return next(iter(versions.values()), None)


# A number, a code or a single short word is the same in every language: nothing to mark.
_WORDS = re.compile(r"[^\W\d_]{2,}.*?\b[^\W\d_]{2,}", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_INVISIBLE = whitespace + "\u00a0\u00ad\u200b\u200c\u200d\u2028\u2029\ufeff"
_PASSAGES = ["p", "li", "h2", "h3", "h4"]


def has_words(html) -> bool:
    """Whether rich text shows anything: an editor's empty paragraphs do not."""
    return bool(unescape(_TAG.sub("", str(html or ""))).strip(_INVISIBLE))


def same_words(text, source_text) -> bool:
    """Whether both are the same running words (two words at least)."""
    text = str(text or "").strip()
    return bool(text) and text == str(source_text or "").strip() and bool(_WORDS.search(text))


def mark_html(html: str, source_html: str, language: str) -> str:
    """``html`` with ``lang`` and ``dir`` on each paragraph, item or heading in ``language``."""
    source = {tag.get_text() for tag in BeautifulSoup(source_html, "html.parser")(_PASSAGES)}
    soup = BeautifulSoup(html, "html.parser")
    marked = False
    for tag in soup(_PASSAGES):
        own = tag.get_text()
        if own in source and same_words(own, own):
            _mark(tag, language)
            marked = True
    for group in soup(["ul", "ol"]) if marked else []:
        items = group.find_all("li", recursive=False)
        if items and all("lang" in item.attrs for item in items):
            # Bullets stand on the side of the list's own direction.
            _mark(group, language)
            for item in items:
                del item["lang"], item["dir"]
    return soup.decode(formatter="minimal") if marked else html


def _mark(tag, language: str) -> None:
    tag["lang"], tag["dir"] = language, language_direction(language)


class SourcePassages:
    """The source page's values beside those of ``page``; empty for a page in the source language.

    Costs one query, on first use, and only on a page in another language.
    """

    language = settings.LANGUAGE_CODE

    def __init__(self, page) -> None:
        self.page = page

    @cached_property
    def source(self) -> Page | None:
        page = self.page
        own = page.locale.language_code if getattr(page, "pk", None) else self.language
        # Easy Finnish is Finnish too: nothing to tell apart.
        if own.split("-")[0] == self.language:
            return None
        return (
            type(page)
            .objects.filter(
                translation_key=page.translation_key, locale__language_code=self.language
            )
            .first()
        )

    def field(self, name: str) -> str:
        """The source's value of a text field, or an empty string."""
        return getattr(self.source, name, "") if self.source else ""

    def blocks(self, name: str) -> dict:
        """The source's blocks of a stream field by id."""
        stream = getattr(self.source, name, None) if self.source else None
        return {block.id: block.value for block in stream or [] if block.id}


def passages_of(page) -> SourcePassages:
    """One per page object, so that its source is looked up once."""
    if not hasattr(page, "_source_passages"):
        page._source_passages = SourcePassages(page)
    return page._source_passages


@held
def locales() -> dict[int, Locale]:
    return {locale.pk: locale for locale in Locale.objects.order_by("pk")}


@held
def language_codes() -> dict[int, str]:
    """Primary key of a locale → its language code, the oldest first."""
    return {pk: locale.language_code for pk, locale in locales().items()}


def admin_language(user) -> str:
    """In which somebody is spoken to in the admin; the language of the moment for nobody."""
    profile = getattr(user, "wagtail_userprofile", None)
    return profile.get_preferred_language() if profile else translation.get_language()
