"""What a translation shows by itself: the same text, far too long, doubled words, wrong ends."""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..strings.wording import plain
from .contents import ADDRESS, BARE_ADDRESS, EMAIL, PLACEHOLDER
from .findings import Finding

# Words that a language says twice with good reason.
DOUBLES = {
    "en": {"that", "had", "very", "so", "is", "no", "yes", "bye"},
    "sv": {"att", "det", "den", "är", "ja", "nej", "mycket", "långt"},
    "so": {"laba", "wax", "kala", "si", "hal", "saddex", "in", "aad", "ku", "ka", "la", "afar"},
    "ru": {"да", "нет", "очень", "что", "чуть", "еле", "много", "долго", "давно", "далеко", "тихо"},
    "ar": {"شيئا", "جدا", "خطوة", "يوما", "لا", "نعم"},
    "fi": {"hyvin", "joo", "ei", "niin"},
}
REDUPLICATED = {
    "so": re.compile(r"(?!(?:iyo|waxay|wuxuu|ayay|ayuu|uuna|ayna|oo|ee|uu|ay)$)\w{3,}(?<!a)"),
    "ar": re.compile(r"(?!ال)\w{3,}[اة]"),
}
"""Words that mean *one by one* when said twice: of Somali and Arabic those without an article."""
CLAUSE = re.compile(r"\b(?:som|who|that|which|what)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
"""A clause may end with the verb that the next one begins with: *de som kom kom från …*."""
COMPANY = re.compile(r"\b(?:ry|r\.y\.|rf|sr|oyj?|ky)\W*$", re.IGNORECASE)
"""The kind of an organisation, at the end of its name."""
WORD = r"[^\W\d_]+"
DOUBLED = re.compile(rf"\b({WORD})[ \u00a0\n]+\1\b(?![-’'])", re.IGNORECASE)
ENDS = {"؟": "?", "۔": ".", "。": ".", "．": ".", "！": "!", "？": "?", "...": "…"}
CLOSING = " \n\u00a0\u200f\u200e»”“\"'’)]›"
SHORT_END = re.compile(rf"(?:\d|\b{WORD[:-1]}{{1,4}})\.\W*$")
"""Its point may belong to an abbreviation or to a day: *2026 г.*, *jne.*, *5.3.*"""
COMMA = re.compile(r"[\u0621-\u064a]\s?([,;])(?=\s|$)")
HASHTAG = re.compile(r"[#@]\w+")
SCRIPTS = {"ru": "CYRILLIC", "ar": "ARABIC"}


def written(source: str, target: str, languages: tuple[str, str]) -> Iterator[Finding]:
    source, target = plain(source).strip(), plain(target).strip()
    language = languages[1].split("-")[0]
    if is_same(source, target, language):
        yield Finding("same", _("This is the same as the source."))
    elif is_of_other_script(source, target, language):
        yield Finding("script", _("Most of this is not in the letters of the language."))
    yield from length(source, target)
    yield from doubled(source, target, language)
    yield from ending(source, target, language)


def is_same(source: str, target: str, language: str) -> bool:
    """Running words; a name, a code or a single word may well be the same."""
    if " ".join(source.split()).casefold() != " ".join(target.split()).casefold():
        return False
    words = re.findall(WORD, re.sub(r"\S+@\S+|https?://\S+", "", source))
    small = [word for word in words if word.islower() and len(word) >= 4]
    return len(words) > 1 and bool(small) and not COMPANY.search(source)


def is_of_other_script(source: str, target: str, language: str) -> bool:
    script = SCRIPTS.get(language)
    text = target
    for kept in (EMAIL, ADDRESS, BARE_ADDRESS, PLACEHOLDER, HASHTAG):
        text = kept.sub("", text)
    letters = [sign for sign in text if sign.isalpha()]
    if script is None or len(letters) < 12:
        return False
    own = sum(unicodedata.name(sign, "").startswith(script) for sign in letters)
    small = [w for w in re.findall(WORD, text) if w.islower() and "LATIN" in unicodedata.name(w[0])]
    return own < len(letters) / 2 and len(small) >= 2


def length(source: str, target: str) -> Iterator[Finding]:
    if len(target) > 2.2 * len(source) + 40:
        yield Finding("longer", _("This is much longer than the source."))
    elif len(source) > 60 and len(target) < 0.33 * len(source):
        yield Finding("shorter", _("This is much shorter than the source: is something missing?"))


def doubled(source: str, target: str, language: str) -> Iterator[Finding]:
    known = {match[1].casefold() for match in DOUBLED.finditer(source)}
    for match in DOUBLED.finditer(target):
        word = match[1].casefold()
        if word in known | DOUBLES.get(language, set()):
            continue
        if (pattern := REDUPLICATED.get(language)) and pattern.fullmatch(word):
            continue
        if language in ("sv", "en") and CLAUSE.search(target[: match.start()]):
            continue
        if match[1][:1].isupper() and match[0].split()[-1][:1].isupper() and match.start():
            continue  # a name: Pago Pago
        yield Finding("doubled", _("“%(word)s” stands twice.") % {"word": match[1]}, word[:64])


def ending(source: str, target: str, language: str) -> Iterator[Finding]:
    wanted, found = end_of(source), end_of(target)
    if language == "ar":
        if target.rstrip(CLOSING).endswith("?"):
            yield Finding("ending", _("Arabic writes the question mark as ؟."), "?")
        for mark in sorted({match[1] for match in COMMA.finditer(target)}):
            said = {",": "،", ";": "؛"}[mark]
            message = _("Arabic writes %(right)s in place of %(wrong)s.")
            yield Finding("comma", message % {"right": said, "wrong": mark}, mark)
    elif "؟" in target.rstrip(CLOSING)[-1:]:
        yield Finding("ending", _("Only Arabic writes the question mark as ؟."), "؟")
    if wanted == found or not source or not target:
        return
    either = {wanted, found}
    if either == {"", "."} and (SHORT_END.search(source) or SHORT_END.search(target)):
        return
    if not wanted:
        message = _("The source ends without a sign, this ends with %(found)s.")
    elif not found:
        message = _("The source ends with %(wanted)s, this ends without a sign.")
    else:
        message = _("The source ends with %(wanted)s, this with %(found)s.")
    yield Finding("ending", message % {"wanted": wanted, "found": found}, f"{wanted}{found}")


def end_of(text: str) -> str:
    """The sign that ends a text: one of ``. ! ? : …``, or nothing."""
    bare = text.rstrip(CLOSING)
    for written, sign in ENDS.items():
        if bare.endswith(written):
            return sign
    return bare[-1:] if bare[-1:] in set(".!?:…") else ""
