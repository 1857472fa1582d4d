"""Running text between its three shapes: as written in a file, as stored, and one canonical.

The canonical shape is HTML of a few tags without a single superfluous blank; two texts say the same
if their canonical shapes are equal, whoever wrote them and however. Links inside the site are
written ``project:ID``, ``publication:ID``, ``page:/path/`` and ``file:SHA1`` in it.
"""

import re
import unicodedata
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import quote

from django.utils.translation import gettext as _

from cms.core.hygiene import clean

BLOCKS = {"p", "h3", "h4", "ul", "ol", "li"}
INLINE = {"b", "i", "a"}
SAME = {"strong": "b", "em": "i"}
LINK = re.compile(
    r"(https?|ftps?)://\S+|mailto:\S+@\S+|tel:\S.*|/\S*|\#\S*"
    r"|(project|publication|news):[a-z0-9-]+|page:/\S*|file:.+"
)
LIST_ITEM = re.compile(r"(?:(- )|(\d+\. ))(.*)")


class TextFault(ValueError):
    """The text has something that would be lost or is not allowed."""


def is_link(href: str) -> bool:
    return bool(LINK.fullmatch(href)) and not re.search(r"[\x00-\x20\"<>]", href.strip())


def stored_link(href: str) -> str:
    """An address as a file may have it, of what the editor's dialog lets through; # if it can't."""
    href = re.sub(r"[\x00-\x20\"<>]", lambda match: quote(match[0]), href.strip())
    return href if is_link(href) else "#"


def tidy(value: str) -> str:
    """Stored text as a file would say it: browsers send CRLF, Word control characters, Macs NFD."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", clean(value, line_end="\n")).strip()


class _Canonical(HTMLParser):
    """Strict for files: anything unknown is a fault. Lenient for what is stored: tags fall away."""

    def __init__(self, strict: bool, link, lang: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.strict, self.link, self.lang = strict, link, lang
        self.out: list[str] = []
        self.open: list[str] = []

    leaves = {"p", "h3", "h4", "li", "b", "i", "a"}

    def fail(self, message: str) -> None:
        if self.strict:
            raise TextFault(message)

    def handle_data(self, data: str) -> None:
        if not data.strip(" \n\t\r") and not (self.open and self.open[-1] in self.leaves):
            return
        if not self.open and data.strip():
            self.fail(_("Text outside a paragraph: put it in <p>…</p>."))
            self.begin("p")
        if self.open and self.open[-1] in ("ul", "ol") and data.strip():
            self.fail(_("A list holds <li> only."))
            return
        self.out.append(escape(re.sub(r"[ \n\t\r]+", " ", data), quote=False))

    def begin(self, tag: str, attributes: str = "") -> None:
        self.open.append(tag)
        self.out.append(f"<{tag}{attributes}>")

    def handle_starttag(self, tag: str, attrs: list) -> None:
        tag = SAME.get(tag, tag)
        values = dict(attrs)
        if tag == "br":
            if not self.open or self.open[-1] in ("ul", "ol"):
                self.fail(_("<br> stands inside a paragraph."))
                return
            self.out.append("<br/>")
            return
        if tag not in BLOCKS | INLINE:
            self.fail(_("<%(tag)s> is not allowed in a text.") % {"tag": tag})
            return
        attributes = self.attributes(tag, values)
        inside = self.open[-1] if self.open else ""
        if tag in INLINE:
            if not inside or inside in ("ul", "ol"):
                self.fail(_("<%(tag)s> stands inside a paragraph.") % {"tag": tag})
                if inside:
                    return
                self.begin("p")
            if tag == "a" and "a" in self.open:
                self.fail(_("A link stands inside another link."))
                return
        elif tag == "li":
            if inside not in ("ul", "ol"):
                self.fail(_("<li> stands in a list: <ul> or <ol>."))
                return
        elif inside and not (inside == "li" and tag in ("ul", "ol")):
            message = _("<%(tag)s> can't stand inside <%(inside)s>.")
            self.fail(message % {"tag": tag, "inside": inside})
            return
        self.begin(tag, attributes)

    def attributes(self, tag: str, values: dict) -> str:
        if tag == "a":
            href = self.link(values)
            if href is None:
                self.fail(_('A link needs an address: <a href="…">.'))
                href = "#"
            extra = set(values) - {"href"}
            if href.startswith("#") and not href[1:]:
                extra = set()
            written = f' href="{escape(href)}"'
        else:
            extra = set(values) - {"data-block-key"} - ({"lang"} if self.lang else set())
            marked = self.lang and values.get("lang") == "fi" and tag in ("p", "li", "h3", "h4")
            written = ' lang="fi"' if marked else ""
            if "lang" in values and self.lang and not marked:
                self.fail(_('Only lang="fi" has a meaning here: a passage not translated yet.'))
        if extra and self.strict:
            self.fail(
                _("Attributes are not allowed here: %(names)s.") % {"names": ", ".join(extra)}
            )
        return written

    def handle_endtag(self, tag: str) -> None:
        tag = SAME.get(tag, tag)
        if tag == "br" or tag not in BLOCKS | INLINE:
            self.fail(_("</%(tag)s> is not allowed here.") % {"tag": tag})
        elif not self.open or self.open[-1] != tag:
            self.fail(_("</%(tag)s> closes nothing here.") % {"tag": tag})
        else:
            self.open.pop()
            self.out.append(f"</{tag}>")

    def handle_startendtag(self, tag, attrs) -> None:
        self.handle_starttag(tag, attrs)
        if tag != "br":
            self.handle_endtag(tag)

    def handle_comment(self, data) -> None:
        self.fail(_("Comments are not allowed in a text."))

    def handle_decl(self, decl) -> None:
        self.fail(_("Declarations are not allowed in a text."))

    handle_pi = unknown_decl = handle_decl

    def result(self) -> str:
        self.close()
        if self.open:
            self.fail(_("<%(tag)s> is not closed.") % {"tag": self.open[-1]})
        while self.open:
            self.out.append(f"</{self.open.pop()}>")
        html = re.sub(" +", " ", "".join(self.out))
        html = re.sub(r" ?(<br/>) ?", r"\1", html)
        html = re.sub(r"(<(?:p|h3|h4|li|ul|ol)(?: [^>]*)?>) ", r"\1", html)
        html = re.sub(r" (</?(?:p|h3|h4|li|ul|ol)(?: [^>]*)?>)", r"\1", html)
        return re.sub(r"<(p|h3|h4)(?: [^>]*)?></\1>", "", html)


def canonical(html: str, link, strict: bool = True, lang: bool = False) -> str:
    """Canonical text of HTML. ``link(attributes)`` gives a link's canonical address or None."""
    parser = _Canonical(strict, link, lang)
    parser.feed(html)
    return parser.result()


