"""What a project is called: its title, acronym, code and address on the web."""

import re
from collections import Counter
from itertools import pairwise
from urllib.parse import urlsplit

from .blocks import Span, Text
from .codes import CODE
from .dates import DATE
from .entries import Entry
from .vocabulary import label_kinds, pattern, section_kind

REPORT = pattern("titles", "REPORT")
PROJECT = pattern("titles", "PROJECT")
BEFORE = pattern("titles", "BEFORE")
ADDRESS = pattern("titles", "ADDRESS")
OTHERS = pattern("titles", "OTHERS")
NEWS = re.compile(r"(?:^|[–—]\s)([^–—]+?)\s-hanke\w*\s+[a-zåäö]+")
PATH = re.compile(r"\w/[\w-]")
ALONE = re.compile(r"[^,]{3,60}\s(?:ry|rf|oy|sr)\.?")  # an organisation
SENTENCES = re.compile(r"[^.\s]{3}\.\s+[A-ZÅÄÖ]|(?<!hanke)(?<=\w{3})\.$")
GENERIC_TITLE = pattern("titles", "GENERIC_TITLE")


ACRONYM = (
    r"(?![A-Z]\d{3})(?:[A-ZÅÄÖ][A-ZÅÄÖ0-9]{1,11}(?:-[A-ZÅÄÖ]{3,8}(?![a-zåäö]))?[+]?"
    r"|[A-ZÅÄÖ][a-zåäö]{1,8}[A-ZÅÄÖ][A-Za-zåäöÅÄÖ0-9]{0,9})"
)


def title(text: Text, known: list[Entry], page_title: str) -> Span | None:
    """By its label, else the first line that is no date, label or mere word of a report."""
    for entry in known:
        if (
            entry.kinds & {"title", "official_name"}
            and (found := cleaned(entry.value))
            and len(found.text) < 255
        ):
            return found
    lines = sorted(text.lines[:14], key=lambda line: line.block.level != 1)
    lines = [line for line in lines if line.kind not in ("row", "item") and len(line.text) < 220]
    for few in (8, 3):  # words of what is rather a label than a title
        for line in lines:
            found = None if _is_no_title(line.text, few) else cleaned(line)
            if found:
                return _in_full(text, found)
    return cleaned(Span(re.split(r"\s[|–-]\s", page_title)[0], 0)) if page_title else None


def _in_full(text: Text, short: Span) -> Span:
    """*Kotipolku* of the heading, where a line below has *Kotipolku – tukea perheille*."""
    for before, line in pairwise(text.lines[:6]):
        is_next = before.start <= short.start < before.end and line.kind == "heading"
        if is_next and re.fullmatch(ACRONYM, short.text) and _is_title(line.text):
            return cleaned(line) or short
    for line in text.lines[:6]:
        longer = cleaned(line) if len(line.text) < 160 and not line.text.endswith(".") else None
        if longer and re.match(rf"{re.escape(short.text)}\s?[–—:-]\s?\S", longer.text):
            return longer
    return short


def _is_title(words: str) -> bool:
    return len(words.split()) > 2 and not _is_no_title(words, 3) and not section_kind(words)


def _is_no_title(words: str, few: int) -> bool:
    if NEWS.search(words):
        return False
    if DATE.match(words) or "@" in words or GENERIC_TITLE.match(words.strip(" :")):
        return True
    is_short = len(words.split()) < few and not re.search(r"\s[–—-]\s", words)
    if is_short and (label_kinds(words) or section_kind(words)):
        return True
    pair = re.match(r"([^:]{2,40}):\s", words)
    if pair and label_kinds(pair[1]) and "title" not in label_kinds(pair[1]):
        return True
    return bool(ALONE.fullmatch(words) or SENTENCES.search(words) or words.startswith("http"))


def cleaned(span: Span) -> Span | None:
    """The name alone: without codes, days, the words *report* and *project*, and marks around."""
    text = span.text.split("\n")[0].split("\t")[0]
    text = re.split(r"[,(]?\s*\d{1,2}\.\d{1,2}\.", text)[0] if not re.match(r"\d", text) else text
    text = re.sub(
        rf"^\s*{CODE.pattern}\s*[,:;–—-]*\s*|\s*[,(–—-]*\s*{CODE.pattern}\)?\s*$", "", text
    )
    text = re.sub(
        r",?\s(?:hanke|projekti)(?:koodi|numero|tunnus)\w*:?\s[\w/-]*\d[\w/-]*$", "", text
    )
    text = re.sub(r"\s\(20\d\d\s?[–-]\s?20\d\d\)$", "", _without_report(text))
    if news := NEWS.search(text):
        text = news[1]
    text = BEFORE.sub("", text)
    for _again in range(2):
        text = PROJECT.sub("", text).strip(" ,;:–—-\"“”»«'’*_|")
    text = re.sub(r"\s*[-–—]\s(?=\S)|\s[-–—](?=[^\W\d_])", " – ", text)
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(rf"\s\({ACRONYM}\)$", "", text)
    if text.count("(") > text.count(")"):
        text = text[: text.rfind("(")].strip(" ,")
    if not re.search(r"[^\W\d_]{2}", text):
        return None
    return Span(span.text, span.start) if text == span.text else _Clean(text, span.start, span.text)


