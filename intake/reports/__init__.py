"""Reports: a project's facts out of a Word file, a PDF, a web page or plain text, by rules.

Nothing is learnt and nothing is fetched: Voikko knows the words, the official list the places,
the registers what is there already. A person reviews what comes out, so each fact tells where it
stands.
"""

from django.utils.translation import gettext as _

from ..found import Document, Doubt
from .blocks import Text, divided
from .collecting import Collector
from .entries import with_whole_headings
from .mending import mended
from .places import Gazetteer
from .registers import Registers
from .texts import kind_of, read_blocks

__all__ = ["kind_of", "read_report"]


def read_report(data: bytes, name: str) -> Document:
    """The one project of a report; raise :class:`~intake.found.Unreadable` if it can't be read."""
    kind, blocks, page_title = read_blocks(data)
    blocks, misread = mended(divided(blocks, wrapped=kind == "pdf"))
    text = Text(with_whole_headings(blocks))
    found = Collector(text, page_title, Registers.read(), Gazetteer()).collect()
    document = Document(name, "report", [found], text.text)
    if misread:
        document.notes.append(_("The text looks scanned. Words that may be misread are marked."))
        for path, passage in found.where.items():
            for word, meant in misread.items():
                if word in passage.text:
                    found.doubts.append(Doubt(path, _doubt_of(word, meant)))
    return document


def _doubt_of(word: str, meant: str) -> str:
    if meant:
        message = _("“%(word)s” may be misread; perhaps “%(meant)s” is meant.")
        return message % {"word": word, "meant": meant}
    return _("“%(word)s” may be misread.") % {"word": word}