def from_file(text: str, link, lang: bool = False) -> str:
    """Canonical text of what a file says: HTML if it begins with ``<``, plain text otherwise."""
    text = text.strip()
    if not text.startswith("<"):
        text = plain_to_html(text)
    return canonical(text, link, lang=lang)


def plain_to_html(text: str) -> str:
    parts = []
    for passage in re.split(r"\n[ \t]*\n", text.strip()):
        lines = [line.strip() for line in passage.splitlines() if line.strip()]
        paragraph: list[str] = []
        items: list[str] = []
        tag = ""
        for line in lines:
            match = LIST_ITEM.fullmatch(line)
            if match:
                kind = "ul" if match[1] else "ol"
                if paragraph:
                    parts.append(f"<p>{' '.join(paragraph)}</p>")
                    paragraph = []
                if items and kind != tag:
                    parts.append(_as_list(tag, items))
                    items = []
                tag = kind
                items.append(escape(match[3], quote=False))
            elif items:
                items[-1] += " " + escape(line, quote=False)
            else:
                paragraph.append(escape(line, quote=False))
        if paragraph:
            parts.append(f"<p>{' '.join(paragraph)}</p>")
        if items:
            parts.append(_as_list(tag, items))
    return "".join(parts)


def _as_list(tag: str, items: list[str]) -> str:
    return f"<{tag}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{tag}>"


def to_file(html: str) -> str:
    """Canonical text with a line for each block, for people to read and compare."""
    return re.sub(r"(</(?:p|h3|h4|li|ul|ol)>|<(?:ul|ol)>)(?!$)", r"\1\n", html)


def replace_links(html: str, replace) -> str:
    """Canonical text with each ``href="…"`` replaced by the attributes ``replace(href)`` gives."""
    return re.sub(r'<a href="([^"]*)">', lambda m: f"<a {replace(unescape(m[1]))}>", html)