class _Clean(Span):
    """Cleaned words, which stand where the written ones do."""

    def __init__(self, text: str, start: int, written: str) -> None:
        super().__init__(text, start)
        object.__setattr__(self, "written", written)

    @property
    def end(self) -> int:
        return self.start + len(self.written)


def _without_report(text: str) -> str:
    found = REPORT.search(text)
    if not found:
        return text
    before, after = text[: found.start()].strip(" –—-:,"), text[found.end() :].strip(" –—-:,.")
    if re.fullmatch(r"[\d./–\s-]*", after):
        return before
    rest = after if re.fullmatch(r"\W*", before) or len(before) < len(after) else before
    return "" if REPORT.fullmatch(rest.strip(" /.,:–-")) else rest


NO_ACRONYM = frozenset(
    [
        "ESR",
        "ESF",
        "EAKR",
        "AMIF",
        "STEA",
        "RAY",
        "TEM",
        "STM",
        "OKM",
        "OPH",
        "ELY",
        "EU",
        "KYT",
        "SPR",
        "MLL",
        "THL",
        "JTF",
        "RR",
        "NTM",
        "TE",
        "AVI",
        "UM",
        "YK",
        "ERDF",
        "ESIR",
        "LOPPURAPORTTI",
        "SLUTRAPPORT",
        "RAPORTTI",
        "HANKE",
    ]
)


def acronym(text: Text, known: list[Entry], named: str, whole: str = "") -> Span | None:
    """*MOK – …*, *… (MOK)*, *AITO-hanke*, or what the text often calls the project."""
    for entry in known:
        if "acronym" in entry.kinds and not entry.under and 1 < len(entry.value.text) < 40:
            return entry.value
    if told := re.search(rf"(?:lyhen\w+|förkortning\w*|acronym)[ :]+({ACRONYM})(?!\w)", text.text):
        return Span(told[1], told.start(1))
    if told := re.search(rf"\(({ACRONYM}), (?:hanke|projekt|project)\w* ?\w*[: ]", text.text):
        return Span(told[1], told.start(1))
    for sign in (
        rf"^({ACRONYM})(?:\s[–—-]\s|:\s|-hank|-projekt|\s?[–—-])",
        rf"\(({ACRONYM})(?:-hank\w+)?\)\s*$",
        rf"^({ACRONYM})(?=\s[A-ZÅÄÖ]?[a-zåäö])",
    ):
        match = re.search(sign, named) or re.search(sign, whole)
        if match and match[1] not in NO_ACRONYM and (at := text.text.find(match[1])) >= 0:
            return Span(match[1], at)
    often = Counter(re.findall(rf"(?<![\w-])({ACRONYM})[ -]-?(?:hank|projekt|project)", text.text))
    for word, times in often.most_common():
        if word not in NO_ACRONYM and (times > 1 or word in named or word in text.lines[0].text):
            return Span(word, text.text.find(word))
    if re.fullmatch(ACRONYM, named) and named.isupper() and named not in NO_ACRONYM:
        return Span(named, max(0, text.text.find(named)))
    return None


def website(text: Text, known: list[Entry], words: str) -> Span | None:
    """Beside its label, else the one that is nobody else's: a funder's page isn't the project's."""
    for entry in known:
        if "website" in entry.kinds:
            for span in _addresses(entry.value):
                return span
    found = list(_addresses(Span(text.text, 0)))
    sites = Counter(_host(span.text) for span in found)
    named = [
        x for x in found if any(w in _host(x.text).replace("-", "") for w in _sign_words(words))
    ]
    full = [x for x in named or found if x.text.lower().startswith("http")]
    if named or (len(sites) == 1 and found):
        return (full or named or found)[0]
    return None


def _sign_words(words: str) -> list[str]:
    plain = words.lower().translate(str.maketrans("äöå", "aoa"))
    return [
        word
        for word in re.findall(r"\w{4,}", plain)
        if word not in ("hanke", "projekti", "project", "suomi", "finland")
    ]


def _addresses(span: Span) -> list[Span]:
    emails = {match[1].lower() for match in re.finditer(r"(?:@|at[)\]]) ?([\w.-]+)", span.text)}
    found = []
    for match in ADDRESS.finditer(span.text):
        address = match[0].rstrip(".,;:!?")
        if not OTHERS.search(address) and (_host(address) not in emails or PATH.search(address)):
            found.append(Span(address, span.start + match.start()))
    return found


def _host(address: str) -> str:
    return urlsplit(full_address(address)).netloc.lower().removeprefix("www.")


def full_address(address: str) -> str:
    return address if re.match(r"https?://", address, re.I) else f"https://{address}"
