"""PDF: opens without a password and does nothing by itself."""

from django.utils.translation import gettext_lazy as _

from ..inspection import inspect_bytes
from .common import ACTIVE_MARKUP, mismatch, refuse

MESSAGES = {
    "password": _(
        "The PDF opens only with a password. Save it without one: readers do not have it."
    ),
    "active": _(
        "The PDF contains JavaScript or starts programs. "
        "Print it to a new PDF, which leaves them out."
    ),
    "action": _(
        "The PDF starts something by itself or by a click that is no ordinary link%(detail)s. "
        "Print it to a new PDF, which leaves it out."
    ),
    "link": _(
        "The PDF has a link that does not lead to a page, an e-mail address or a telephone "
        "number%(detail)s. Remove or correct the link and make the PDF anew."
    ),
    "outside": _(
        "The PDF fetches something from elsewhere%(detail)s when it is opened. "
        "Print it to a new PDF, which leaves it out."
    ),
    "media": _(
        "The PDF contains sound, video or a model%(detail)s, which browsers do not show. "
        "Publish it as a link, and print the rest to a new PDF."
    ),
    "review": _("The PDF has comments, which show who wrote what. Delete them and save it anew."),
    "hidden": _("Another file is hidden in the PDF. Print it to a new PDF."),
    "scanned": _(
        "The PDF holds pictures of pages and no text. Recognise its text first (OCR, for example "
        "in the scanner’s settings), or bring in the file that it was made from."
    ),
    "long": _(
        "The document is longer than a report. Split it, and bring in the part with the facts."
    ),
    "empty": _("The PDF has no pages. Save it anew."),
    "limits": _("The PDF is too complicated to be checked. Print it to a new PDF, or split it."),
    "damaged": _(
        "The PDF is damaged and cannot be opened. Save it anew in the program it was made with."
    ),
}


def check_pdf(data: bytes, task: str = "pdf-check") -> dict:
    """Refuse bytes that are not a readable, passive PDF.

    The parser runs in a process of its own with limits on time and memory (``cms.assets.
    inspection``): what exhausts it is refused here instead of stopping the site. ``task`` is what
    that process does; its answer is returned.
    """
    if not data.startswith(b"%PDF-"):
        raise mismatch("pdf", data)
    # Before the first object and after the last mark, a browser would find a page of its own.
    if ACTIVE_MARKUP.search(data[:1024]) or ACTIVE_MARKUP.search(data[data.rfind(b"%%EOF") :]):
        answer = {"fault": "hidden"}
    else:
        answer = inspect_bytes(data, task)
    fault, detail = answer.get("fault"), answer.get("detail", "")
    if not fault:
        return answer
    raise refuse(f"pdf_{fault}", MESSAGES[fault], detail=f" ({detail})" if detail else "")
