"""What a translation may hold, on every way in: the editor, its address for programs, PO files,
machines, and code that stores strings by itself.

Whoever sends words is refused with a sentence (:func:`clean_translation`). Where nobody can be
asked, the row is kept but marked as faulty before it is stored, so that it counts as not translated
and is never published. What no column can hold is refused there too.
"""

import re
from contextlib import suppress
from html import unescape
from html.parser import HTMLParser

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    StringTranslation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.strings import INLINE_TAGS, StringValue

from cms.core.hygiene import clean, one_line

from .stored import Place, place_of
from .wording import lost_tags

MOST_CHARACTERS = 20_000
"""For fields without a limit of their own: more than any passage has."""
ALWAYS_FITS = 30
"""Characters for which nobody looks up what the field takes."""
# Tags, spaces and what else shows nothing, for Python's and the databases' own patterns alike; no
# sign in it may be one that the database's door takes out of a statement.
INVISIBLE = (
    "\\s\u00a0\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202f\u2060-\u206f"
    "\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
BLANK = f"^([{INVISIBLE}]|<[^>]*>|&nbsp;|&#160;)*$"
_BLANK, _TAG, _UNSEEN = map(re.compile, (BLANK, "<[^>]*>", f"[{INVISIBLE}]*"))
# A line that ends by an entity, which comes out once the text is put in its place.
_LINE_ENDS = re.compile(r"&(#0*1[03]\b;?|#x0*[ad]\b;?|NewLine;)", re.IGNORECASE)
# Of a tag, a comment or another thing that a parser may swallow.
_BEGINS = re.compile(r"<[a-zA-Z/!?]")
_ADDRESS = re.compile(r"(https?://|mailto:|tel:|/(?!/)|#|\?)\S+", re.IGNORECASE)


def is_blank(text: str) -> bool:
    """Signs written as entities too: ``&#8203;`` shows nothing either."""
    if _BLANK.match(text):
        return True
    return "&" in text and bool(_UNSEEN.fullmatch(unescape(_TAG.sub("", text))))


def clean_translation(segment, text: str) -> str:
    """``text`` as it may be stored for a string of a source; raises with a sentence.

    Tags that are lost are refused to whoever writes now. What is stored may lack some: its source
    has got them since.
    """
    text = clean_words(segment.string.data, text, place_at(segment.context, segment.source))
    for tag in lost_tags(segment.string.data, text):
        message = _("The source has <%(tag)s>…</%(tag)s>, the translation has not.")
        raise ValidationError(message % {"tag": tag})
    return text


def clean_words(source: str, text: str, place: Place) -> str:
    if place.is_one_line:
        text = one_line(_LINE_ENDS.sub(" ", text)).strip()
    else:
        text = clean(text, line_end="\n").strip()
    if is_blank(text):
        raise ValidationError(_("Nothing was written. To leave it untranslated, remove it."))
    _check_tags(source, text, allowed_tags(place))
    words = text if place.is_rich else StringValue(text).render_text()
    limit = place.limit or MOST_CHARACTERS
    if len(words) > limit or len(text) > MOST_CHARACTERS:
        raise TooLong(words, limit)
    return text


def allowed_tags(place: Place) -> set[str]:
    """Text that is not running text has no tags: they would vanish, or show as signs."""
    if place.is_rich or not place.names:
        return set(INLINE_TAGS)
    return set() if place.is_one_line else {"br"}


class TooLong(ValidationError):
    def __init__(self, text: str, limit: int) -> None:
        message = _("“%(text)s…” is %(length)s characters long; there is room for %(limit)s.")
        super().__init__(message % {"text": text[:40], "length": len(text), "limit": limit})


def place_at(context: TranslationContext, source: TranslationSource | None) -> Place:
    model = source and source.specific_content_type.model_class()
    return place_of(model, context.field_path or context.path) if model else Place()


class Tags(HTMLParser):
    """Reads a string as its writer meant it; ``fault`` is the first thing wrong with its tags.

    BeautifulSoup, which puts the page together, closes and drops tags without a word.
    """

    def __init__(self, text: str, allowed: set[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.allowed, self.fault = allowed, ""
        self.links: dict[str, str] = {}
        self.open: list[str] = []
        self.link, self.read = "", 0
        with suppress(AssertionError, ValueError):
            self.feed(text)
            self.close()
        if self.open:
            self._say(_("The tag <%(tag)s> is not closed."), self.open[-1])
        if self.read != len(_BEGINS.findall(text)):
            self._say(_("A sign < begins no whole tag: write &lt; where you mean the sign."))

    def _say(self, message: str, tag: str = "") -> None:
        self.fault = self.fault or message % {"tag": tag}

    def handle_starttag(self, tag, attrs) -> None:
        self.read += 1
        if tag not in self.allowed:
            self._say(_("The tag <%(tag)s> may not be used here."), tag)
        names = {name for name, _value in attrs}
        if names - ({"id"} if tag == "a" else set()):
            self._say(_("The tag <%(tag)s> may have nothing more in it."), tag)
        if tag == "a":
            if "a" in self.open:
                self._say(_("A link can't stand inside another link."), tag)
            self.link = dict(attrs).get("id") or ""
            self.links.setdefault(self.link, "")
        if tag != "br":
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        self.handle_starttag(tag, attrs)
        if tag != "br":
            self._say(_("The tag <%(tag)s> is not closed."), tag)

    def handle_endtag(self, tag) -> None:
        self.read += 1
        if not self.open or self.open.pop() != tag:
            self._say(_("The tag </%(tag)s> closes nothing that is open."), tag)

    def handle_data(self, data) -> None:
        if "a" in self.open:
            self.links[self.link] += data


def _check_tags(source: str, text: str, allowed: set[str]) -> None:
    if "<" not in text and "<" not in source:
        return
    found = Tags(text, allowed)
    if found.fault:
        raise ValidationError(found.fault)
    wanted = Tags(source, set(INLINE_TAGS)).links
    for name in found.links:
        if name not in wanted:
            raise ValidationError(
                _('The source has no link <a id="%(name)s">: copy its links as they are.')
                % {"name": name}
            )
    for name, words in wanted.items():
        if is_blank(found.links.get(name, "")) and not is_blank(words):
            raise ValidationError(
                _('The link <a id="%(name)s">%(words)s</a> is missing, or has no words.')
                % {"name": name, "words": words}
            )


def clean_override(segment: OverridableSegment, value) -> str:
    """What a language has in place of a link, picture or value that is otherwise the same."""
    place = place_at(segment.context, segment.source)
    value = one_line(str(value)).strip()
    if place.target is not None:
        if (
            not (value.isdecimal() and len(value) < 19)
            or not place.target.objects.filter(pk=value).exists()
        ):
            raise ValidationError(_("What you chose is not there any more."))
        return value
    if is_blank(value):
        raise ValidationError(_("Nothing was written. To have it as in the source, take it back."))
    if len(value) > (place.limit or 2000):
        raise TooLong(value, place.limit or 2000)
    if (place.is_rich or place.kind == "url") and not _ADDRESS.fullmatch(value):
        raise ValidationError(_("This is no address. Begin with https:// or with /."))
    return value


def is_unread(made: StringTranslation) -> bool:
    """A machine wrote it, and no person has said yet that it is right."""
    return made.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE


def annotate_translation(segments, locale, include_errors: bool = False) -> QuerySet:
    """In place of ``StringSegmentQuerySet``'s own, which takes blanks for translations, and what a
    machine wrote too: both were published. Delete it once upstream asks for words of people.

    Every page and record in another language is made of this, be it to be published or not.
    """
    said = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), locale=locale, context=OuterRef("context")
    )
    if not include_errors:
        said = said.filter(has_error=False).exclude(data__regex=BLANK)
        said = said.exclude(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
    return segments.annotate(translation=Subquery(said.values("data")))


def get_progress(translation) -> tuple[int, int]:
    """In place of ``Translation``'s own, for the same reason."""
    segments = translation.source.stringsegment_set.all()
    said = segments.annotate_translation(translation.target_locale_id)
    return segments.count(), said.filter(translation__isnull=False).count()


def title_as_read(sender, instance, **kwargs) -> None:
    """wagtail-localize names the draft in the admin by the string as it is stored: ``A &amp; B``.

    Delete once ``post_save_string_translation`` takes the text out of it.
    """
    if instance.context_id and "&" in instance.data and instance.context.path == "title":
        pages = Page.objects.filter(
            translation_key=instance.context.object_id, locale=instance.locale_id
        )
        pages.update(draft_title=StringValue(instance.data).render_text())


def mark_faulty(sender, instance, raw=False, update_fields=None, **kwargs) -> None:
    """Before any string is stored: short and whole ones pass without a query."""
    if raw or instance.has_error or (update_fields is not None and "data" not in update_fields):
        return
    source = None
    if instance.context_id and (len(instance.data) > ALWAYS_FITS or "\n" in instance.data):
        source = TranslationSource.objects.filter(object_id=instance.context.object_id).first()
    place = place_at(instance.context, source) if source else Place()
    try:
        instance.data = clean_words(instance.translation_of.data, instance.data, place)
    except TooLong:
        raise
    except ValidationError as fault:
        instance.data = clean(instance.data)
        instance.has_error, instance.field_error = True, " ".join(fault.messages)
